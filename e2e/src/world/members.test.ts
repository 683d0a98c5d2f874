import { until } from '@selene/client-sdk'
import { civilDate, type CivilDate } from '@selene/client-sdk/calendar'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findDifferences, settle } from './convergence.ts'
import { createWorld, type Device, type World } from './world.ts'

const day = (text: string): CivilDate => civilDate(text)!
const now = (device: Device) => until(device.client.vault.state, () => true)
const valuesOf = async (device: Device, date: CivilDate) =>
  (await until(device.client.diary.day(date), () => true)).values
const idOf = (device: Device) => device.parts.vault.device

describe('removing a device', () => {
  let world: World
  let phone: Device
  let tablet: Device
  let lost: Device

  beforeAll(async () => {
    world = await createWorld('members')
    phone = await world.addDevice('phone')
    tablet = await world.addDevice('tablet')
    lost = await world.openDevice('lost')
    await world.linkDevice(lost, tablet)
    await lost.client.diary.edit(day('2026-03-01'), { 'bleeding.value': 2 })
    await settle(world)
  }, 120_000)
  afterAll(() => world.close())

  test('W19 every device shows who is new, and which member has added it, until she has looked', async () => {
    const added = { id: idOf(lost), kind: 'device', label: 'lost', by: idOf(tablet) }
    // Also where it was let in: somebody else may have held the unlocked phone.
    const earlier = { id: idOf(tablet), kind: 'device', label: 'tablet', by: idOf(phone) }
    const { news } = await until(phone.client.vault.state, (state) => state.news.length > 1)
    expect(news).toEqual([earlier, added])
    await phone.client.vault.looked()
    expect((await now(phone)).news).toEqual([])
    expect((await now(tablet)).news).toEqual([added])
    await tablet.client.vault.looked()
    expect((await now(tablet)).news).toEqual([])
  })

  test('each device says since when it knows a member, and nothing of those before it', async () => {
    const known = async (device: Device, id: string) =>
      (await now(device)).members.find((member) => member.id === id)?.since
    expect(await known(tablet, idOf(lost))).toBeGreaterThan(0)
    expect(await known(phone, idOf(phone))).toBeGreaterThan(0)
    expect(await known(lost, idOf(lost))).toBeGreaterThan(0)
    expect(await known(lost, idOf(phone))).toBeUndefined()
  })

  test('W16 passphrase and words are not removed by a device, and a stranger not at all', async () => {
    const { members } = await now(phone)
    for (const { id } of members.filter(({ kind }) => kind !== 'device'))
      await expect(phone.client.vault.removeMember(id)).rejects.toMatchObject({
        code: 'vault/rank',
      })
    const stranger = await world.openDevice('stranger')
    await expect(phone.client.vault.removeMember(idOf(stranger))).rejects.toMatchObject({
      code: 'vault/not-member',
    })
  })

  test('W11 W13 W15 two removals at once: both happen, one after the other, amid writing', async () => {
    const extra = await world.openDevice('extra')
    await world.linkDevice(extra, tablet)
    const writing = phone.client.diary.edit(day('2026-03-02'), { 'bleeding.value': 3 })
    await Promise.all([
      writing,
      phone.client.vault.removeMember(idOf(lost)),
      tablet.client.vault.removeMember(idOf(extra)),
    ])
    for (const device of [phone, tablet]) {
      const { epoch, members } = await until(
        device.client.vault.state,
        (state) => state.epoch === 3,
      )
      expect(epoch).toBe(3)
      const removed = members.filter((member) => member.removed).map(({ id }) => id)
      expect(removed.toSorted()).toEqual([idOf(lost), idOf(extra)].toSorted())
    }
    expect((await now(phone)).fingerprint).toBe((await now(tablet)).fingerprint)
  })

  test('W22 before an entry of the log its author says how far it has seen', async () => {
    const heads = () =>
      world.db.query<{ device_id: string; log_seq: number }>(
        `SELECT device_id, ('x' || encode(substring(envelope FROM 99 FOR 4), 'hex'))::bit(32)::integer AS log_seq
         FROM doc_updates WHERE get_byte(envelope, 1) = 3`,
      )
    const said = await heads()
    for (const device of [phone, tablet]) {
      const own = said.filter(({ device_id }) => device_id === idOf(device))
      expect(own.length).toBeGreaterThan(0)
      // Each stands on a log that ends before the last entry, which is one of the two removals.
      const { hashes } = device.parts.vault.view()
      for (const { log_seq } of own) expect(log_seq).toBeLessThan(hashes.length - 1)
    }
  })

  test('W14 W40 the removed device stops by the verified entry, keeps its diary, and reaches nobody', async () => {
    const { ending } = await until(lost.client.vault.state, (state) => state.ending !== undefined)
    expect(ending).toBe('removed')
    const { phase, problem } = await until(
      lost.client.sync.state,
      (state) => state.phase === 'stuck',
    )
    expect([phase, problem]).toEqual(['stuck', 'vault/member-removed'])
    await lost.client.diary.edit(day('2026-03-03'), { 'mood.sad': true })
    expect(await valuesOf(lost, day('2026-03-01'))).toEqual({ 'bleeding.value': 2 })
    expect(await valuesOf(lost, day('2026-03-03'))).toEqual({ 'mood.sad': true })
    expect((await until(lost.client.sync.state, () => true)).unsent).toBeGreaterThan(0)
    const { removedInEpoch } = lost.parts.vault.view().removed.get(idOf(lost))!
    expect(lost.parts.vault.epochKey(removedInEpoch)).toBeUndefined()
  })

  test('W14 what the others wrote before and after is everywhere, under the new epoch', async () => {
    await tablet.client.diary.edit(day('2026-03-04'), { 'mood.happy': true })
    await settle(world)
    expect(await findDifferences(world)).toEqual([])
    for (const device of [phone, tablet]) {
      expect(await valuesOf(device, day('2026-03-01'))).toEqual({ 'bleeding.value': 2 })
      expect(await valuesOf(device, day('2026-03-03'))).toEqual({})
      expect(await valuesOf(device, day('2026-03-04'))).toEqual({ 'mood.happy': true })
    }
    const rows = await world.db.query<{ epoch: number }>(
      'SELECT max(epoch) AS epoch FROM doc_updates',
    )
    expect(rows[0]!.epoch).toBe(3)
  })

  test('removing it again is no change', async () => {
    const { fingerprint } = await now(phone)
    await phone.client.vault.removeMember(idOf(lost))
    expect((await now(phone)).fingerprint).toBe(fingerprint)
  })

  test('a device that was removed while it was offline learns it from the log, and no status code is enough', async () => {
    const away = await world.openDevice('away')
    await world.linkDevice(away, tablet)
    away.link.partition()
    await phone.client.vault.removeMember(idOf(away))
    // Years later its tokens are worth nothing: a refresh tells it no more than a code.
    await world.db.query('UPDATE sessions SET expires_at = now() WHERE device_id = $1', [
      idOf(away),
    ])
    away.link.heal()
    const { ending } = await until(away.client.vault.state, (state) => state.ending !== undefined)
    expect(ending).toBe('removed')
  })
})
