import { until, type IncomingAlert, type Position } from '@selene/client-sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSkipClock } from './skip-clock.ts'
import { createWorld, type Device, type World } from './world.ts'

const place = (latitude: number): Position => ({
  latitude,
  longitude: 16.3725,
  accuracyMetres: 8,
  at: Date.now(),
})
const here = place(48.2084)
const nearby = place(48.2124)
const elsewhere = place(48.4)

const beatMs = 270_000
const note = 'behind the blue door'

const incoming = ({ client }: Device, holds: (alert: IncomingAlert) => boolean) =>
  until(client.sos.incoming, (list) => list.some(holds)).then((list) => list.find(holds)!)
const isOpen = ({ state }: IncomingAlert): boolean => state === 'open'

describe('an alert, over real sockets', () => {
  let world: World
  let ada: Device
  let bea: Device
  let passerBy: Device
  let stranger: Device

  /** Somebody who shares her place, which the server has by then. */
  async function addHelper(name: string, at: Position): Promise<Device> {
    const clock = createSkipClock()
    const device = await world.addPerson(name, { clock })
    await device.client.contacts.setOwnName(name)
    const { location } = device.client
    await location.set({ sharing: true, radiusMetres: 2_000 })
    location.report({ ...at, at: clock.now() + beatMs })
    clock.skip(beatMs)
    await until(location.state, ({ sentAt }) => sentAt !== undefined)
    return device
  }

  beforeAll(async () => {
    world = await createWorld('alert', {
      listen: true,
      config: { release: { minAccountDays: 0, minCellDays: 0 } },
    })
    ada = await world.addPerson('ada')
    bea = await world.addPerson('bea')
    await ada.client.contacts.setOwnName('Ada')
    await bea.client.contacts.setOwnName('Bea')
    const { link } = await ada.client.contacts.invite('Bea')
    await bea.client.contacts.accept(link.href)
    await until(ada.client.sos.readiness, ({ contacts }) => contacts === 1)
    passerBy = await addHelper('Cleo', nearby)
    stranger = await addHelper('Dora', elsewhere)
    for (const { client } of [bea, passerBy, stranger])
      await until(client.sync.state, ({ listening }) => listening)
  }, 180_000)
  afterAll(() => world.close())

  test('reaches a contact with all, a passer-by with nothing of hers, a stranger not at all', async () => {
    const options = { audience: 'contacts-and-nearby', position: here, note } as const
    const { id } = await ada.client.sos.raise(options)
    const ofBea = await incoming(bea, (alert) => alert.id === id && alert.verified)
    expect(ofBea).toMatchObject({ role: 'contact', kind: 'sos', state: 'open', note })
    expect(ofBea.from).toMatchObject({ name: 'Ada' })
    expect(ofBea.position?.latitude).toBeCloseTo(here.latitude, 6)
    const ofPasserBy = await incoming(passerBy, (alert) => alert.id === id)
    expect(ofPasserBy).toMatchObject({ role: 'nearby', kind: 'sos', state: 'open' })
    expect([ofPasserBy.from, ofPasserBy.note, ofPasserBy.position]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
    await until(ada.client.sos.current, (alert) => alert?.contacts[0]?.delivered === true)
    expect(await until(stranger.client.sos.incoming, () => true)).toEqual([])
    const told = await world.db.query<{ account_id: string }>('SELECT account_id FROM inbox')
    const vaultOf = ({ parts }: Device): string => parts.vault.view().vault
    expect(told.map(({ account_id }) => account_id)).not.toContain(vaultOf(stranger))
  })

  test('is answered, and she sees by whom; the one who accepted learns where', async () => {
    const { id } = await incoming(bea, isOpen)
    await bea.client.sos.respond(id, 'on-my-way', 'ten minutes')
    const answered = await until(ada.client.sos.current, (alert) => alert?.phase === 'en-route')
    expect(answered!.contacts).toMatchObject([
      { name: 'Bea', delivered: true, response: 'on-my-way', note: 'ten minutes' },
    ])
    await passerBy.client.sos.respond(id, 'accept')
    const found = await incoming(passerBy, ({ position }) => position !== undefined)
    expect(found.position?.latitude).toBeCloseTo(here.latitude, 6)
    const { responders } = (await until(
      ada.client.sos.current,
      (alert) => alert?.responders.length === 1,
    ))!
    expect(responders).toMatchObject([{ state: 'accept', name: 'Cleo' }])
    await expect(stranger.client.sos.respond(id, 'accept')).rejects.toMatchObject({
      code: 'sos/no-alert',
    })
  })

  test('ends for all whom it reached, and the passer-by forgets where', async () => {
    const { id } = await incoming(bea, isOpen)
    await ada.client.sos.resolve(id, 'safe')
    const ofBea = await incoming(bea, ({ state }) => state === 'resolved')
    expect(ofBea).toMatchObject({ id, verified: true })
    const ofPasserBy = await incoming(passerBy, ({ state }) => state === 'resolved')
    expect([ofPasserBy.id, ofPasserBy.position]).toEqual([id, undefined])
    await until(ada.client.sos.current, (alert) => alert?.phase === 'resolved' && !alert.unsent)
  })

  test('reaches a contact who was away, as soon as she is back', async () => {
    bea.client.sync.pause()
    await until(bea.client.sync.state, ({ listening }) => !listening)
    const { id } = await ada.client.sos.raise({ kind: 'test', note: 'just trying' })
    await until(ada.client.sos.current, (alert) => alert?.id === id && alert.phase === 'sent')
    expect((await until(bea.client.sos.incoming, () => true)).some(isOpen)).toBe(false)
    bea.client.sync.resume()
    const late = await incoming(bea, isOpen)
    expect(late).toMatchObject({ id, kind: 'test', note: 'just trying', verified: true })
    await ada.client.sos.cancel(id)
    await incoming(bea, (alert) => alert.id === id && alert.state === 'cancelled')
  })

  test('leaves no word of it in the server’s log', () => {
    const lines = world.logLines.join('\n')
    for (const word of [note, 'ten minutes', 'just trying', 'Cleo', '48.2084', '48.2124'])
      expect(lines).not.toContain(word)
    expect(lines).not.toContain('"level":"error"')
  })
})
