/** `doc.update`: one sealed update of one document (W36). The server checks all that is not sealed. */
import {
  currentEpoch,
  judgeEnvelope,
  limits,
  parseEnvelope,
  sameBytes,
  type DocId,
  type Envelope,
  type ProblemCode,
  type VaultView,
  type WireCrypto,
} from '@selene/shapes'
import type { Transaction } from '../db/db.ts'
import type { Holder } from './ledger.ts'
import type { IncomingOp } from './op-identity.ts'

/** The code of a rejection, or nothing when it was stored. */
export type Rejection = ProblemCode | undefined

export interface DocUpdateContext {
  readonly tx: Transaction
  readonly view: VaultView
  readonly holder: Holder
}

/** Stores the update, or says why it can't be. Writes nothing when it rejects. */
export async function applyDocUpdate(
  { tx, view, holder }: DocUpdateContext,
  op: IncomingOp,
  crypto: WireCrypto,
): Promise<Rejection> {
  if (op.body.length > limits.updateBytes) return 'doc/too-large'
  const parsed = parseEnvelope(op.body)
  if (!parsed.ok) return parsed.code
  const envelope = parsed.value
  const refused = refuseHeader(envelope, { view, holder, deviceSeq: op.deviceSeq })
  if (refused) return refused
  const judged = judgeEnvelope(view, envelope, crypto)
  if (!judged.ok) return judged.code
  const { header } = envelope
  const head = await chainHead(tx, holder, header.doc)
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
      judged.hash,
    ],
  )
  return undefined
}

/** What the header must say beyond what every device checks: the sender's own, current, and now. */
function refuseHeader(
  { header }: Envelope,
  { view, holder, deviceSeq }: { view: VaultView; holder: Holder; deviceSeq: number },
): Rejection {
  if (header.vault !== holder.vault) return 'vault/foreign'
  const own = header.device === holder.device && header.deviceSeq === deviceSeq
  if (!own || header.kind !== 'update' || header.ext.length > 0) return 'wire/malformed'
  if (!view.members.has(holder.device)) return 'vault/not-member'
  if (header.epoch < currentEpoch(view).number) return 'vault/epoch-stale'
  return undefined
}

const noHash = new Uint8Array(32)

async function chainHead(tx: Transaction, { vault, device }: Holder, doc: DocId) {
  const [row] = await tx.query<{ doc_seq: number; envelope_hash: Uint8Array }>(
    `SELECT doc_seq, envelope_hash FROM doc_updates
      WHERE vault_id = $1 AND doc_id = $2 AND device_id = $3 ORDER BY doc_seq DESC LIMIT 1`,
    [vault, doc, device],
  )
  return row ? { docSeq: row.doc_seq, hash: row.envelope_hash } : { docSeq: 0, hash: noHash }
}
