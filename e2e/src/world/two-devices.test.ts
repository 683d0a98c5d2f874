import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient, until } from '@selene/client-sdk'
import { civilDate, type CivilDate } from '@selene/client-sdk/calendar'
import { nodePlatform } from '@selene/client-sdk/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findDifferences, settle } from './convergence.ts'
import { createWorld, type Device, type World } from './world.ts'

const day = (text: string): CivilDate => civilDate(text)!
const valuesOf = async (device: Device, date: CivilDate) =>
  (await until(device.client.diary.day(date), () => true)).values
const phaseOf = async (device: Device) => {
  const { phase, problem } = await until(device.client.sync.state, () => true)
  return { phase, problem }
}
const csv = 'date,bleeding.value,note.value\n2026-05-01,2,"first, second"\n2026-05-02,3,\n'

describe('two devices and the real server', () => {
  let world: World
  let phone: Device
  let tablet: Device

  beforeAll(async () => {
    world = await createWorld('two devices')
    phone = await world.addDevice('phone')
    await phone.client.diary.edit(day('2026-04-01'), { 'bleeding.value': 1 })
    tablet = await world.openDevice('tablet')
    await tablet.client.diary.edit(day('2026-04-01'), { 'temperature.value': 36.6 })
    await tablet.client.diary.edit(day('2026-06-01'), { 'note.value': 'before the link' })
    await world.linkDevice(tablet)
    await settle(world)
  }, 120_000)
  afterAll(() => world.close())

  test('C42 linking orphans the store: what was in the diary before it comes along', async () => {
    const both = { 'bleeding.value': 1, 'temperature.value': 36.6 }
    for (const device of world.devices) {
      expect(await valuesOf(device, day('2026-04-01'))).toEqual(both)
      expect(await valuesOf(device, day('2026-06-01'))).toEqual({ 'note.value': 'before the link' })
    }
    expect(await findDifferences(world)).toEqual([])
  })

  test('W30 one file imported on both devices at once is there once', async () => {
    const previews = await Promise.all(world.devices.map(({ client }) => client.diary.preview(csv)))
    await Promise.all(previews.map((preview) => preview.commit()))
    await settle(world)
    for (const { client } of world.devices) {
      const shown = await until(client.diary.day(day('2026-05-01')), () => true)
      expect(shown.importedNote).toBe('first, second')
      expect((await client.diary.preview(csv)).changing).toBe(0)
    }
    expect(await findDifferences(world)).toEqual([])
  })

  test('a write is stored on the server, then seen back', async () => {
    const write = await phone.client.diary.edit(day('2026-04-02'), { 'pain.cramps': true })
    expect(await write.stored).toEqual({ outcome: 'applied' })
    await write.seen
    const rows = await world.db.query('SELECT 1 FROM doc_updates WHERE device_id = $1', [
      phone.parts.vault.device,
    ])
    expect(rows.length).toBeGreaterThan(0)
  })

  test('W23 a shape that must be fetched again loses nothing, sent or unsent', async () => {
    tablet.link.partition()
    await tablet.client.diary.edit(day('2026-04-03'), { 'mood.happy': true })
    await world.db.query('DELETE FROM shape.definitions')
    tablet.link.heal()
    await settle(world)
    expect(await valuesOf(phone, day('2026-04-03'))).toEqual({ 'mood.happy': true })
    expect(await findDifferences(world)).toEqual([])
  })

  test('an ended session stops sync and nothing else; signing in goes on with it', async () => {
    await world.db.query('UPDATE sessions SET revoked_at = now() WHERE device_id = $1', [
      phone.parts.vault.device,
    ])
    await phone.client.diary.edit(day('2026-04-04'), { 'mood.sad': true })
    await until(phone.client.sync.state, (state) => state.phase === 'stuck')
    expect(await phaseOf(phone)).toEqual({ phase: 'stuck', problem: 'auth/session-ended' })
    expect(await valuesOf(phone, day('2026-04-04'))).toEqual({ 'mood.sad': true })
    const wrong = phone.client.account.signIn({
      identifier: 'person@example.org',
      passphrase: 'eight lamps by the river',
    })
    await expect(wrong).rejects.toMatchObject({ code: 'auth/refused' })
    await phone.client.account.signIn({
      identifier: 'person@example.org',
      passphrase: 'seven lamps by the river',
    })
    await settle(world)
    expect(await valuesOf(tablet, day('2026-04-04'))).toEqual({ 'mood.sad': true })
  })

  test('W19 a server that alters a message of the link is noticed, and nobody is admitted', async () => {
    await world.db.script(`
      CREATE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        NEW.message := set_byte(NEW.message, 60, get_byte(NEW.message, 60) # 1); RETURN NEW;
      END $$;
      CREATE TRIGGER meddle BEFORE INSERT ON link_messages FOR EACH ROW EXECUTE FUNCTION meddle()`)
    const before = (await until(phone.client.vault.state, () => true)).members.length
    const laptop = await world.openDevice('laptop')
    const joining = await laptop.client.vault.join()
    // Left without an answer, the phone waits for as long as the link lives.
    phone.client.vault.admit(joining.code, { label: 'laptop' }).catch(() => {})
    await expect(joining.done).rejects.toMatchObject({ code: 'link/failed' })
    await world.db.script('DROP TRIGGER meddle ON link_messages; DROP FUNCTION meddle()')
    const { members } = await until(phone.client.vault.state, () => true)
    expect(members).toHaveLength(before)
    expect((await until(laptop.client.account.state, () => true)).status).toBe('none')
  })

  test('anything but a link code is refused at once', async () => {
    for (const code of ['', 'selene-link:', 'https://example.org', 'selene-link:AAAA'])
      await expect(phone.client.vault.admit(code, { label: 'x' })).rejects.toMatchObject({
        code: 'link/failed',
      })
  })
})

test('a device goes on after a restart where it stopped', { timeout: 120_000 }, async () => {
  const world = await createWorld('restart')
  const directory = await mkdtemp(join(tmpdir(), 'selene-restart-'))
  const open = (online: boolean) =>
    createClient({
      platform: {
        ...nodePlatform({ directory }),
        network: (request) =>
          online ? world.server.fetch(request) : Promise.reject(new TypeError('no network')),
      },
      server: 'http://server.test',
    })
  try {
    const first = await open(true)
    await first.account.register({
      identifier: 'person@example.org',
      passphrase: 'seven lamps by the river',
    })
    await (
      await first.diary.edit(day('2026-04-01'), { 'bleeding.value': 1 })
    ).seen
    await first.close()
    const offline = await open(false)
    await offline.diary.edit(day('2026-04-01'), { 'bleeding.value': 2 })
    expect((await until(offline.sync.state, () => true)).unsent).toBe(1)
    await offline.close()
    const again = await open(true)
    await until(again.sync.state, (state) => state.phase === 'live' && state.unsent === 0)
    const { values } = await until(again.diary.day(day('2026-04-01')), () => true)
    expect(values).toEqual({ 'bleeding.value': 2 })
    const rows = await world.db.query<{ doc_seq: number }>(
      'SELECT doc_seq FROM doc_updates ORDER BY doc_seq',
    )
    expect(rows.map((row) => row.doc_seq)).toEqual([1, 2])
    await again.close()
  } finally {
    await world.close()
    await rm(directory, { recursive: true, force: true })
  }
})
