/**
 * Makes snapshots (W24): of documents with enough beyond their last one, and of all that are sealed under an epoch
 * that has ended, a few at a time (W33). They are made of the sealed envelopes alone, so that nothing is in a snapshot
 * that it does not cover, and everything that it covers.
 */
import {
  currentEpoch,
  parseEnvelope,
  stampUuid,
  type Cover,
  type DeviceId,
  type DocId,
  type OpId,
} from '@selene/shapes'
import * as Y from 'yjs'
import type { Primitives } from '../crypto/primitives.ts'
import type { Reader, StoreTx } from '../store/store.ts'
import type { LocalVault } from '../vault/vault.ts'
import { isNewer } from './newer-schema.ts'
import { readBase, rebuild, type Base } from './rebuild.ts'
import { readUnchecked } from './snapshots.ts'
import { stateHash } from './state-hash.ts'

/** When a document is worth a snapshot: envelopes, or their bytes, beyond its last one. */
export interface CompactAfter {
  readonly envelopes: number
  readonly bytes: number
}

const usually: CompactAfter = { envelopes: 64, bytes: 65_536 }

/** What a snapshot to be sealed says. */
export interface SnapshotDraft {
  readonly name: string
  readonly number: number
  readonly parent: Uint8Array
  readonly covers: readonly Cover[]
  readonly stateHash: Uint8Array
  readonly state: Uint8Array
}

export interface Compaction {
  /** Queues snapshots of documents that are worth one; to be called when the copies are up to date. */
  wish(tx: StoreTx): Promise<boolean>
  /** What a snapshot of the document says now; `undefined` when it is not worth one any more. */
  draft(tx: StoreTx, doc: DocId): Promise<SnapshotDraft | undefined>
}

interface Deps {
  readonly crypto: Primitives
  readonly vault: LocalVault
  readonly after?: CompactAfter | undefined
}

interface ChainEnd {
  readonly device: DeviceId
  readonly seq: number
  readonly hash: Uint8Array
  /** The first envelope that is set aside and not given up: covers stop before it (W27). */
  readonly stop: number | null
  readonly stopped: Uint8Array | null
}

/** Ends of a document's chains as they were taken. What the log does not let count stops nothing. */
const chainEndsSql = `
  SELECT h.device_id AS device, h.doc_seq AS seq, h.hash, q.doc_seq AS stop, r.envelope AS stopped
  FROM doc_heads h
    LEFT JOIN LATERAL (
      SELECT doc_seq FROM quarantine q WHERE q.doc_id = h.doc_id AND q.device_id = h.device_id
        AND q.doc_seq <= h.doc_seq AND q.code <> 'vault/void' AND NOT EXISTS (
          SELECT 1 FROM given_up g WHERE g.doc_id = q.doc_id AND g.device_id = q.device_id
            AND g.doc_seq = q.doc_seq)
      ORDER BY doc_seq LIMIT 1) q ON true
    LEFT JOIN shape_rows_doc_updates r ON r.vault_id = $1 AND r.doc_id = h.doc_id
      AND r.device_id = h.device_id AND r.doc_seq = q.doc_seq
  WHERE h.doc_id = $2 ORDER BY h.device_id`

/** How far a chain may be covered: before an envelope that is set aside, whose header names the hash. */
function coverOf({ device, seq, hash, stop, stopped }: ChainEnd): Cover[] {
  if (stop === null) return [{ device, docSeq: seq, hash }]
  const parsed = stopped && parseEnvelope(stopped)
  if (stop === 1 || !parsed?.ok) return []
  return [{ device, docSeq: stop - 1, hash: parsed.value.header.docPrev }]
}

/** Documents that may be worth a snapshot and wait for none: all that is beyond the last one counts. */
const candidatesSql = `
  SELECT r.doc_id AS doc FROM shape_rows_doc_updates r
    JOIN documents d ON d.doc_id = r.doc_id
    LEFT JOIN doc_covers c ON c.doc_id = r.doc_id AND c.device_id = r.device_id
  WHERE r.vault_id = $1 AND r.doc_seq > coalesce(c.doc_seq, 0)
    AND r.doc_id NOT IN (SELECT doc_id FROM pending_envelopes WHERE kind = 'doc.snapshot')
    AND r.doc_id NOT IN (SELECT doc_id FROM outbox WHERE kind = 'doc.snapshot')
  GROUP BY r.doc_id HAVING count(*) >= $2 OR sum(length(r.envelope)) >= $3`

/** The epoch stands at a fixed place of an envelope's header (W4). */
const epochOf = (envelope: string): string =>
  `('x' || encode(substring(${envelope} FROM 3 FOR 4), 'hex'))::bit(32)::integer`

/** SQL that says of a document `d` whether its snapshot, or without one anything of it, is of an ended epoch. */
const isStaleSql = `
  CASE WHEN EXISTS (SELECT 1 FROM doc_bases b WHERE b.doc_id = d.doc_id)
  THEN EXISTS (SELECT 1 FROM doc_bases b JOIN shape_rows_doc_snapshots s ON s.vault_id = $1
    AND s.doc_id = b.doc_id AND s.number = b.number
    WHERE b.doc_id = d.doc_id AND ${epochOf('s.envelope')} < $2)
  ELSE EXISTS (SELECT 1 FROM shape_rows_doc_updates r WHERE r.vault_id = $1
    AND r.doc_id = d.doc_id AND ${epochOf('r.envelope')} < $2) END`

/** Each device has an order of its own, so that they share the work and seldom make the same one at once. */
const staleDocsSql = `
  SELECT d.doc_id AS doc FROM documents d WHERE ${isStaleSql}
    AND d.doc_id NOT IN (SELECT doc_id FROM pending_envelopes WHERE kind = 'doc.snapshot')
    AND d.doc_id NOT IN (SELECT doc_id FROM outbox WHERE kind = 'doc.snapshot')
  ORDER BY md5($3 || d.doc_id::text)`

const waitingSql = `
  SELECT (SELECT count(*) FROM pending_envelopes WHERE kind = 'doc.snapshot')
    + (SELECT count(*) FROM outbox WHERE kind = 'doc.snapshot') AS waiting`

/** After a new epoch so many snapshots wait at once; the next ones follow when they have come back. */
const staleAtOnce = 4

export function createCompaction({ crypto, vault, after = usually }: Deps): Compaction {
  /** Envelopes between the base and the covers, and their bytes. */
  async function tailOf(reader: Reader, doc: DocId, { base, covers }: Plan): Promise<CompactAfter> {
    const tail = { envelopes: 0, bytes: 0 }
    for (const { device, docSeq } of covers) {
      const [row] = await reader.query<{ count: number; bytes: number }>(
        `SELECT count(*)::integer AS count, coalesce(sum(length(envelope)), 0)::integer AS bytes
         FROM shape_rows_doc_updates WHERE vault_id = $1 AND doc_id = $2 AND device_id = $3
           AND doc_seq > $4 AND doc_seq <= $5`,
        [vault.view().vault, doc, device, base.covers.get(device)?.docSeq ?? 0, docSeq],
      )
      tail.envelopes += row!.count
      tail.bytes += row!.bytes
    }
    return tail
  }

  /** What a snapshot would stand on and cover, if the document is worth one. */
  async function plan(tx: StoreTx, doc: DocId): Promise<Plan | undefined> {
    const unchecked = await readUnchecked(tx, vault.view().vault)
    // One that came first is looked at first.
    if (unchecked.some((row) => row.doc_id === doc)) return undefined
    if (await isNewer(tx, doc)) return undefined
    const base = await readBase(tx, doc)
    const ends = await tx.query<ChainEnd>(chainEndsSql, [vault.view().vault, doc])
    const planned = { base, covers: ends.flatMap(coverOf) }
    if (planned.covers.length === 0) return undefined
    const { envelopes, bytes } = await tailOf(tx, doc, planned)
    const isLong = envelopes >= after.envelopes || bytes >= after.bytes
    return isLong || (await isStale(tx, doc)) ? planned : undefined
  }

  const epochNow = (): number => currentEpoch(vault.view()).number

  async function isStale(reader: Reader, doc: DocId): Promise<boolean> {
    const [row] = await reader.query<{ stale: boolean }>(
      `SELECT ${isStaleSql} AS stale FROM documents d WHERE d.doc_id = $3`,
      [vault.view().vault, epochNow(), doc],
    )
    return row?.stale ?? false
  }

  async function queueWish(tx: StoreTx, doc: DocId): Promise<void> {
    await tx.query(
      "INSERT INTO pending_envelopes (op_id, kind, doc_id) VALUES ($1, 'doc.snapshot', $2)",
      [stampUuid<OpId>(crypto.random(16), 4), doc],
    )
  }

  /** Queues the next few documents of ended epochs that can be made now. */
  async function wishStale(tx: StoreTx): Promise<boolean> {
    if (epochNow() === 1) return false
    const [queue] = await tx.query<{ waiting: number }>(waitingSql)
    let room = staleAtOnce - queue!.waiting
    if (room <= 0) return false
    const place = [vault.view().vault, epochNow(), vault.device] as const
    const before = room
    for (const { doc } of await tx.query<{ doc: DocId }>(staleDocsSql, place)) {
      const planned = await plan(tx, doc)
      // One that waits for its envelopes must not hold up the others.
      if (!planned || !(await rebuild({ crypto, vault }, tx, { doc, ...planned }))) continue
      await queueWish(tx, doc)
      room -= 1
      if (room === 0) break
    }
    return room < before
  }

  return {
    async wish(tx) {
      const rows = await tx.query<{ doc: DocId }>(candidatesSql, [
        vault.view().vault,
        after.envelopes,
        after.bytes,
      ])
      let wished = false
      for (const { doc } of rows) {
        if (!(await plan(tx, doc))) continue
        await queueWish(tx, doc)
        wished = true
      }
      return (await wishStale(tx)) || wished
    },

    async draft(tx, doc) {
      const planned = await plan(tx, doc)
      const rebuilt = planned && (await rebuild({ crypto, vault }, tx, { doc, ...planned }))
      if (!rebuilt) return undefined
      const [facts] = await tx.query<{ name: string; last: number | null }>(
        `SELECT name, (SELECT max(number) FROM shape_rows_doc_snapshots s
           WHERE s.vault_id = $1 AND s.doc_id = d.doc_id) AS last
         FROM documents d WHERE doc_id = $2`,
        [vault.view().vault, doc],
      )
      const { base, covers } = planned
      return {
        name: facts!.name,
        number: Math.max(facts!.last ?? 0, base.number) + 1,
        parent: base.hash,
        covers,
        stateHash: stateHash(crypto, rebuilt.doc),
        state: Y.encodeStateAsUpdate(rebuilt.doc),
      }
    },
  }
}

interface Plan {
  readonly base: Base
  readonly covers: readonly Cover[]
}
