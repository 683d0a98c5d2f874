/** Envelopes that continue their author's chain in a document: updates, heads, voids (W21, W36). */
import { sameBytes, type DocId } from '@selene/shapes'
import {
  checkEnvelope,
  type EnvelopeOp,
  type OpContext,
  type Rejection,
} from './checked-envelope.ts'

/** Stores the envelope, or says why it can't be. Writes nothing when it rejects. */
export async function applyChained(context: OpContext, op: EnvelopeOp): Promise<Rejection> {
  const { tx, holder } = context
  const checked = checkEnvelope(context, op)
  if (!checked.ok) return checked.code
  const { header, hash } = checked
  const head = await chainHead(context, header.doc)
  if (header.docSeq !== head.docSeq + 1 || !sameBytes(header.docPrev, head.hash)) return 'doc/chain'
  await tx.query(
    `INSERT INTO doc_updates
      (vault_id, doc_id, device_id, doc_seq, envelope, device_seq, epoch, envelope_hash)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      holder.vault,
      header.doc,
      holder.device,
      header.docSeq,
      op.body,
      op.deviceSeq,
      header.epoch,
      hash,
    ],
  )
  return undefined
}

const noHash = new Uint8Array(32)

/** The last envelope of the device's chain: stored, or covered and gone. */
async function chainHead({ tx, holder }: OpContext, doc: DocId) {
  const { vault, device } = holder
  const [row] = await tx.query<{ doc_seq: number; envelope_hash: Uint8Array }>(
    `SELECT doc_seq, envelope_hash FROM (
       (SELECT doc_seq, envelope_hash FROM doc_updates
         WHERE vault_id = $1 AND doc_id = $2 AND device_id = $3 ORDER BY doc_seq DESC LIMIT 1)
       UNION ALL
       (SELECT doc_seq, envelope_hash FROM doc_covers
         WHERE vault_id = $1 AND doc_id = $2 AND device_id = $3 ORDER BY doc_seq DESC LIMIT 1)
     ) AS ends ORDER BY doc_seq DESC LIMIT 1`,
    [vault, doc, device],
  )
  return row ? { docSeq: row.doc_seq, hash: row.envelope_hash } : { docSeq: 0, hash: noHash }
}
