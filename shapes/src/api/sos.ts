/** Bodies of the alert routes. Times are milliseconds since 1970. */
import * as v from 'valibot'
import { limits } from '../limits.ts'
import { responseStates, type ResponseState } from '../sos/slot.ts'
import { base64url, sequence, uuidText } from './text.ts'

/** `POST /v1/sos`: authenticated by the operation's own signature, so it needs no session. */
export const sosRequest = v.strictObject({ op: base64url(64, limits.sosOpBytes) })

export const alertState = v.picklist(['armed', 'sent', 'resolved', 'cancelled', 'expired'])
export type AlertState = v.InferOutput<typeof alertState>

const responseState = v.picklist(Object.keys(responseStates) as ResponseState[])
const message = base64url(1, limits.responseMessageBytes)
const response = { state: v.optional(responseState), message: v.optional(message) }

/**
 * How the alert stands now, in answer to any of its operations; sending one again is how a device asks.
 * Of the community only who accepted is said, never how many were told (W61).
 */
export const sosAnswer = v.object({
  alert: uuidText(),
  state: alertState,
  /** When the server first had the alert. */
  received_at: sequence(),
  /** While armed. */
  fires_at: v.optional(sequence()),
  contacts: v.array(v.object({ contact: uuidText(), delivered: v.boolean(), ...response })),
  responders: v.array(v.object({ response: uuidText(), ...response })),
  replayed: v.optional(v.literal(true)),
})
export type SosAnswer = v.InferOutput<typeof sosAnswer>

/** `POST /v1/alerts/:id/responses`, by an account that the alert reached. */
export const responseRequest = v.strictObject({ state: responseState, message })

/** `GET /v1/alerts/:id/responder-box`, after a stored acceptance and when the rules of release hold (W56). */
export const responderBoxAnswer = v.object({
  /** The operation that brought the part. */
  op: uuidText(),
  key: base64url(32),
  part: base64url(1, 1_024),
})
