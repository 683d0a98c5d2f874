/**
 * Snapshots on this device (W24–W26). They are rebuilt and compared before anything relies on
 * them, and their content is taken only where what they cover is gone from the server.
 */
import {
  encode,
  sameBytes,
  snapshotVerdict,
  stampUuid,
  type DocId,
  type OpId,
  type OpKind,
  type VaultId,
} from '@selene/shapes'
import * as Y from 'yjs'
import type { Primitives } from '../crypto/primitives.ts'
import type { Reader, StoreTx } from '../store/store.ts'
import type { LocalVault } from '../vault/vault.ts'
import type { Documents } from './documents.ts'
import { readBase, rebuild } from './rebuild.ts'
import { snapshotStep, type Snapshot, type SnapshotRow } from './snapshot-step.ts'
import { documentOf, stateHash } from './state-hash.ts'

export interface Snapshots {
  /** Rebuilds and compares the snapshots that can be, and queues verdicts on those of others. */
  check(tx: StoreTx): Promise<void>
  /** Whether a snapshot covers what the copy of updates does not have. */
  hasGaps(reader: Reader): Promise<boolean>
  /** Takes from snapshots what is gone from the server: only when the copy of updates is up to date. */
  fillGaps(tx: StoreTx): Promise<boolean>
}

interface Deps {
  readonly crypto: Primitives
  readonly vault: LocalVault
  readonly documents: Documents
  readonly enqueue: (
    tx: StoreTx,
    op: { opId: OpId; kind: OpKind; body: Uint8Array },
  ) => Promise<void>
}

/** Found `ok` = rebuilt and compared; `taken` = on its author's word. */
async function keepCheck(
  tx: StoreTx,
  { doc, number, device, hash }: Pick<Snapshot, 'doc' | 'number' | 'device' | 'hash'>,
  found: string,
): Promise<void> {
  await tx.query(
    `INSERT INTO snapshot_checks VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (doc_id, number) DO UPDATE SET found = excluded.found`,
    [doc, number, device, hash, found],
  )
}

async function setBase(tx: StoreTx, { doc, number, hash, covers }: Snapshot): Promise<void> {
  await tx.query(
    `INSERT INTO doc_bases VALUES ($1, $2, $3)
     ON CONFLICT (doc_id) DO UPDATE SET number = excluded.number, hash = excluded.hash`,
    [doc, number, hash],
  )
  for (const cover of covers) {
    const place = [doc, cover.device, cover.docSeq, cover.hash] as const
    for (const table of ['doc_covers', 'doc_heads'])
      await tx.query(
        `INSERT INTO ${table} VALUES ($1, $2, $3, $4) ON CONFLICT (doc_id, device_id)
         DO UPDATE SET doc_seq = excluded.doc_seq, hash = excluded.hash
         WHERE excluded.doc_seq > ${table}.doc_seq`,
        place,
      )
    await tx.query(
      'DELETE FROM quarantine WHERE doc_id = $1 AND device_id = $2 AND doc_seq <= $3',
      place.slice(0, 3),
    )
  }
}

/** Snapshots beyond the base that nothing was found of yet, or that a newer app made, in order. */
const uncheckedSql = `
  SELECT s.doc_id, s.number, s.envelope FROM shape_rows_doc_snapshots s
    LEFT JOIN doc_bases b ON b.doc_id = s.doc_id
  WHERE s.vault_id = $1 AND s.number > coalesce(b.number, 0) AND NOT EXISTS (
    SELECT 1 FROM snapshot_checks c WHERE c.doc_id = s.doc_id AND c.number = s.number
      AND c.found <> 'doc/newer-schema')
  ORDER BY s.doc_id, s.number`

/** Snapshots that wait to be rebuilt, or for what they cover. */
export const readUnchecked = (reader: Reader, owner: VaultId): Promise<SnapshotRow[]> =>
  reader.query<SnapshotRow>(uncheckedSql, [owner])

export function createSnapshots(deps: Deps): Snapshots {
  const { crypto, vault, documents, enqueue } = deps

  async function say(
    tx: StoreTx,
    { doc, number, device, hash }: Pick<Snapshot, 'doc' | 'number' | 'device' | 'hash'>,
    verdict: 'ok' | 'bad',
  ): Promise<void> {
    if (device === vault.device && verdict === 'ok') return
    const opId = stampUuid<OpId>(crypto.random(16), 4)
    const body = encode(snapshotVerdict, { doc, number, snapshot: hash, verdict })
    await enqueue(tx, { opId, kind: 'doc.verdict', body })
  }

  async function checkOne(tx: StoreTx, row: SnapshotRow): Promise<void> {
    const step = snapshotStep(deps, row)
    if (step.step === 'wait') return
    if (step.step !== 'good') {
      const place = { doc: row.doc_id, number: row.number, device: step.device, hash: step.hash }
      if (step.step === 'newer') return keepCheck(tx, place, 'doc/newer-schema')
      await keepCheck(tx, place, step.code)
      return say(tx, place, 'bad')
    }
    const { snapshot } = step
    const { doc, covers, content } = snapshot
    const base = await readBase(tx, doc)
    const rebuilt = await rebuild(deps, tx, { doc, base, covers })
    if (!rebuilt) return
    if (sameBytes(stateHash(crypto, rebuilt.doc), content.stateHash)) {
      await keepCheck(tx, snapshot, 'ok')
      await setBase(tx, snapshot)
      return say(tx, snapshot, 'ok')
    }
    // Its author may have counted what a later entry of the log has cut off.
    if (rebuilt.leftOut) return
    await keepCheck(tx, snapshot, 'doc/snapshot-bad')
    await say(tx, snapshot, 'bad')
  }

  /** Whether the next envelope of a covered chain is not in the copy. */
  async function lacksRows(reader: Reader, { doc, covers }: Snapshot): Promise<boolean> {
    const { vault: owner } = vault.view()
    for (const { device, docSeq } of covers) {
      const [row] = await reader.query<{ lacks: boolean }>(
        `SELECT coalesce((SELECT doc_seq FROM doc_heads WHERE doc_id = $2 AND device_id = $3), 0) < $4
           AND NOT EXISTS (SELECT 1 FROM shape_rows_doc_updates r
             WHERE r.vault_id = $1 AND r.doc_id = $2 AND r.device_id = $3 AND r.doc_seq = 1 + coalesce(
               (SELECT doc_seq FROM doc_heads WHERE doc_id = $2 AND device_id = $3), 0)) AS lacks`,
        [owner, doc, device, docSeq],
      )
      if (row!.lacks) return true
    }
    return false
  }

  /** The newest snapshot of each document that is good as far as can be said. */
  async function candidates(reader: Reader): Promise<Snapshot[]> {
    const newest = new Map<DocId, Snapshot>()
    for (const row of await readUnchecked(reader, vault.view().vault)) {
      const step = snapshotStep(deps, row)
      if (step.step === 'good') newest.set(row.doc_id, step.snapshot)
    }
    return [...newest.values()]
  }

  /** Merges a snapshot; what the document holds beyond it becomes an update of this device's own (W26). */
  async function take(tx: StoreTx, snapshot: Snapshot): Promise<void> {
    const { doc: id, content } = snapshot
    const { name, state } = content
    const held = await documents.read(name, tx)
    const said = documentOf([state])
    const more = Y.encodeStateAsUpdate(held, Y.encodeStateVector(said))
    const refused = await documents.merge(tx, { id, name }, [state])
    if (refused.length > 0) return keepCheck(tx, snapshot, 'doc/unreadable')
    Y.applyUpdate(said, more)
    if (!sameBytes(stateHash(crypto, said), content.stateHash))
      await documents.publish(tx, { id, name }, more)
    await keepCheck(tx, snapshot, 'taken')
    await setBase(tx, snapshot)
  }

  return {
    async check(tx) {
      for (const row of await readUnchecked(tx, vault.view().vault)) await checkOne(tx, row)
    },

    async hasGaps(reader) {
      for (const snapshot of await candidates(reader))
        if (await lacksRows(reader, snapshot)) return true
      return false
    },

    async fillGaps(tx) {
      let filled = false
      for (const snapshot of await candidates(tx)) {
        if (!(await lacksRows(tx, snapshot))) continue
        await take(tx, snapshot)
        filled = true
      }
      return filled
    },
  }
}
