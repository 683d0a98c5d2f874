/** Puts content that was sealed once back among what waits, before everything newer, to be sealed anew. */
import type { StoreTx } from '../store/store.ts'
import type { SealedOp } from '../sync/outbox.ts'

/** Queues the content of an operation before everything that was written since, under the same id, to be sealed anew. */
export async function putBack(
  tx: StoreTx,
  { opId, kind, edits, envelope }: SealedOp,
): Promise<void> {
  if (!envelope) return
  if (kind !== 'doc.update') {
    await tx.query(
      `INSERT INTO pending_envelopes (op_id, kind, doc_id, content) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING`,
      [opId, kind, envelope.docId, kind === 'doc.void' ? envelope.content : null],
    )
    return
  }
  await tx.query(
    `INSERT INTO pending_edits OVERRIDING SYSTEM VALUE
     SELECT least(min(id), 1) - 1, $1, $2, $3, $4, $5::text::jsonb FROM pending_edits`,
    [opId, envelope.docId, envelope.at, envelope.content, JSON.stringify(edits)],
  )
}
