import { until, type Contact } from '@selene/client-sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createWorld, type Device, type World } from './world.ts'

const listOf = ({ client }: Device) => until(client.contacts.list, () => true)
/** Waits for a list that fulfils the condition. */
const lists = ({ client }: Device, holds: (list: readonly Contact[]) => boolean) =>
  until(client.contacts.list, holds)
const hasName = (name: string) => (list: readonly Contact[]) =>
  list.some((contact) => contact.name === name && contact.state === 'trusted')
const readyFor = ({ client }: Device, contacts: number) =>
  until(client.sos.readiness, (readiness) => readiness.contacts === contacts)

describe('two people, one of them with two devices', () => {
  let world: World
  let phone: Device
  let tablet: Device
  let bea: Device

  beforeAll(async () => {
    world = await createWorld('contacts')
    phone = await world.addDevice('phone')
    await phone.client.contacts.setOwnName('Ada')
    tablet = await world.addDevice('tablet')
    bea = await world.addPerson('bea')
    await bea.client.contacts.setOwnName('Beatrice')
  }, 120_000)
  afterAll(() => world.close())

  test('W44 are contacts once the link is accepted, on every device', async () => {
    const { link, expiresAt } = await phone.client.contacts.invite('my sister')
    expect(expiresAt - Date.now()).toBeGreaterThan(71 * 3_600_000)
    expect(await listOf(phone)).toMatchObject([{ name: 'my sister', state: 'invited' }])
    const accepted = await bea.client.contacts.accept(link.href)
    expect(accepted).toMatchObject({ name: 'Ada', state: 'trusted' })
    for (const device of [phone, tablet]) {
      const [contact] = await lists(device, hasName('my sister'))
      expect(contact).toEqual({ id: accepted.id, name: 'my sister', state: 'trusted' })
      await readyFor(device, 1)
    }
    await readyFor(bea, 1)
    await until(tablet.client.contacts.ownName, (name) => name === 'Ada')
  })

  test('W44 a link that was used opens for nobody else', async () => {
    const { link } = await phone.client.contacts.invite('only once')
    await bea.client.contacts.accept(link.href)
    const eve = await world.addPerson('eve')
    await expect(eve.client.contacts.accept(link.href)).rejects.toMatchObject({
      code: 'contact/invite-unknown',
    })
    await expect(tablet.client.contacts.accept(link.href)).rejects.toMatchObject({
      code: 'contact/own-invite',
    })
  })

  test('an invitation of one device is completed by the other', async () => {
    const { link } = await phone.client.contacts.invite('while I was away')
    await lists(tablet, (list) => list.some(({ name }) => name === 'while I was away'))
    phone.link.partition()
    await bea.client.contacts.accept(link.href)
    await lists(tablet, hasName('while I was away'))
    phone.link.heal()
    const [ofPhone] = await lists(phone, hasName('while I was away'))
    expect([ofPhone]).toEqual(await listOf(tablet))
  })

  test('the two are linked once, however often they invite each other', async () => {
    const { link } = await bea.client.contacts.invite('Ada again')
    await tablet.client.contacts.accept(link.href, 'Bea')
    for (const device of [phone, tablet]) {
      await lists(device, hasName('Bea'))
      await lists(device, (list) => list.length === 1)
    }
    await lists(bea, (list) => list.length === 1 && hasName('Ada again')(list))
  })

  test('removed by one of them, neither is the other’s contact any more', async () => {
    const [contact] = await listOf(tablet)
    await tablet.client.contacts.remove(contact!.id)
    for (const device of [phone, tablet, bea]) {
      await lists(device, (list) => list.length === 0)
      await readyFor(device, 0)
    }
    const { link } = await phone.client.contacts.invite('my sister')
    await bea.client.contacts.accept(link.href)
    for (const device of [phone, tablet]) await lists(device, hasName('my sister'))
    await bea.client.contacts.remove((await listOf(bea))[0]!.id)
    for (const device of [phone, tablet]) await lists(device, (list) => list.length === 0)
  })

  test('the server has seen no name and no secret of theirs', async () => {
    const boxes = await world.db.query<{ text: string }>(
      `SELECT row_to_json(t)::text AS text FROM (
         SELECT encode(box, 'escape') AS box FROM contacts
         UNION ALL SELECT encode(offer, 'escape') FROM invites) t`,
    )
    const seen = [...boxes.map(({ text }) => text), ...world.logLines].join('\n')
    for (const name of ['Ada', 'Beatrice', 'my sister']) expect(seen).not.toContain(name)
  })
})
