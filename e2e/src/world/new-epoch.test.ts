/** After a rotation everything that is stored gets snapshots under the new key, made by all devices together (W33). */
import { until } from '@selene/client-sdk'
import { civilDate, type CivilDate } from '@selene/client-sdk/calendar'
import { expect, test } from 'vitest'
import { findDifferences, settle } from './convergence.ts'
import { createWorld, type Device, type World } from './world.ts'

const months = Array.from({ length: 9 }, (_, i) => String(i + 1).padStart(2, '0'))
const day = (month: string, n = 1): CivilDate =>
  civilDate(`2026-${month}-${String(n).padStart(2, '0')}`)!

/** Documents that have updates, by the epoch of their newest snapshot; 0 for none. */
const epochs = (world: World): Promise<{ epoch: number; docs: number }[]> =>
  world.db.query(
    `SELECT epoch, count(*)::integer AS docs FROM (
       SELECT DISTINCT ON (u.doc_id) u.doc_id,
         coalesce(('x' || encode(substring(s.envelope FROM 3 FOR 4), 'hex'))::bit(32)::integer, 0) AS epoch
       FROM doc_updates u LEFT JOIN doc_snapshots s ON s.doc_id = u.doc_id
       WHERE substring(u.envelope FROM 2 FOR 1) = '\\x01'
       ORDER BY u.doc_id, s.number DESC) AS docs GROUP BY epoch ORDER BY epoch`,
  )
const become = (world: World, wanted: object[]) =>
  expect.poll(() => epochs(world), { timeout: 60_000 }).toEqual(wanted)

async function remove(world: World, by: Device, name: string): Promise<void> {
  const gone = world.devices.find((device) => device.name === name)!
  await by.client.vault.removeMember(gone.parts.vault.device)
}

test(
  'W33 after each rotation all documents get a snapshot of the new epoch, a few at a time; races settle',
  { timeout: 180_000 },
  async () => {
    const world = await createWorld('new epoch')
    try {
      const phone = await world.addDevice('phone')
      const tablet = await world.addDevice('tablet')
      await world.addDevice('first')
      await world.addDevice('second')
      for (const month of months) await phone.client.diary.edit(day(month), { 'bleeding.value': 1 })
      await tablet.client.diary.edit(day('01', 2), { 'mood.sad': true })
      await settle(world)
      await become(world, [{ epoch: 0, docs: months.length }])
      let most = 0
      const end = phone.parts.store.committed.subscribe(() => {
        void phone.parts.store
          .query("SELECT 1 FROM pending_envelopes WHERE kind = 'doc.snapshot'")
          .then((rows) => (most = Math.max(most, rows.length)))
          .catch(() => {})
      })
      await remove(world, tablet, 'first')
      await become(world, [{ epoch: 2, docs: months.length }])
      await remove(world, phone, 'second')
      await become(world, [{ epoch: 3, docs: months.length }])
      end()
      expect(most).toBeGreaterThan(0)
      expect(most).toBeLessThanOrEqual(4)
      const makers = await world.db.query('SELECT DISTINCT device_id FROM doc_snapshots')
      expect(makers.length).toBeGreaterThan(1)
      const bad = await world.db.query("SELECT 1 FROM doc_verdicts WHERE verdict = 'bad'")
      expect(bad).toEqual([])
      const pair = { ...world, devices: [phone, tablet] }
      await settle(pair)
      expect(await findDifferences(pair)).toEqual([])
      // A document that began under the present epoch needs none.
      await phone.client.diary.edit(day('12'), { 'bleeding.value': 2 })
      await until(tablet.client.diary.day(day('12')), ({ values }) => 'bleeding.value' in values)
      await become(world, [
        { epoch: 0, docs: 1 },
        { epoch: 3, docs: months.length },
      ])
    } finally {
      await world.close()
    }
  },
)
