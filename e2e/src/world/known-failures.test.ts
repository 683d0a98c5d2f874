/** Failures that software of this kind is known for, each tried on the real thing. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient, until, type Client } from '@selene/client-sdk'
import { addDays, civilDate, type CivilDate } from '@selene/client-sdk/calendar'
import { nodePlatform } from '@selene/client-sdk/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { insertionsOf, repeatedOf } from '../core/insertions.ts'
import { storeImage } from '../core/store-image.ts'
import { findDifferences, settle } from './convergence.ts'
import { createWorld, type Device, type World } from './world.ts'

const day = (text: string): CivilDate => civilDate(text)!
const account = { identifier: 'person@example.org', passphrase: 'seven lamps by the river' }
const valuesOf = async (client: Client, date: CivilDate) =>
  (await until(client.diary.day(date), () => true)).values

describe('two devices', { timeout: 180_000 }, () => {
  let world: World
  let phone: Device
  let tablet: Device
  beforeAll(async () => {
    world = await createWorld('known failures')
    phone = await world.addDevice('phone')
    tablet = await world.addDevice('tablet')
  }, 180_000)
  afterAll(() => world.close())

  const offlineTogether = async (work: () => Promise<unknown>): Promise<void> => {
    for (const { link } of world.devices) link.partition()
    await work()
    for (const { link } of world.devices) link.heal()
    await settle(world)
  }

  test('W29 a nested map loses a day: one that both begin offline keeps what each wrote', async () => {
    const date = day('2027-03-05')
    await offlineTogether(() =>
      Promise.all([
        phone.client.diary.edit(date, { 'bleeding.value': 2 }),
        tablet.client.diary.edit(date, { 'temperature.value': 36.4 }),
      ]),
    )
    for (const { client } of world.devices)
      expect(await valuesOf(client, date)).toEqual({
        'bleeding.value': 2,
        'temperature.value': 36.4,
      })
  })

  test('W29 one value erases another: of two for one field both stay readable', async () => {
    const date = day('2027-03-06')
    await offlineTogether(() =>
      Promise.all([
        phone.client.diary.edit(date, { 'temperature.value': 36.5 }),
        tablet.client.diary.edit(date, { 'temperature.value': 36.6 }),
      ]),
    )
    for (const { client } of world.devices) {
      const values = (await client.diary.history(date)).map(({ value }) => value)
      expect(new Set(values)).toEqual(new Set([36.5, 36.6]))
    }
  })

  test('W29 a device that has pulled nothing for weeks overwrites newer data: its old edit stays beside it', async () => {
    const date = day('2027-04-01')
    await phone.client.diary.edit(date, { 'temperature.value': 36.1 })
    await settle(world)
    tablet.link.partition()
    await tablet.client.diary.edit(date, { 'temperature.value': 36.2 })
    for (const value of [36.3, 36.4, 36.5])
      await phone.client.diary.edit(date, { 'temperature.value': value })
    await until(phone.client.sync.state, ({ unsent }) => unsent === 0)
    tablet.link.heal()
    await settle(world)
    for (const { client } of world.devices)
      expect(await valuesOf(client, date)).toEqual({ 'temperature.value': 36.5 })
    expect(await findDifferences(world)).toEqual([])
  })

  test('W40 the end of a session drops writes: those made before, during and after it arrive', async () => {
    const [first, second, third] = [1, 2, 3].map((n) => day(`2027-05-0${n}`))
    const write = (date: CivilDate) => phone.client.diary.edit(date, { 'mood.happy': true })
    phone.link.partition()
    await write(first!)
    await world.db.query('UPDATE sessions SET revoked_at = now() WHERE device_id = $1', [
      phone.parts.vault.device,
    ])
    phone.link.heal()
    await write(second!)
    await until(phone.client.account.state, ({ status }) => status === 'session-ended')
    await write(third!)
    await phone.client.account.signIn(account)
    await settle(world)
    for (const date of [first!, second!, third!])
      expect(await valuesOf(tablet.client, date)).toEqual({ 'mood.happy': true })
  })
})

describe('one device that is closed and opened', { timeout: 180_000 }, () => {
  let world: World
  let directory: string
  const open = () =>
    createClient({
      platform: {
        ...nodePlatform({ directory: join(directory, 'phone'), image: storeImage }),
        network: world.server.fetch,
      },
      server: 'http://server.test',
    })
  beforeAll(async () => {
    world = await createWorld('closed and opened')
    directory = await mkdtemp(join(tmpdir(), 'selene-known-'))
  }, 180_000)
  afterAll(async () => {
    await world.close()
    await rm(directory, { recursive: true, force: true })
  })

  test('W34 sending during teardown, and a key that is zeroed while in use: every edit arrives once, under a good signature', async () => {
    const days = Array.from({ length: 12 }, (_, i) => addDays(day('2027-01-25'), 31 * i))
    let client = await open()
    await client.account.register(account)
    for (const date of days) {
      await client.diary.edit(date, { 'bleeding.value': 1 })
      // Closing meets the sender wherever it is: before sealing, sealing, on its way.
      await client.close()
      client = await open()
    }
    await until(client.sync.state, ({ phase, unsent }) => phase === 'live' && unsent === 0)
    const { setAside, quarantined } = await until(client.sync.state, () => true)
    expect([setAside, quarantined]).toEqual([0, 0])
    await client.close()
    const witness = await world.openDevice('witness')
    await witness.client.account.recover(account)
    for (const date of days)
      await until(witness.client.diary.day(date), ({ values }) => values['bleeding.value'] === 1)
    expect((await until(witness.client.sync.state, () => true)).quarantined).toBe(0)
    const rows = await world.db.query<{ envelope: Uint8Array }>('SELECT envelope FROM doc_updates')
    const sealed = insertionsOf(
      witness.parts,
      rows.map(({ envelope }) => envelope),
    )
    // One value was written in each month, and so is one piece: sealed or made twice it were two.
    const ofMonths = sealed.filter(({ document }) => document.startsWith('month/'))
    expect(ofMonths.map(({ document, length }) => `${length} in ${document}`).toSorted()).toEqual(
      days.map((date) => `1 in month/${date.slice(0, 7)}`).toSorted(),
    )
    expect(repeatedOf(sealed)).toEqual([])
  })

  test('C3 a store that is not ready opens as an empty one: it is refused, and whole afterwards', async () => {
    const client = await open()
    await expect(open()).rejects.toMatchObject({ code: 'store/in-use' })
    await client.close()
    const again = await open()
    expect(await valuesOf(again, day('2027-01-25'))).toEqual({ 'bleeding.value': 1 })
    await again.close()
  })

  test('C30 what comes before anybody listens is lost: it is there for whoever looks later', async () => {
    const other = await world.openDevice('other')
    await other.client.account.recover(account)
    const write = await other.client.diary.edit(day('2027-06-06'), { 'pain.cramps': true })
    await write.seen
    const client = await open()
    // Everything has come and is stored; only now somebody watches.
    await until(client.sync.state, ({ phase }) => phase === 'live')
    const { values } = await until(
      client.diary.day(day('2027-06-06')),
      ({ values: shown }) => 'pain.cramps' in shown,
    )
    expect(values).toEqual({ 'pain.cramps': true })
    await client.close()
    const offline = await createClient({
      platform: nodePlatform({ directory: join(directory, 'phone'), image: storeImage }),
    })
    expect(await valuesOf(offline, day('2027-06-06'))).toEqual({ 'pain.cramps': true })
    await offline.close()
  })
})
