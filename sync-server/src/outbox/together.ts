/** Which operations of a batch are settled together: those that continue chains, number after number. */
import { isEnvelopeOp, isOpKind } from '@selene/shapes'
import type { EnvelopeOp } from './checked-envelope.ts'
import type { IncomingOp } from './op-identity.ts'

/** Bodies of more than one, bytes: their statement is held in memory whole, in several forms. */
const mostBytes = 1_048_576

/** Whether an operation's effect is an envelope in its author's chain: an update, heads or a void. */
export const isChained = (op: IncomingOp): op is EnvelopeOp =>
  isOpKind(op.kind) && isEnvelopeOp(op.kind) && op.kind !== 'doc.snapshot'

/** The operation at `start`, and those behind it that can be settled with it. */
export function takeTogether(ops: readonly IncomingOp[], start: number): readonly IncomingOp[] {
  const first = ops[start]!
  let bytes = first.body.length
  const behind = ops.slice(start + 1)
  const end = behind.findIndex((op, i) => {
    bytes += op.body.length
    return !isChained(op) || op.deviceSeq !== first.deviceSeq + i + 1 || bytes > mostBytes
  })
  return isChained(first) ? [first, ...(end < 0 ? behind : behind.slice(0, end))] : [first]
}
