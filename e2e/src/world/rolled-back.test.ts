/** A server that was restored from a backup gets back, byte for byte, what it has lost. */
import { until } from '@selene/client-sdk'
import { civilDate, type CivilDate } from '@selene/client-sdk/calendar'
import { expect, test } from 'vitest'
import { findDifferences, settle } from './convergence.ts'
import { createWorld } from './world.ts'

const day = (n: number): CivilDate => civilDate(`2026-04-${String(n).padStart(2, '0')}`)!

test(
  'W37 a server that was rolled back is refilled with the same bytes, and it is said',
  { timeout: 120_000 },
  async () => {
    const world = await createWorld('rolled back')
    try {
      const phone = await world.addDevice('phone')
      await world.addDevice('tablet')
      for (const n of [1, 2, 3]) {
        const write = await phone.client.diary.edit(day(n), { 'bleeding.value': n })
        await write.seen
      }
      await settle(world)
      const envelopes = () =>
        world.db.query('SELECT device_seq, envelope FROM doc_updates ORDER BY device_seq')
      const before = await envelopes()
      const { device } = phone.parts.vault
      const [last] = await world.db.query<{ seq: number }>(
        'SELECT max(device_seq)::integer AS seq FROM doc_updates',
      )
      // As it was before the last two.
      const from = last!.seq - 1
      await world.db.query('DELETE FROM doc_updates WHERE device_seq >= $1', [from])
      await world.db.query('DELETE FROM op_ledger WHERE device_seq >= $1', [from])
      await world.db.query(
        'UPDATE devices SET next_device_seq = $2, last_envelope_seq = $3 WHERE device_id = $1',
        [device, from, from - 1],
      )
      await phone.client.diary.edit(day(4), { 'bleeding.value': 1 })
      await settle(world)
      const after = await envelopes()
      expect(after.slice(0, before.length)).toEqual(before)
      expect(after).toHaveLength(before.length + 1)
      const { warnings, phase } = await until(phone.client.sync.state, () => true)
      expect([warnings, phase]).toEqual([['outbox/rolled-back'], 'live'])
      expect(await findDifferences(world)).toEqual([])
    } finally {
      await world.close()
    }
  },
)
