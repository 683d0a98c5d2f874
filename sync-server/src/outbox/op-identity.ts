/** The identity of an operation's bytes, by which the ledger tells a replay from equivocation. */
import {
  concat,
  domains,
  isOpKind,
  opHash,
  utf8,
  uuidToBytes,
  type OpId,
  type WireCrypto,
} from '@selene/shapes'

/** An operation as it came, before its kind is looked at. */
export interface IncomingOp {
  readonly op: OpId
  readonly kind: string
  readonly deviceSeq: number
  readonly body: Uint8Array
}

/** Hash of an operation whose kind this server knows; of any other, {@link unknownKindHash}. */
export const identityOf = (op: IncomingOp, crypto: WireCrypto): Uint8Array =>
  isOpKind(op.kind)
    ? opHash({ kind: op.kind, op: op.op, deviceSeq: op.deviceSeq, body: op.body }, crypto)
    : unknownKindHash(op, crypto)

/**
 * Hash of an operation by the name of its kind, behind a zero where known kinds have their number. A
 * replay is compared by the form that was stored, or a kind that is learnt in between would look like
 * other bytes.
 */
export function unknownKindHash(op: IncomingOp, crypto: WireCrypto): Uint8Array {
  const kind = utf8(op.kind)
  const seq = new DataView(new ArrayBuffer(8))
  seq.setBigUint64(0, BigInt(op.deviceSeq))
  const head = concat(new Uint8Array([0, kind.length]), kind, uuidToBytes(op.op))
  return crypto.hash([domains.op, head, new Uint8Array(seq.buffer), op.body])
}
