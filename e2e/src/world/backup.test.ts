import { until } from '@selene/client-sdk'
import type { CivilDate } from '@selene/client-sdk/calendar'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createWorld, type Device, type World } from './world.ts'

const date = '2026-03-10' as CivilDate
const secret = { passphrase: 'copper lantern drifts across nine quiet orchards' }

describe('W42 a backup and an account', () => {
  let world: World
  let phone: Device
  let tablet: Device
  let file: Blob

  beforeAll(async () => {
    world = await createWorld('backup')
    const old = await world.openDevice('old phone')
    await old.client.diary.edit(date, { 'bleeding.value': 2, 'note.value': 'from before' })
    file = await old.client.backup(secret)
    phone = await world.addDevice('phone')
    tablet = await world.addDevice('tablet')
  }, 120_000)
  afterAll(() => world.close())

  const shows = (device: Device, note: string) =>
    until(device.client.diary.day(date), ({ values }) => values['note.value'] === note)

  test('what one device restores reaches the others', async () => {
    await phone.client.restore(file, secret)
    const day = await shows(tablet, 'from before')
    expect(day.values).toEqual({ 'bleeding.value': 2, 'note.value': 'from before' })
  })

  test('restored on two devices that were apart it stands once', async () => {
    const next = '2026-03-11' as CivilDate
    const other = await world.openDevice('another old phone')
    await other.client.diary.edit(next, { 'note.value': 'only once', 'mood.happy': true })
    const second = await other.client.backup(secret)
    for (const { link } of [phone, tablet]) link.partition()
    await Promise.all([phone, tablet].map(({ client }) => client.restore(second, secret)))
    for (const { link } of [phone, tablet]) link.heal()
    await Promise.all([phone, tablet].map(({ client }) => client.sync.flush()))
    // A later write of each has come through, and so has what was before it.
    await phone.client.diary.edit(date, { 'weight.value': 60 })
    await tablet.client.diary.edit(date, { 'sleep.hours': 8 })
    for (const { client } of [phone, tablet]) {
      await until(client.diary.day(date), ({ values }) => Object.keys(values).length === 4)
      const day = await until(client.diary.day(next), () => true)
      expect(day.values).toEqual({ 'note.value': 'only once', 'mood.happy': true })
    }
  })
})
