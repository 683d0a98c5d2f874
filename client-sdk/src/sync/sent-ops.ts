/**
 * Operations of this device that have an outcome, kept as they were sent: for a server that loses what it had
 * stored (W37), and for content that a cut voids (W14).
 */
import { writeMeta } from '../store/meta.ts'
import type { Reader, StoreTx } from '../store/store.ts'

/** The highest device_seq whose outcome is stored. */
export const ackedKey = 'acked-device-seq'
/** The number of this device's last envelope that the server has stored: what a cut says of it (W13). */
export const lastEnvelopeKey = 'last-envelope-seq'
/** Up to which device_seq what a cut has voided was put back. */
export const resealedKey = 'resealed-device-seq'

/**
 * SQL that says of a chained row `s` of `sent_ops` whether its envelope was stored by the server: its hash is the head
 * of the chain, or what was sent after it stands on it. `doc_prev` stands at a fixed place of the header (W4).
 */
export const wasStoredSql = `(EXISTS (SELECT 1 FROM own_heads h
    WHERE h.doc_id = s.doc_id AND h.hash = s.envelope_hash)
  OR EXISTS (SELECT 1 FROM sent_ops n WHERE n.doc_id = s.doc_id AND n.doc_seq = s.doc_seq + 1
    AND substring(n.body FROM 67 FOR 32) = s.envelope_hash))`

interface Sent {
  readonly device_seq: number
  readonly op_id: string
  readonly kind: string
  readonly body: Uint8Array
  readonly doc_id: string | null
  readonly doc_seq: number | null
  readonly envelope_hash: Uint8Array | null
}

export async function keepSent(tx: StoreTx, row: Sent): Promise<void> {
  await tx.query(
    'INSERT INTO sent_ops VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING',
    [row.device_seq, row.op_id, row.kind, row.body, row.doc_id, row.doc_seq, row.envelope_hash],
  )
}

/** The number of the last kept envelope before another that the server had stored. */
async function lastStored(reader: Reader, before: number): Promise<number | undefined> {
  const [row] = await reader.query<{ last: number | null }>(
    `SELECT max(s.device_seq) AS last FROM sent_ops s WHERE s.device_seq < $1
       AND s.doc_id IS NOT NULL AND (s.kind = 'doc.snapshot' OR ${wasStoredSql})`,
    [before],
  )
  return row?.last ?? undefined
}

/**
 * Puts the operations from a number on back into the queue, before everything that waits, as they were sent.
 * @returns false when one of them is not kept any more; then nothing has changed.
 */
export async function queueAgain(tx: StoreTx, from: number, before: number): Promise<boolean> {
  const [kept] = await tx.query<{ count: number }>(
    `SELECT count(*)::integer AS count FROM sent_ops WHERE device_seq >= $1 AND device_seq < $2`,
    [from, before],
  )
  if (kept!.count !== before - from) return false
  await tx.query(
    `INSERT INTO outbox SELECT device_seq, op_id, kind, body, doc_id, doc_seq, envelope_hash,
       CASE WHEN doc_id IS NOT NULL THEN 0 END, CASE WHEN doc_id IS NOT NULL THEN ''::bytea END, '[]', true
     FROM sent_ops WHERE device_seq >= $1 AND device_seq < $2`,
    [from, before],
  )
  await writeMeta(tx, ackedKey, from - 1)
  await writeMeta(tx, lastEnvelopeKey, (await lastStored(tx, from)) ?? from - 1)
  return true
}
