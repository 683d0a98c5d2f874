/** Bodies of `POST /v1/ops`, the one door of the data lane. */
import * as v from 'valibot'
import { limits } from '../limits.ts'
import { isProblemCode, type ProblemCode } from '../problem.ts'
import { base64url, sequence, uuidText } from './text.ts'

export const opsRequest = v.strictObject({
  /** Highest `device_seq` whose outcome the device has stored; the ledger may forget up to there (W39). */
  acked: sequence(),
  ops: v.pipe(
    v.array(
      v.strictObject({
        op_id: uuidText(),
        /** Checked against the closed list per operation, so that one unknown kind does not stop a batch. */
        kind: v.pipe(v.string(), v.maxLength(40)),
        device_seq: v.pipe(sequence(), v.minValue(1)),
        body: base64url(1, limits.opsRequestBytes),
      }),
    ),
    v.minLength(1),
    v.maxLength(limits.opsPerRequest),
  ),
})
export type OpsRequest = v.InferOutput<typeof opsRequest>

const problemCode = v.custom<ProblemCode>(isProblemCode)

/** A replay is answered with the stored outcome and `replayed` beside it. */
export const opOutcome = v.object({
  op_id: uuidText(),
  device_seq: sequence(),
  outcome: v.picklist(['applied', 'rejected', 'duplicate']),
  code: v.optional(problemCode),
  replayed: v.optional(v.literal(true)),
})
export type OpOutcome = v.InferOutput<typeof opOutcome>

export const opsAnswer = v.object({
  /** Postgres transaction id of this batch. */
  txid: v.string(),
  outcomes: v.array(opOutcome),
  /** The number that the server expects next; after a gap it is lower than what was sent. */
  next_device_seq: sequence(),
  /** Why the batch ended before its last operation: `outbox/gap` when a number is missing. */
  stopped: v.optional(problemCode),
})
export type OpsAnswer = v.InferOutput<typeof opsAnswer>
