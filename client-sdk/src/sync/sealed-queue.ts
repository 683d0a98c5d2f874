/** Operations of this device whose bytes are fixed, in the store until they have an outcome; one sequence numbers them. */
import { limits, type DocId, type OpId, type OpKind } from '@selene/shapes'
import { deleteMeta, readMeta } from '../store/meta.ts'
import type { Reader, StoreTx } from '../store/store.ts'
import { ackedKey, lastEnvelopeKey, resealedKey } from './sent-ops.ts'

/** An operation whose bytes are fixed. */
export interface SealedOp {
  readonly opId: OpId
  readonly kind: OpKind
  readonly body: Uint8Array
  /** Edits that wait for its outcome. */
  readonly edits: readonly OpId[]
  readonly envelope?: {
    readonly docId: DocId
    readonly docSeq: number
    readonly hash: Uint8Array
    /** When the person acted, milliseconds since 1970. */
    readonly at: number
    readonly content: Uint8Array
  }
}

/** A row of the queue of sealed operations. */
export interface QueuedRow {
  readonly device_seq: number
  readonly op_id: OpId
  readonly kind: OpKind
  readonly body: Uint8Array
  readonly doc_id: DocId | null
  readonly doc_seq: number | null
  readonly envelope_hash: Uint8Array | null
  readonly at: number | null
  readonly content: Uint8Array | null
  readonly edits: readonly OpId[]
  /** Sent once more, after its outcome was lost on the server. */
  readonly again: boolean
}

/** What was queued. */
export const rowToOp = (row: QueuedRow): SealedOp => ({
  opId: row.op_id,
  kind: row.kind,
  body: row.body,
  edits: row.edits,
  ...(row.doc_id && {
    envelope: {
      docId: row.doc_id,
      docSeq: row.doc_seq!,
      hash: row.envelope_hash!,
      at: row.at!,
      content: row.content!,
    },
  }),
})

/** Where the number of the next operation is kept. */
export const nextSeqKey = 'next-device-seq'
export const nextDeviceSeq = async (reader: Reader): Promise<number> =>
  (await readMeta<number>(reader, nextSeqKey)) ?? 1

/** Set once a chain of this device's stands on what the server has lost for good. */
export const brokenKey = 'broken-chain'

/** The caller has taken the number and moves {@link nextSeqKey} on. */
export async function queueSealed(tx: StoreTx, deviceSeq: number, op: SealedOp): Promise<void> {
  const { envelope } = op
  await tx.query(
    `INSERT INTO outbox VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::text::jsonb)`,
    [
      deviceSeq,
      op.opId,
      op.kind,
      op.body,
      envelope?.docId ?? null,
      envelope?.docSeq ?? null,
      envelope?.hash ?? null,
      envelope?.at ?? null,
      envelope?.content ?? null,
      JSON.stringify(op.edits),
    ],
  )
}

/** A larger body goes alone: what waits for one answer should not be much. */
const bodyBytesPerRequest = 700_000

/** What goes in one request. */
export async function readBatch(reader: Reader): Promise<QueuedRow[]> {
  const rows = await reader.query<QueuedRow>(
    `SELECT * FROM outbox ORDER BY device_seq LIMIT ${limits.opsPerRequest}`,
  )
  let bytes = 0
  return rows.filter((row, i) => (bytes += row.body.length) <= bodyBytesPerRequest || i === 0)
}

/**
 * Starts the sequence from one, for a device that has taken on new keys; queued content is to be put back
 * before, by whoever knows what it is.
 */
export async function startSequenceAnew(tx: StoreTx): Promise<void> {
  await tx.script('DELETE FROM outbox; DELETE FROM sent_ops; DELETE FROM own_heads')
  for (const key of [nextSeqKey, ackedKey, lastEnvelopeKey, brokenKey, resealedKey])
    await deleteMeta(tx, key)
}
