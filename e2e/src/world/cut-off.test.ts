/** A server that lets a cut in below what it has stored, or that has lost it: the content comes back by itself (W14). */
import { until } from '@selene/client-sdk'
import { civilDate, type CivilDate } from '@selene/client-sdk/calendar'
import { expect, test } from 'vitest'
import { findDifferences, settle } from './convergence.ts'
import { createWorld, type Device, type World } from './world.ts'

const day = (n: number): CivilDate => civilDate(`2026-04-${String(n).padStart(2, '0')}`)!
const stateOf = (device: Device) => until(device.client.sync.state, () => true)
const valuesOf = async (device: Device, n: number) =>
  (await until(device.client.diary.day(day(n)), () => true)).values
const epochIs = (device: Device, number: number) =>
  until(device.client.vault.state, ({ epoch }) => epoch === number)

interface Lost {
  readonly rows: readonly Record<string, unknown>[]
  readonly next: number
}

/** Phone, tablet and a device to be removed; the tablet does not see the phone's last writes, which the server then denies. */
async function denyLastWrites(world: World) {
  const phone = await world.addDevice('phone')
  const tablet = await world.addDevice('tablet')
  const old = await world.addDevice('old')
  await (
    await phone.client.diary.edit(day(1), { 'bleeding.value': 1 })
  ).seen
  await settle(world)
  tablet.link.partition()
  old.link.partition()
  for (const n of [2, 3]) {
    const write = await phone.client.diary.edit(day(n), { 'bleeding.value': n })
    await write.seen
  }
  const { device } = phone.parts.vault
  phone.link.partition()
  const rows = await world.db.query<Record<string, unknown>>(
    'SELECT * FROM doc_updates WHERE device_id = $1 ORDER BY device_seq DESC LIMIT 2',
    [device],
  )
  const from = Number(rows.at(-1)!['device_seq'])
  const [counters] = await world.db.query<{ next: number }>(
    'SELECT next_device_seq::integer AS next FROM devices WHERE device_id = $1',
    [device],
  )
  await world.db.query('DELETE FROM doc_updates WHERE device_id = $1 AND device_seq >= $2', [
    device,
    from,
  ])
  await world.db.query('DELETE FROM op_ledger WHERE device_id = $1 AND device_seq >= $2', [
    device,
    from,
  ])
  await world.db.query(
    'UPDATE devices SET next_device_seq = $2, last_envelope_seq = $3 WHERE device_id = $1',
    [device, from, from - 1],
  )
  // Who reads on would see them come and go.
  await world.db.script('DELETE FROM shape.definitions')
  tablet.link.heal()
  await tablet.client.vault.removeMember(old.parts.vault.device)
  const lost: Lost = { rows, next: counters!.next }
  return { phone, tablet, lost }
}

/** Gives out what was denied, as if nothing had been. */
async function admitAgain(world: World, phone: Device, { rows, next }: Lost): Promise<void> {
  for (const row of rows) {
    const columns = Object.keys(row)
    await world.db.query(
      `INSERT INTO doc_updates (${columns.join(', ')})
       VALUES (${columns.map((_, i) => `$${i + 1}`).join(', ')})`,
      Object.values(row) as never[],
    )
  }
  await world.db.query(
    'UPDATE devices SET next_device_seq = $2, last_envelope_seq = $3 WHERE device_id = $1',
    [phone.parts.vault.device, next, next - 1],
  )
}

test(
  'W14 what lies above a cut is sealed again by its device, everybody has it, and the server is reported',
  { timeout: 240_000 },
  async () => {
    const world = await createWorld('cut off')
    try {
      const { phone, tablet, lost } = await denyLastWrites(world)
      await admitAgain(world, phone, lost)
      phone.link.heal()
      await epochIs(phone, 2)
      await until(tablet.client.diary.day(day(3)), ({ values }) => 'bleeding.value' in values)
      await until(phone.client.sync.state, ({ unsent }) => unsent === 0)
      for (const device of [phone, tablet])
        expect([await valuesOf(device, 2), await valuesOf(device, 3)]).toEqual([
          { 'bleeding.value': 2 },
          { 'bleeding.value': 3 },
        ])
      expect(await stateOf(phone)).toMatchObject({
        warnings: ['outbox/rolled-back'],
        phase: 'live',
      })
      expect((await stateOf(tablet)).warnings).toEqual([])
      // What was voided is passed over, in the chain that goes on.
      const later = await phone.client.diary.edit(day(4), { 'bleeding.value': 1 })
      await later.seen
      await until(tablet.client.diary.day(day(4)), ({ values }) => 'bleeding.value' in values)
      const updates = await world.db.query('SELECT 1 FROM doc_updates WHERE device_id = $1', [
        phone.parts.vault.device,
      ])
      await phone.client.diary.edit(day(5), { 'bleeding.value': 1 })
      await until(tablet.client.diary.day(day(5)), ({ values }) => 'bleeding.value' in values)
      const after = await world.db.query('SELECT 1 FROM doc_updates WHERE device_id = $1', [
        phone.parts.vault.device,
      ])
      // Sealed again once, not with every look.
      expect(after.length).toBe(updates.length + 1)
    } finally {
      await world.close()
    }
  },
)

test(
  'W14 W37 what the server has lost below a new epoch cannot be sent again as it was: the device begins anew with it',
  { timeout: 240_000 },
  async () => {
    const world = await createWorld('lost below')
    try {
      const { phone, tablet } = await denyLastWrites(world)
      const before = phone.parts.vault.device
      await phone.client.diary.edit(day(4), { 'bleeding.value': 1 })
      phone.link.heal()
      await epochIs(phone, 3)
      await until(phone.client.sync.state, ({ unsent, phase }) => unsent === 0 && phase === 'live')
      expect(phone.parts.vault.device).not.toBe(before)
      await until(tablet.client.diary.day(day(4)), ({ values }) => 'bleeding.value' in values)
      for (const n of [1, 2, 3, 4]) {
        const { 'bleeding.value': value } = await valuesOf(tablet, n)
        expect([n, value]).toEqual([n, n === 4 ? 1 : n])
      }
      expect((await stateOf(phone)).warnings).toEqual(['outbox/rolled-back'])
      expect((await stateOf(phone)).setAside).toBe(0)
      expect(world.devices.length).toBe(3)
      const [first, second] = world.devices
      const pair = { ...world, devices: [first!, second!] }
      await settle(pair)
      expect(await findDifferences(pair)).toEqual([])
    } finally {
      await world.close()
    }
  },
)
