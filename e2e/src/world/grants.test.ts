import { until, type ContactId, type ReceivedGrant } from '@selene/client-sdk'
import { addDays, type CivilDate } from '@selene/client-sdk/calendar'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSkipClock, type SkipClock } from './skip-clock.ts'
import { createWorld, type Device, type World } from './world.ts'

const hourMs = 3_600_000
const day = '2026-03-10' as CivilDate
const from = '2026-01-01' as CivilDate
const given = ({ client }: Device) => until(client.grants.given, () => true)
/** What is read after a round with the server. */
async function received({ client }: Device): Promise<readonly ReceivedGrant[]> {
  await client.grants.refresh()
  return until(client.grants.received, () => true)
}

describe('W45 what one person lets another read', () => {
  let world: World
  let phone: Device
  let tablet: Device
  let bea: Device
  let beaClock: SkipClock
  let contact: ContactId

  beforeAll(async () => {
    world = await createWorld('grants', { record: true })
    phone = await world.addDevice('phone')
    tablet = await world.addDevice('tablet')
    beaClock = createSkipClock()
    bea = await world.addPerson('bea', { clock: beaClock })
    await phone.client.contacts.setOwnName('Ada')
    const { link } = await phone.client.contacts.invite('my doctor')
    contact = (await bea.client.contacts.accept(link.href)).id
    for (const { client } of [phone, tablet])
      await until(client.contacts.list, (list) => list.some(({ state }) => state === 'trusted'))
    for (const start of [0, 28, 56])
      await phone.client.diary.edit(addDays(from, start), {
        'bleeding.value': 2,
        'note.value': 'planted secret',
      })
    await phone.client.diary.edit(day, { 'sex.partner': true, 'pain.cramps': true })
  }, 120_000)
  afterAll(() => world.close())

  const give = (hours = 1) =>
    phone.client.grants.give({
      contact,
      scope: ['periods', 'forecast'],
      from,
      expiresAt: Date.now() + hours * hourMs,
    })

  test('reaches that person with what was chosen and nothing else', async () => {
    const grant = await give()
    expect(await given(phone)).toEqual([grant])
    expect(grant).toMatchObject({ contact, name: 'my doctor', scope: ['periods', 'forecast'] })
    await phone.client.grants.refresh()
    const [read, ...more] = await received(bea)
    expect(more).toEqual([])
    expect(read).toMatchObject({ id: grant.id, name: 'Ada', expiresAt: grant.expiresAt })
    expect(read!.days.map(({ values }) => values)).toEqual(
      [0, 28, 56].map(() => ({ 'bleeding.value': 2 })),
    )
    expect(read!.forecast.length).toBeGreaterThan(0)
  })

  test('follows the diary by itself, whichever of her devices writes', async () => {
    await until(tablet.client.grants.given, (grants) => grants.length === 1)
    await tablet.client.diary.edit(day, { 'bleeding.value': 3 })
    await expect
      .poll(async () => (await received(bea))[0]?.days.find(({ date }) => date === day)?.values, {
        timeout: 30_000,
      })
      .toEqual({ 'bleeding.value': 3 })
  })

  test('a device that has nothing to add writes no page', async () => {
    const revision = async () => {
      const [row] = await world.db.query<{ revision: number }>('SELECT revision FROM grants')
      return row!.revision
    }
    await until(phone.client.diary.day(day), ({ values }) => values['bleeding.value'] === 3)
    await Promise.all([phone, tablet].map(({ client }) => client.grants.refresh()))
    const before = await revision()
    await phone.client.grants.refresh()
    await tablet.client.grants.refresh()
    expect(await revision()).toBe(before)
  })

  test('revoked by one device it is gone everywhere, and its rows with it', async () => {
    const [grant] = await given(phone)
    await tablet.client.grants.revoke(grant!.id)
    await tablet.client.grants.refresh()
    expect(await world.db.query('SELECT 1 FROM grants')).toEqual([])
    expect(await received(bea)).toEqual([])
    expect(await bea.parts.store.query('SELECT 1 FROM received_grants')).toEqual([])
    await until(phone.client.grants.given, (grants) => grants.length === 0)
    await phone.client.grants.refresh()
    expect(await world.db.query('SELECT 1 FROM grants')).toEqual([])
  })

  test('ends at its end for the reader, whatever the server does', async () => {
    await give(1)
    await phone.client.grants.refresh()
    expect(await received(bea)).toHaveLength(1)
    beaClock.skip(2 * hourMs)
    expect(await until(bea.client.grants.received, () => true)).toEqual([])
    await received(bea)
    expect(await bea.parts.store.query('SELECT 1 FROM received_grants')).toEqual([])
  })

  test('nobody is granted anything by mistake', async () => {
    const request = { contact, scope: ['periods'] as const, from, expiresAt: Date.now() + hourMs }
    const { grants } = phone.client
    for (const wrong of [
      { ...request, scope: [] },
      { ...request, scope: ['sex'] as unknown as ['periods'] },
      { ...request, expiresAt: Date.now() - 1 },
      { ...request, expiresAt: Date.now() + 367 * 24 * hourMs },
      { ...request, from: 'ever' as CivilDate },
    ])
      await expect(grants.give(wrong)).rejects.toThrow(TypeError)
    const stranger = '11111111-1111-4111-8111-111111111111' as ContactId
    await expect(grants.give({ ...request, contact: stranger })).rejects.toMatchObject({
      code: 'contact/unknown',
    })
  })

  test('ends with the link between the two', async () => {
    await give()
    await phone.client.grants.refresh()
    await phone.client.contacts.remove(contact)
    expect(await world.db.query('SELECT 1 FROM grants')).toEqual([])
    expect(await given(phone)).toEqual([])
  })

  test('the server has seen no day, no note and no key', async () => {
    const seen = world.traffic.join('\n')
    for (const text of ['planted secret', '2026-03-10', 'bleeding'])
      expect(seen.includes(text)).toBe(false)
  })
})
