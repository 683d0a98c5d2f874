import { until, type IncomingAlert } from '@selene/client-sdk'
import { civilDate } from '@selene/client-sdk/calendar'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { settle } from '../world/convergence.ts'
import { createWorld, type Device, type World } from '../world/world.ts'
import { disguises, searchPlaintext, type Search } from './plaintext-search.ts'

/** Distinctive words at every place where a person writes something. */
const planted = {
  note: 'marigold-note-60417',
  importedNote: 'juniper-import-22915',
  temperatureNote: 'cedar-temperature-88350',
  deviceLabel: 'walnut-device-41276',
  linkedLabel: 'hazel-device-90233',
  alertNote: 'rowan-alert-53109',
  updateNote: 'alder-update-11873',
  answerNote: 'sorrel-answer-66420',
  ownName: 'Larkspur Quillfeather',
  friendName: 'Tamarisk Oldenbarn',
  helperName: 'Foxglove Merriweather',
  latitude: '47.3768866',
  longitude: '8.5416947',
  passphrase: 'seven lamps by the river',
  identifier: 'person@example.org',
} as const

/** Names of documents and fields say what she logs, and on which days. */
const structural = ['month/2026-03', 'temperature.value', 'bleeding.value', '2026-03-09']

const place = {
  latitude: Number(planted.latitude),
  longitude: Number(planted.longitude),
  accuracyMetres: 10,
}

/** As the wire writes degrees: 32 bits, in units of 10⁻⁷ (W51). */
function fixedPoint(degrees: string): string {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(Math.round(Number(degrees) * 1e7))
  return bytes.toString('hex')
}

/** Two people who trust each other and a passer-by live through an alert. */
async function raiseAlert(raiser: Device): Promise<void> {
  const friend = await world.addPerson('friend')
  const helper = await world.addPerson('helper')
  const own = raiser.client
  await own.contacts.setOwnName(planted.ownName)
  await friend.client.contacts.setOwnName(planted.friendName)
  await helper.client.contacts.setOwnName(planted.helperName)
  const { link } = await own.contacts.invite(planted.friendName)
  await friend.client.contacts.accept(link.href)
  await until(own.sos.readiness, ({ contacts }) => contacts === 1)
  const at = Date.now()
  await helper.client.location.set({ sharing: true, position: { ...place, at } })
  const { id } = await own.sos.raise({
    audience: 'contacts-and-nearby',
    note: planted.alertNote,
    position: { ...place, at },
  })
  const isHere = (list: readonly IncomingAlert[]): boolean => list.some((alert) => alert.id === id)
  await until(friend.client.sos.incoming, isHere)
  await until(helper.client.sos.incoming, isHere)
  await own.sos.update(id, { note: planted.updateNote })
  await friend.client.sos.respond(id, 'accept', planted.answerNote)
  await helper.client.sos.respond(id, 'accept', planted.answerNote)
  await helper.client.sos.locate(id)
  await until(own.sos.current, (alert) => alert?.responders[0]?.name === planted.helperName)
  duringAlert = await searchPlaintext((sql) => world.db.query(sql), positions)
  await own.sos.resolve(id)
  await until(friend.client.sos.incoming, (list) => list.every(({ state }) => state === 'resolved'))
}

const positions = [planted.latitude, planted.longitude].map(fixedPoint)
let duringAlert: Search
let world: World
let phrase: string

beforeAll(async () => {
  world = await createWorld('secrets', {
    record: true,
    listen: true,
    config: { release: { minAccountDays: 0, minCellDays: 0 } },
  })
  const phone = await world.addDevice(planted.deviceLabel)
  const date = civilDate('2026-03-09')!
  await phone.client.diary.edit(date, {
    'note.value': planted.note,
    'bleeding.value': 3,
    'temperature.value': 36.55,
    'temperature.note': planted.temperatureNote,
  })
  const preview = await phone.client.diary.preview(
    `date,bleeding.value,note.value\n2026-03-10,2,${planted.importedNote}\n`,
  )
  await preview.commit()
  const tablet = await world.addDevice(planted.linkedLabel)
  await tablet.client.diary.edit(date, { 'note.value': `${planted.note} and more` })
  await settle(world)
  await raiseAlert(phone)
  await until(phone.client.sync.state, ({ unsent }) => unsent === 0)
  const state = await until(phone.client.vault.state, () => true)
  expect(state.members.map(({ label }) => label)).toContain(planted.linkedLabel)
  const drafts = await phone.parts.store.query<{ value: unknown }>('SELECT value FROM store_meta')
  phrase = JSON.stringify(drafts)
}, 120_000)
afterAll(() => world.close())

describe('the server is blind', () => {
  const words = [...Object.values(planted), ...structural]

  test('no planted word is in any row of any table, as text or as bytes', async () => {
    const search = await searchPlaintext((sql) => world.db.query(sql), words)
    expect(search.rows).toBeGreaterThan(20)
    expect(search.found).toEqual([])
  })

  test('W48, W67: no position is in any row, not even while the alert runs', async () => {
    expect(duringAlert.rows).toBeGreaterThan(20)
    expect(duringAlert.found).toEqual([])
    const after = await searchPlaintext((sql) => world.db.query(sql), positions)
    expect(after.found).toEqual([])
  })

  test('the search finds a word that is there, in text and in bytes', async () => {
    const word = 'control-word-70125'
    await world.db.query('INSERT INTO settings (key, value) VALUES ($1, $2)', [
      'control',
      Buffer.from(`x${word}x`),
    ])
    const found = await searchPlaintext((sql) => world.db.query(sql), [word])
    expect(found.found).toEqual(['public.settings'])
    await world.db.query('DELETE FROM settings WHERE key = $1', ['control'])
  })

  test('no planted word is in a line of the log', () => {
    expect(world.logLines.length).toBeGreaterThan(10)
    const lines = world.logLines.filter((line) =>
      words.flatMap(disguises).some((word) => line.includes(word)),
    )
    expect(lines).toEqual([])
  })

  test('no request and no answer carries one, but for the identifier of the account', () => {
    expect(world.traffic.length).toBeGreaterThan(20)
    const secret = words.filter((word) => word !== planted.identifier).flatMap(disguises)
    const frames = world.traffic.filter((frame) => secret.some((word) => frame.includes(word)))
    expect(frames).toEqual([])
  })

  test('neither passphrase nor recovery phrase stays on the device in clear after registering', () => {
    expect(phrase).not.toContain(planted.passphrase)
    expect(phrase).not.toContain('"phrase"')
  })
})
