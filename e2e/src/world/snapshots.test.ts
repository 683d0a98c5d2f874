/** Snapshots over the real server: made, confirmed by another device, pruned by, and read by a fresh one. */
import { until } from '@selene/client-sdk'
import { civilDate, type CivilDate } from '@selene/client-sdk/calendar'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findDifferences, settle } from './convergence.ts'
import { createWorld, type Device, type World } from './world.ts'

const day = (n: number): CivilDate => civilDate(`2026-04-${String(n).padStart(2, '0')}`)!
const compactAfter = { envelopes: 6, bytes: 1_000_000 }

/** One envelope for each edit. */
async function write(device: Device, days: readonly number[], value: number): Promise<void> {
  for (const n of days) {
    const edit = await device.client.diary.edit(day(n), { 'bleeding.value': value })
    await edit.seen
  }
}

const count = async (world: World, from: string): Promise<number> => {
  const [row] = await world.db.query<{ n: number }>(`SELECT count(*)::integer AS n FROM ${from}`)
  return row!.n
}
const becomes = (world: World, from: string, wanted: number) =>
  expect.poll(() => count(world, from), { timeout: 30_000 }).toBe(wanted)

describe('W24 W25 a document that grows', { timeout: 120_000 }, () => {
  let world: World
  let phone: Device
  let tablet: Device

  beforeAll(async () => {
    world = await createWorld('snapshots', { compactAfter })
    phone = await world.addDevice('phone')
    tablet = await world.addDevice('tablet')
  }, 120_000)
  afterAll(() => world.close())

  test('gets a snapshot, which another device rebuilds and confirms', async () => {
    await write(phone, [1, 2, 3, 4, 5, 6], 1)
    await becomes(world, 'doc_snapshots', 1)
    await becomes(world, "doc_verdicts WHERE verdict = 'ok'", 1)
    const [snapshot] = await world.db.query('SELECT device_id FROM doc_snapshots')
    const [verdict] = await world.db.query('SELECT device_id FROM doc_verdicts')
    expect(verdict).not.toEqual(snapshot)
    expect(await count(world, 'doc_updates')).toBe(6)
  })

  test('is pruned, and goes on: chains from their covers, a fresh device from the snapshot', async () => {
    await write(tablet, [20], 3)
    await world.db.query("UPDATE doc_prunings SET due_at = now() - interval '1 second'")
    // What is covered is gone but for the newest envelope of the one device, and that of the other.
    await becomes(world, 'doc_updates', 1 + 1)
    await write(phone, [7], 2)
    // The shape as it was made first still tells of rows that went; a newcomer to a new one never sees them.
    await world.db.query('DELETE FROM shape.definitions')
    const laptop = await world.addDevice('laptop')
    await settle(world)
    const { values } = await until(laptop.client.diary.day(day(3)), (shown) => 'values' in shown)
    expect(values).toEqual({ 'bleeding.value': 1 })
    expect(await findDifferences(world)).toEqual([])
    const [check] = await laptop.parts.store.query('SELECT found FROM snapshot_checks')
    expect(check).toEqual({ found: 'taken' })
    await write(laptop, [8], 1)
    await settle(world)
    expect(await findDifferences(world)).toEqual([])
  })

  test('two devices that compact at once: one wins, the other goes on', async () => {
    for (const { link } of [phone, tablet])
      link.setFaults({ dropped: 0, answerLost: 0, duplicated: 0, maxDelayMs: 40 })
    await Promise.all([write(phone, [9, 10, 11, 12], 2), write(tablet, [13, 14, 15, 16], 3)])
    await expect.poll(() => count(world, 'doc_snapshots'), { timeout: 30_000 }).toBeGreaterThan(1)
    await settle(world)
    expect(await findDifferences(world)).toEqual([])
    expect(await count(world, "doc_verdicts WHERE verdict = 'bad'")).toBe(0)
  })

  test('W25 W27 an update that cannot be verified is skipped, then pruned: nobody confirms it away', async () => {
    const may = (n: number): CivilDate => civilDate(`2026-05-0${n}`)!
    const ofMay = `doc_id = '${phone.parts.vault.docId('month/2026-05')}'`
    tablet.link.partition()
    for (const n of [1, 2, 3, 4, 5, 6]) {
      const edit = await phone.client.diary.edit(may(n), { 'bleeding.value': 1 })
      await edit.seen
    }
    await becomes(world, `doc_snapshots WHERE ${ofMay}`, 1)
    // The tablet is given other bytes in the place of the first one.
    await world.db.script(
      `CREATE TABLE written AS SELECT * FROM doc_updates WHERE ${ofMay} AND doc_seq = 1;
       UPDATE doc_updates SET envelope = overlay(envelope PLACING '\\x00'::bytea FROM length(envelope))
         WHERE ${ofMay} AND doc_seq = 1;
       DELETE FROM shape.definitions`,
    )
    tablet.link.heal()
    const refused = await until(tablet.client.sync.quarantined, (list) => list.length > 0)
    expect(refused).toMatchObject([{ docSeq: 1, code: 'crypto/bad-signature' }])
    await write(tablet, [21], 1)
    const itsVerdicts = `doc_verdicts WHERE ${ofMay} AND device_id = '${tablet.parts.vault.device}'`
    expect(await count(world, itsVerdicts)).toBe(0)

    await world.db.script(
      `UPDATE doc_updates u SET envelope = w.envelope FROM written w
         WHERE (u.doc_id, u.device_id, u.doc_seq) = (w.doc_id, w.device_id, w.doc_seq)`,
    )
    await becomes(world, `${itsVerdicts} AND verdict = 'ok'`, 1)
    expect(await count(world, `doc_updates WHERE ${ofMay}`)).toBe(6)
    await settle(world)
    expect(await findDifferences(world)).toEqual([])
  })
})
