/** A server that does not give out what it has: noticed by what the other device says that it has seen. */
import { until } from '@selene/client-sdk'
import { civilDate, type CivilDate } from '@selene/client-sdk/calendar'
import { wishHeads } from '@selene/client-sdk/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { settle } from './convergence.ts'
import { createWorld, type Device, type World } from './world.ts'

const day = (n: number): CivilDate => civilDate(`2026-04-${String(n).padStart(2, '0')}`)!

describe('W22 heads', { timeout: 120_000 }, () => {
  let world: World
  let phone: Device
  let tablet: Device
  beforeAll(async () => {
    world = await createWorld('withheld')
    phone = await world.addDevice('phone')
    tablet = await world.addDevice('tablet')
    await phone.client.diary.edit(day(1), { 'bleeding.value': 1 })
    await settle(world)
  }, 120_000)
  afterAll(() => world.close())

  const sayHeads = async ({ parts, client }: Device): Promise<void> => {
    await parts.documents.write((tx) => wishHeads(tx, parts))
    await client.sync.flush()
  }
  const warnings = async ({ client }: Device) =>
    (await until(client.sync.state, ({ phase }) => phase === 'live')).warnings

  test('of an honest server warn of nothing, whatever comes first', async () => {
    await sayHeads(phone)
    await sayHeads(tablet)
    await settle(world)
    expect([await warnings(phone), await warnings(tablet)]).toEqual([[], []])
  })

  test('name what the server keeps back, after it was asked once more; what it gives out later ends the warning', async () => {
    tablet.link.partition()
    const write = await phone.client.diary.edit(day(2), { 'bleeding.value': 2 })
    await write.seen
    await world.db.script(
      `CREATE TABLE kept_back AS SELECT * FROM doc_updates WHERE doc_seq = 2;
       DELETE FROM doc_updates WHERE doc_seq = 2; DELETE FROM shape.definitions`,
    )
    await sayHeads(phone)
    tablet.link.heal()
    const state = await until(tablet.client.sync.state, (shown) => shown.warnings.length > 0)
    expect(state.warnings).toEqual(['sync/history-withheld'])
    expect(state.phase).not.toBe('stuck')
    await world.db.script('INSERT INTO doc_updates SELECT * FROM kept_back')
    await phone.client.diary.edit(day(3), { 'bleeding.value': 1 })
    await until(tablet.client.sync.state, (shown) => shown.warnings.length === 0)
    const { values } = await until(tablet.client.diary.day(day(2)), () => true)
    expect(values).toEqual({ 'bleeding.value': 2 })
  })

  test('W27 and what it gives out in the place of what was written', async () => {
    tablet.link.partition()
    const write = await phone.client.diary.edit(day(4), { 'bleeding.value': 3 })
    await write.seen
    await world.db.script(
      `CREATE TABLE written AS SELECT * FROM doc_updates WHERE doc_seq = 4;
       UPDATE doc_updates SET envelope = substring(envelope FOR length(envelope) - 1) || '\\x00'::bytea
         WHERE doc_seq = 4;
       DELETE FROM shape.definitions`,
    )
    await sayHeads(phone)
    tablet.link.heal()
    const state = await until(tablet.client.sync.state, (shown) => shown.warnings.length > 0)
    expect(state.warnings).toEqual(['sync/history-withheld'])
    expect(await until(tablet.client.sync.quarantined, (list) => list.length > 0)).toMatchObject([
      { code: 'crypto/bad-signature' },
    ])
    await world.db.script(
      `UPDATE doc_updates u SET envelope = w.envelope FROM written w
         WHERE (u.doc_id, u.device_id, u.doc_seq) = (w.doc_id, w.device_id, w.doc_seq)`,
    )
    await phone.client.diary.edit(day(5), { 'bleeding.value': 1 })
    await until(tablet.client.sync.state, (shown) => shown.warnings.length === 0)
    const { values } = await until(tablet.client.diary.day(day(4)), () => true)
    expect(values).toEqual({ 'bleeding.value': 3 })
  })
})
