/**
 * How it is seen what a lie does: what must be noticed and what must stay as it is. Whatever is told, her diary takes
 * edits and her alerts go out; uploads stop where the log itself is not to be believed.
 */
import { until, type SyncState } from '@selene/client-sdk'
import { civilDate, type CivilDate } from '@selene/client-sdk/calendar'
import type { Device } from '../world/world.ts'
import type { Cast } from './sync-story.ts'
import type { SyncPeople } from './sync-world.ts'
import { pause } from './virtual-time.ts'

export interface Scene extends Cast {
  readonly people: SyncPeople
}

/** What is wrong afterwards, and whether the devices are to agree again once the truth is told. */
export interface LieReport {
  readonly differences: readonly string[]
  readonly agreesAgain: boolean
}

/** Of the simulated time, which is not short when nothing happens. */
export const patience = { deadlineMs: 600_000, pollMs: 1_000 }
export const lieDay = civilDate('2026-03-20')!
const otherDay = civilDate('2026-03-21')!
export const temperature = 'temperature.value'

/** What comes too late counts as missing. */
export async function within<T>(what: string, wanted: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`never: ${what}`)), patience.deadlineMs)
  try {
    return await Promise.race([wanted, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

export const eventually = async (what: string, holds: () => Promise<boolean>): Promise<void> => {
  const ends = performance.now() + patience.deadlineMs
  while (!(await holds())) {
    if (performance.now() > ends) throw new Error(`never: ${what}`)
    await pause(patience.pollMs)
  }
}

const stateOf = (device: Device): Promise<SyncState> => until(device.client.sync.state, () => true)

export const valuesOf = async ({ client }: Device, date: CivilDate) =>
  (await until(client.diary.day(date), () => true)).values

export const awaitCode = (device: Device, wanted: string): Promise<unknown> =>
  within(
    `${device.name} lists ${wanted}`,
    until(device.client.sync.quarantined, (list) => list.some(({ code }) => code === wanted)),
  )

/** Her diary takes an edit, and an alert of hers reaches the server. */
export async function livesOn(device: Device): Promise<string[]> {
  const { client, name } = device
  const differences: string[] = []
  await client.diary.edit(otherDay, { 'pain.cramps': true })
  const values = await valuesOf(device, otherDay)
  if (values['pain.cramps'] !== true) differences.push(`${name}: an edit is not shown`)
  await client.sos.raise({ kind: 'test' })
  const { id } = (await within(
    `an alert of ${name} goes out`,
    until(client.sos.current, (alert) => alert?.sentAt !== undefined),
  ))!
  await client.sos.resolve(id)
  return differences
}

const storedBy = async ({ db }: SyncPeople, { parts }: Device): Promise<number> => {
  const [row] = await db.query<{ count: number }>(
    'SELECT count(*)::integer AS count FROM doc_updates WHERE device_id = $1',
    [parts.vault.device],
  )
  return row!.count
}

/** With a log that is not to be believed nothing is uploaded; all else goes on. */
export async function stopsUploads(
  { people }: Scene,
  device: Device,
  warning: 'vault/forked' | 'vault/rolled-back',
): Promise<string[]> {
  const { client, name } = device
  await within(
    `${name} warns of ${warning}`,
    until(client.vault.state, ({ warnings }) => warnings.includes(warning)),
  )
  const { phase, problem } = await stateOf(device)
  const differences =
    phase === 'stuck' && problem === warning ? [] : [`${name}: ${phase}, ${String(problem)}`]
  const before = await storedBy(people, device)
  differences.push(...(await livesOn(device)))
  await client.sync.flush()
  const { unsent } = await stateOf(device)
  if (unsent === 0 || (await storedBy(people, device)) !== before)
    differences.push(`${name}: uploaded into a history that it does not believe`)
  return differences
}

/** A lie that must do nothing at all: no warning, nothing set aside, and everything arrives. */
export async function doesNothing(scene: Scene): Promise<string[]> {
  const [phone, tablet] = await both(scene)
  const value = await write(phone, 9)
  await within(
    'the edit arrives',
    until(tablet.client.diary.day(lieDay), ({ values }) => values[temperature] === value),
  )
  const differences = await livesOn(tablet)
  await within(
    'all is sent',
    until(tablet.client.sync.state, ({ unsent }) => unsent === 0),
  )
  const { warnings, quarantined } = await stateOf(tablet)
  if (warnings.length + quarantined > 0)
    differences.push(`harmless, and said: ${warnings.join()} ${quarantined}`)
  return differences
}

export const both = ({ phone, tablet }: Scene): Promise<[Device, Device]> =>
  Promise.all([phone.running(), tablet.running()])

/** Whether a device reads shapes that are there: those of before were thrown away. */
async function readsAnew({ db }: SyncPeople, { parts }: Device): Promise<boolean> {
  const there = await db.query<{ handle: string }>('SELECT handle::text FROM shape.definitions')
  const handles = new Set(there.map(({ handle }) => handle))
  const read = await parts.store.query<{ handle: string }>('SELECT handle FROM shape_state')
  return read.every(({ handle }) => handles.has(handle))
}

/** Tells the truth from its beginning, and waits until everybody has all of it. */
export async function truthAgain(scene: Scene): Promise<void> {
  const { tablet, people } = scene
  tablet.server.tellTruth()
  await people.refetch(tablet)
  const devices = await both(scene)
  const { vault } = devices[0].parts.vault.view()
  await eventually('the truth arrives', async () => {
    const [there] = await people.db.query<Counts>(countsOf('doc_updates', 'vault_log'), [vault])
    const copies = countsOf('shape_rows_doc_updates', 'shape_rows_vault_log')
    for (const device of devices) {
      const { parts } = device
      const [here] = await parts.store.query<Counts>(copies, [vault])
      if (here!.envelopes !== there!.envelopes || here!.entries !== there!.entries) return false
      if (!(await readsAnew(people, device))) return false
    }
    return true
  })
}

interface Counts {
  readonly envelopes: number
  readonly entries: number
}

const countsOf = (envelopes: string, entries: string): string =>
  `SELECT (SELECT count(*) FROM ${envelopes} WHERE vault_id = $1)::integer AS envelopes,
     (SELECT count(*) FROM ${entries} WHERE vault_id = $1)::integer AS entries`

/** Something new each time: what is there already would not be written. */
export async function write(device: Device, number: number): Promise<number> {
  const value = 41 + number / 100
  const { seen } = await device.client.diary.edit(lieDay, { [temperature]: value })
  await within(`a write of ${device.name} is seen`, seen)
  return value
}
