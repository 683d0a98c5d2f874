/** Puts content that was sealed once back among what waits, before everything newer, to be sealed anew. */
import type { DocId } from '@selene/shapes'
import type { StoreTx } from '../store/store.ts'
import type { SealedOp } from '../sync/sealed-queue.ts'

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
  await putBackEdit(tx, { opId, edits, ...envelope })
}

interface WaitingEdit extends Pick<SealedOp, 'opId' | 'edits'> {
  readonly docId: DocId
  /** Milliseconds since 1970. */
  readonly at: number
  readonly content: Uint8Array
}

/** Queues an edit before everything that was written since, which may build on it. */
export async function putBackEdit(tx: StoreTx, edit: WaitingEdit): Promise<void> {
  const { opId, docId, at, content, edits } = edit
  await tx.query(
    `INSERT INTO pending_edits OVERRIDING SYSTEM VALUE
     SELECT least(min(id), 1) - 1, $1, $2, $3, $4, $5::text::jsonb FROM pending_edits`,
    [opId, docId, at, content, JSON.stringify(edits)],
  )
}
