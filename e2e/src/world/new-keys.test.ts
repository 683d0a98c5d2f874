import { until, type Contact, type IncomingAlert } from '@selene/client-sdk'
import { civilDate } from '@selene/client-sdk/calendar'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createWorld, type Device, type World } from './world.ts'

const contactOf = ({ client }: Device, holds: (contact: Contact) => boolean) =>
  until(client.contacts.list, (list) => list.some(holds)).then((list) => list.find(holds)!)
const isRenewed = ({ keysRenewed }: Contact): boolean => keysRenewed === true
const incoming = ({ client }: Device, holds: (alert: IncomingAlert) => boolean) =>
  until(client.sos.incoming, (list) => list.some(holds)).then((list) => list.find(holds)!)

/** The kit hears of compared keys a moment after the diary: an alert before that goes to both. */
const kitIsTold = { timeout: 50_000 }

describe('a device is removed, and her contacts learn of her new keys', () => {
  let world: World
  let phone: Device
  let tablet: Device
  let lost: Device
  let bea: Device

  /** How many slots each contact's row of the alert's newest operation holds. */
  const slotsOf = async (alert: string) =>
    (
      await world.db.query<{ slots: number }>(
        'SELECT octet_length(sealed) / 1024 AS slots FROM alert_slots WHERE alert_id = $1',
        [alert],
      )
    ).map(({ slots }) => slots)

  /** Raises an alert that the other opens, answers, and whose answer comes back. */
  async function tellAndAnswer(from: Device, to: Device, note: string): Promise<number[]> {
    const { id } = await from.client.sos.raise({ note })
    const alert = await incoming(to, (each) => each.id === id && each.verified)
    expect(alert.note).toBe(note)
    await to.client.sos.respond(id, 'on-my-way', `coming: ${note}`)
    const answered = await until(
      from.client.sos.current,
      (current) => current?.id === id && current.phase === 'en-route',
    )
    expect(answered!.contacts).toMatchObject([
      { response: 'on-my-way', note: `coming: ${note}`, delivered: true },
    ])
    const slots = await slotsOf(id)
    await from.client.sos.resolve(id, 'safe')
    await incoming(to, (each) => each.id === id && each.state === 'resolved' && each.verified)
    return slots
  }

  const give = async () => {
    const contact = (await contactOf(phone, ({ name }) => name === 'Bea')).id
    const from = civilDate('2026-01-01')!
    const expiresAt = Date.now() + 3_600_000
    await phone.client.grants.give({ contact, scope: ['periods'], from, expiresAt })
    await phone.client.grants.refresh()
  }

  beforeAll(async () => {
    world = await createWorld('new-keys', { listen: true })
    phone = await world.addDevice('phone')
    tablet = await world.addDevice('tablet')
    lost = await world.addDevice('lost')
    bea = await world.addPerson('bea')
    await phone.client.contacts.setOwnName('Ada')
    await bea.client.contacts.setOwnName('Bea')
    const { link } = await phone.client.contacts.invite('Bea')
    await bea.client.contacts.accept(link.href)
    for (const device of [phone, tablet, lost, bea])
      await until(device.client.sos.readiness, ({ contacts }) => contacts === 1)
    for (const { client } of [phone, bea])
      await until(client.sync.state, ({ listening }) => listening)
  }, 180_000)
  afterAll(() => world.close())

  test('W51 before that an alert has one slot for each contact', async () => {
    expect(await tellAndAnswer(phone, bea, 'first')).toEqual([1])
    await give()
    await bea.client.grants.refresh()
    expect(await until(bea.client.grants.received, () => true)).toHaveLength(1)
  })

  test('W43 W46 the contact sees the change and stays trusted; her other device has the same keys', async () => {
    const { id } = await contactOf(bea, ({ name }) => name === 'Ada')
    const before = await bea.client.contacts.fingerprint(id)
    await phone.client.vault.removeMember(lost.parts.vault.device)
    const renewed = await contactOf(bea, isRenewed)
    expect(renewed).toEqual({ id, name: 'Ada', state: 'trusted', keysRenewed: true })
    const digits = await bea.client.contacts.fingerprint(id)
    expect(digits).not.toBe(before)
    for (const device of [phone, tablet]) {
      const contact = await contactOf(device, ({ name }) => name === 'Bea')
      expect(contact).toEqual({ id, name: 'Bea', state: 'trusted' })
      expect(await device.client.contacts.fingerprint(id)).toBe(digits)
    }
  })

  test('W43 the removed device cannot compute them', async () => {
    await until(lost.client.vault.state, (state) => state.ending === 'removed')
    const [contact] = await until(lost.client.contacts.list, () => true)
    const digits = await bea.client.contacts.fingerprint(contact!.id)
    expect(await lost.client.contacts.fingerprint(contact!.id)).not.toBe(digits)
  })

  test('W46 until they are compared, alerts go to old and new keys at once, in both directions', async () => {
    expect(await tellAndAnswer(phone, bea, 'to her sister')).toEqual([2])
    expect(await tellAndAnswer(bea, phone, 'from her sister')).toEqual([2])
  })

  test('W46 once they are, to the new ones alone', { timeout: 150_000 }, async () => {
    const { id } = await contactOf(bea, isRenewed)
    const digits = await phone.client.contacts.fingerprint(id)
    expect(await bea.client.contacts.verify(id, digits)).toBe(true)
    expect(await contactOf(bea, ({ verified }) => verified === true)).toEqual({
      id,
      name: 'Ada',
      state: 'trusted',
      verified: true,
    })
    await expect.poll(() => tellAndAnswer(bea, phone, 'confirmed'), kitIsTold).toEqual([1])
    expect(await tellAndAnswer(phone, bea, 'not yet on this side')).toEqual([2])
    await phone.client.contacts.verify(id, digits)
    await contactOf(phone, ({ verified }) => verified === true)
    await expect.poll(() => tellAndAnswer(phone, bea, 'confirmed here too'), kitIsTold).toEqual([1])
  })

  test('W43 both sides may change, one after the other', async () => {
    const spare = await world.openDevice('spare')
    await world.linkDevice(spare, tablet)
    await phone.client.vault.removeMember(spare.parts.vault.device)
    await contactOf(bea, isRenewed)
    expect(await tellAndAnswer(phone, bea, 'a third key')).toEqual([2])
    expect(await tellAndAnswer(bea, phone, 'to a third key')).toEqual([2])
  })

  test('W45 what was given under old keys is read on, and what is given now is given to the new', async () => {
    await give()
    await bea.client.grants.refresh()
    expect(await until(bea.client.grants.received, () => true)).toHaveLength(2)
  })
})
