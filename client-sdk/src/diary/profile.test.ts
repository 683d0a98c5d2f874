import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { civilDate } from '../calendar/index.ts'
import { until } from '../core/live.ts'
import { openTestDevice, type TestDevice } from '../testing/test-device.ts'
import { createProfilePen, profileChoices, readProfile } from './profile.ts'

let device: TestDevice
beforeAll(async () => {
  device = await openTestDevice()
})
afterAll(() => device.client.close())

const date = (text: string) => civilDate(text)!
const values = () => until(device.client.profile.values, () => true)
const episodes = () => until(device.client.episodes.list, () => true)

describe('settings', () => {
  test('are set, changed and taken back one by one', async () => {
    expect(await values()).toEqual({})
    await device.client.profile.set({ temperatureUnit: 'fahrenheit', birthYear: 1990 })
    await device.client.profile.set({ temperatureUnit: 'celsius', showsFertility: false })
    expect(await values()).toEqual({
      temperatureUnit: 'celsius',
      birthYear: 1990,
      showsFertility: false,
    })
    await device.client.profile.set({ birthYear: null })
    expect(await values()).toEqual({ temperatureUnit: 'celsius', showsFertility: false })
  })

  test('keep what each device chose, and who and when', async () => {
    const { profile } = device.client
    await profile.set({ regularity: 'irregular' })
    const edits = (await profile.history()).filter(({ name }) => name === 'regularity')
    expect(edits).toEqual([
      {
        name: 'regularity',
        value: 'irregular',
        at: device.clientClock.now(),
        shown: true,
        by: { kind: 'this-device' },
      },
    ])
  })

  test('are told while they are watched', async () => {
    const { profile } = device.client
    const watching = until(profile.values, ({ weightUnit }) => weightUnit === 'lb')
    await profile.set({ weightUnit: 'lb' })
    await watching
    await profile.set({ weightUnit: null })
    expect(await values()).not.toHaveProperty('weightUnit')
  })

  test.each([{ birthYear: 1500 }, { temperatureUnit: 'kelvin' }, { colour: 'red' }])(
    'of %j are diary/invalid-profile, and nothing is written',
    async (change) => {
      const before = await values()
      await expect(device.client.profile.set(change as never)).rejects.toMatchObject({
        code: 'diary/invalid-profile',
        faults: [expect.not.stringMatching(/kelvin|1500|colour/)],
      })
      expect(await values()).toEqual(before)
    },
  )
})

describe('declared times', () => {
  test('are listed by their first day, changed, and taken back', async () => {
    const { put, remove } = device.client.episodes
    await put({ id: 'a', kind: 'breastfeeding', from: date('2025-09-01') })
    await put({ id: 'b', kind: 'pregnancy', from: date('2024-12-01'), to: date('2025-08-31') })
    await put({ id: 'a', kind: 'breastfeeding', from: date('2025-09-01'), to: date('2026-02-01') })
    expect((await episodes()).map(({ id, to }) => [id, to])).toEqual([
      ['b', '2025-08-31'],
      ['a', '2026-02-01'],
    ])
    await remove('a')
    expect((await episodes()).map(({ id }) => id)).toEqual(['b'])
  })

  test('that end before they begin are refused', async () => {
    const episode = { kind: 'pregnancy', from: date('2026-02-02'), to: date('2026-02-01') } as const
    await expect(device.client.episodes.put(episode)).rejects.toMatchObject({
      code: 'diary/invalid-episode',
    })
  })
})

test('two devices set different things at once, and both stand', () => {
  const [a, b] = [new Y.Doc(), new Y.Doc()]
  profileChoices.write(a, { writer: 'a', at: 1 }, { weightUnit: 'lb' })
  profileChoices.write(b, { writer: 'b', at: 1 }, { temperatureUnit: 'fahrenheit' })
  createProfilePen(b, { writer: 'b', at: 1 }).episode('x', {
    kind: 'perimenopause',
    from: date('2026-01-01'),
  })
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b))
  const { profile, episodes } = readProfile(a)
  expect(profile).toEqual({ weightUnit: 'lb', temperatureUnit: 'fahrenheit' })
  expect(episodes).toEqual([{ id: 'x', kind: 'perimenopause', from: '2026-01-01' }])
})

test('what another version or a hostile device wrote is passed over', () => {
  const doc = new Y.Doc()
  const registers = doc.getMap('registers')
  registers.set('setting|birthYear|a', [1, 0, 'long ago'])
  registers.set('setting|colour|a', [1, 0, 'red'])
  registers.set('episode|x|a', [1, 0, '{"kind":"war","from":"2026-01-01"}'])
  registers.set('episode|y|a', [1, 0, '{"kind":"pregnancy","from":"2026-02-30"}'])
  registers.set('episode|z|a', [1, 0, '{"kind":"pregnancy","from":"2026-02-02","to":"2026-02-01"}'])
  registers.set('episode|w|a', [1, 0, 'not json'])
  expect(readProfile(doc)).toEqual({ profile: {}, episodes: [], reminders: new Map() })
})
