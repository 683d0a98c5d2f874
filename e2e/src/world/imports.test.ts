/** One file of another program, imported on two devices that cannot reach each other, is there once. */
import { until } from '@selene/client-sdk'
import { civilDate } from '@selene/client-sdk/calendar'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findDifferences, settle } from './convergence.ts'
import { createWorld, type Device, type World } from './world.ts'

const date = (text: string) => civilDate(text)!

const clue = JSON.stringify([
  { date: '2026-02-01', type: 'period', value: { option: 'heavy' } },
  { date: '2026-02-02', type: 'period', value: { option: 'medium' } },
  { date: '2026-02-02', type: 'pain', value: [{ option: 'period_cramps' }] },
  { date: '2026-02-03', type: 'tags', value: [{ option: 'travel' }, { option: 'new moon' }] },
])
const backup = JSON.stringify({
  format: 'selene-diary',
  version: 1,
  exportedOn: '2026-03-01',
  days: [
    {
      date: '2026-01-05',
      values: { 'bleeding.value': 2, 'symptom.tags': ['dizzy', 'hot'], 'note.value': 'old note' },
    },
  ],
  episodes: [{ kind: 'pregnancy', from: '2024-02-01', to: '2024-11-05' }],
})

let world: World
let devices: Device[]
beforeAll(async () => {
  world = await createWorld('imports')
  devices = [await world.addDevice('phone'), await world.addDevice('tablet')]
  await settle(world)
})
afterAll(() => world.close())

test.each([
  ['clue-json', clue, 3],
  ['diary-json', backup, 1],
])('W30 %s', async (format, text, days) => {
  for (const { link } of devices) link.partition()
  for (const { client } of devices) {
    const preview = await client.diary.preview(text)
    expect(preview).toMatchObject({ format, days, changing: days, conflicts: [] })
    await preview.commit()
  }
  for (const { link } of devices) link.heal()
  await settle(world)
  expect(await findDifferences(world)).toEqual([])
  for (const { client } of devices) {
    const again = await client.diary.preview(text)
    expect(again).toMatchObject({ changing: 0, unchanged: days, episodes: [] })
    expect(await again.commit()).toEqual([])
  }
})

test('what was imported twice is there once, words and declared times too', async () => {
  for (const { client } of devices) {
    const of = async (day: string) => (await until(client.diary.day(date(day)), () => true)).values
    expect(await of('2026-01-05')).toMatchObject({ 'symptom.tags': ['dizzy', 'hot'] })
    expect(await of('2026-02-01')).toEqual({ 'bleeding.value': 3 })
    const [pregnancy, ...others] = await until(client.episodes.list, () => true)
    expect([pregnancy, others]).toMatchObject([{ kind: 'pregnancy', to: '2024-11-05' }, []])
    const { cycles } = await until(client.diary.cycles, () => true)
    expect(cycles.map(({ start }) => start)).toEqual(['2026-01-05', '2026-02-01'])
  }
})
