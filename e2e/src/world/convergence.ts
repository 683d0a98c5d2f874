/**
 * Whether all devices hold the same: content, state vectors, replay from the raw envelopes, derived
 * tables and their rebuild, export, and nothing pending or set aside. Each comparison catches what the others miss.
 */
import { until } from '@selene/client-sdk'
import { openEnvelope, readNote, readRegisters } from '@selene/client-sdk/testing'
import { decode, documentSnapshot, documentUpdate, parseEnvelope } from '@selene/shapes'
import * as Y from 'yjs'
import type { Prng } from '../core/prng.ts'
import { findDifference } from './difference.ts'
import type { Device, World } from './world.ts'

/** Devices of one account. */
type Devices = Pick<World, 'devices' | 'db' | 'prng'>

type Docs = ReadonlyMap<string, Y.Doc>

async function storedDocs({ parts }: Device): Promise<Docs> {
  const rows = await parts.store.query<{ name: string }>('SELECT name FROM documents ORDER BY name')
  const docs = rows.map(async ({ name }) => [name, await parts.documents.read(name)] as const)
  return new Map(await Promise.all(docs))
}

/** The update that an envelope brings, or the state of a snapshot; nothing for heads and voids. */
function updateIn({ parts }: Device, envelope: Uint8Array) {
  const parsed = parseEnvelope(envelope)
  if (!parsed.ok) throw new Error(parsed.code)
  const { kind, epoch } = parsed.value.header
  if (kind === 'heads' || kind === 'void') return undefined
  const opened = openEnvelope(parts.crypto, parts.vault.epochKey(epoch)!, parsed.value)
  if (!opened.ok) throw new Error(opened.code)
  if (kind === 'snapshot') {
    const snapshot = decode(documentSnapshot, opened.content)
    if (!snapshot.ok) throw new Error(snapshot.code)
    return { name: snapshot.value.name, update: snapshot.value.state }
  }
  const content = decode(documentUpdate, opened.content)
  if (!content.ok) throw new Error(content.code)
  return content.value
}

/** Documents rebuilt from the sealed envelopes alone, applied in any order. */
async function replayedDocs(device: Device, prng: Prng): Promise<Docs> {
  const rows = await device.parts.store.query<{ envelope: Uint8Array }>(
    `SELECT envelope FROM (
       SELECT envelope, doc_id, device_id, doc_seq FROM shape_rows_doc_updates
       UNION ALL SELECT envelope, doc_id, NULL, number FROM shape_rows_doc_snapshots) AS rows
     ORDER BY doc_id, device_id, doc_seq`,
  )
  const docs = new Map<string, Y.Doc>()
  for (const { envelope } of prng.shuffle(rows)) {
    const content = updateIn(device, envelope)
    if (!content) continue
    const doc = docs.get(content.name) ?? new Y.Doc()
    docs.set(content.name, doc)
    Y.applyUpdate(doc, content.update)
  }
  return docs
}

/** What a person could read, in a fixed order. */
function contentOf(docs: Docs): unknown {
  const sorted = [...docs].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return sorted.map(([name, doc]) => ({
    name,
    registers: [...readRegisters(doc)].toSorted(([a], [b]) => (a < b ? -1 : 1)),
    notes: Array.from({ length: 31 }, (_, i) => readNote(doc, String(i + 1).padStart(2, '0'))),
  }))
}

const stateVectorsOf = (docs: Docs): unknown =>
  [...docs]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, doc]) => [
      name,
      [...Y.decodeStateVector(Y.encodeStateVector(doc))].toSorted(([a], [b]) => a - b),
    ])

/** Derived from documents alone, and so the same on every device. */
const derivedTables = [
  'calendar_entries',
  'cycle_data',
  'profile',
  'declared_episodes',
  'settings',
] as const

/** Rows of all derived tables, in a fixed order. */
async function derivedOf({ client }: Device): Promise<unknown> {
  const tables = derivedTables.map(async (name) => {
    const rows = await client.query(`SELECT to_jsonb(t) AS row FROM ${name} t ORDER BY t::text`)
    return [name, rows] as const
  })
  return Object.fromEntries(await Promise.all(tables))
}

/** All but the day on which it was made, which is this device's own. */
async function exportOf({ client }: Device): Promise<unknown> {
  const file = await client.diary.export({ format: 'json' })
  return { ...(JSON.parse(await file.text()) as object), exportedOn: undefined }
}

const print = (value: unknown): string => JSON.stringify(value)

/** Says what differs; empty when everything agrees. */
export async function findDifferences(world: Devices): Promise<string[]> {
  const differences: string[] = []
  const [first] = world.devices
  const expected = await storedDocs(first!)
  const compare = (device: Device, what: string, actual: unknown, wanted: unknown): void => {
    const difference = findDifference(actual, wanted)
    if (difference) differences.push(`${device.name}: ${what} ${difference}`)
  }
  for (const device of world.devices) {
    const docs = await storedDocs(device)
    compare(device, 'content', contentOf(docs), contentOf(expected))
    compare(device, 'state vectors', stateVectorsOf(docs), stateVectorsOf(expected))
    const replayed = await replayedDocs(device, world.prng)
    compare(device, 'replay from raw updates', contentOf(replayed), contentOf(docs))
    compare(device, 'derived tables', await derivedOf(device), await derivedOf(first!))
    compare(device, 'export', await exportOf(device), await exportOf(first!))
    const before = await derivedOf(device)
    await device.client.diary.rebuild()
    compare(device, 'derived tables and their rebuild', await derivedOf(device), before)
    const pending = [...docs.values()].some(
      (doc) => doc.store.pendingStructs || doc.store.pendingDs,
    )
    compare(device, 'pending structs', pending, false)
    const { unsent, setAside, quarantined } = await until(device.client.sync.state, () => true)
    compare(
      device,
      'unsent, set aside, quarantined',
      { unsent, setAside, quarantined },
      { unsent: 0, setAside: 0, quarantined: 0 },
    )
  }
  return differences
}

/** Waits until every device has taken, and has a copy of, every envelope that the server holds. */
export async function settle(
  world: Devices,
  { deadlineMs = 60_000, pollMs = 50 }: { deadlineMs?: number; pollMs?: number } = {},
): Promise<void> {
  const ends = Date.now() + deadlineMs
  for (;;) {
    const state = await progress(world)
    if (state.every((line) => line.done)) return
    if (Date.now() > ends) throw new Error(`not settled: ${print(state)}`)
    await new Promise((resolve) => setTimeout(resolve, pollMs))
  }
}

const placesOf = (updates: string, snapshots: string): string =>
  `SELECT concat_ws(' ', doc_id, device_id, doc_seq) AS place FROM ${updates} WHERE vault_id = $1
   UNION ALL SELECT concat_ws(' ', doc_id, number) FROM ${snapshots} WHERE vault_id = $1`

async function progress(world: Devices) {
  const vault = [world.devices[0]!.parts.vault.view().vault]
  const [stored] = await world.db.query<{ count: number }>(
    `SELECT coalesce(sum(last), 0)::integer AS count FROM (
       SELECT max(doc_seq) AS last FROM (
         SELECT doc_id, device_id, doc_seq FROM doc_updates WHERE vault_id = $1
         UNION ALL SELECT doc_id, device_id, doc_seq FROM doc_covers WHERE vault_id = $1) AS places
       GROUP BY doc_id, device_id) AS chains`,
    vault,
  )
  const places = await world.db.query<{ place: string }>(
    placesOf('doc_updates', 'doc_snapshots'),
    vault,
  )
  return Promise.all(
    world.devices.map(async ({ name, client, parts }) => {
      const { unsent, phase, problem } = await until(client.sync.state, () => true)

      const [taken] = await parts.store.query<{ count: number }>(
        'SELECT coalesce(sum(doc_seq), 0)::integer AS count FROM doc_heads',
      )
      const copies = placesOf('shape_rows_doc_updates', 'shape_rows_doc_snapshots')
      const copied = new Set(
        (await parts.store.query<{ place: string }>(copies, vault)).map((row) => row.place),
      )
      const missing = places.filter(({ place }) => !copied.has(place)).length
      const done = unsent === 0 && taken!.count === stored!.count && missing === 0
      const counts = { taken: taken!.count, stored: stored!.count, missing }
      return { name, phase, problem, unsent, ...counts, done }
    }),
  )
}
