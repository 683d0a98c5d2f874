/**
 * The live connection: `GET /v1/live` as a WebSocket with the protocols `selene.v1` and
 * `ticket.<base64url>`. Frames are JSON texts. The client says first where it stopped; the server sends
 * every notice since, then `current`, then each new one. What is not acknowledged is sent again.
 */
import * as v from 'valibot'
import { limits } from '../limits.ts'
import { slotBytes } from '../sos/op.ts'
import { base64url, sequence, uuidText } from './text.ts'

export const liveProtocol = 'selene.v1'
const ticketPrefix = 'ticket.'

/** `POST /v1/tickets` */
export const ticketRequest = v.strictObject({ for: v.literal('live') })
/** Opens one connection within so many seconds. */
export const ticketAnswer = v.object({ ticket: base64url(32), seconds: sequence() })

export const liveProtocols = (ticket: string): string[] => [liveProtocol, ticketPrefix + ticket]
/** The ticket among the protocols that a client offers. */
export const ticketOf = (protocols: readonly string[]): string | undefined =>
  protocols.find((protocol) => protocol.startsWith(ticketPrefix))?.slice(ticketPrefix.length)

export const clientFrame = v.variant('type', [
  /** First frame: the last notice that this device has stored, 0 for none. */
  v.strictObject({ type: v.literal('hello'), last_id: sequence() }),
  /** The notice is stored here. */
  v.strictObject({ type: v.literal('ack'), id: sequence() }),
  v.strictObject({ type: v.literal('ping') }),
])
export type ClientFrame = v.InferOutput<typeof clientFrame>

export const alertEvents = ['raised', 'updated', 'cancelled', 'resolved', 'expired'] as const
export type AlertEvent = (typeof alertEvents)[number]

const alertNotice = v.object({
  type: v.literal('notice'),
  id: sequence(),
  kind: v.literal('alert'),
  event: v.picklist(alertEvents),
  alert: uuidText(),
  /** The operation behind it; absent when the server ended the alert itself. */
  op: v.optional(uuidText()),
  alert_kind: v.picklist(['sos', 'medical', 'test']),
  role: v.picklist(['contact', 'nearby']),
  /** The link to the person, for a contact. */
  contact: v.optional(uuidText()),
  /** For a contact, unless it was erased when the alert ended; two slots, one behind the other, for old keys and new. */
  slot: v.optional(base64url(slotBytes, slotBytes * limits.sosSlotsOfContact)),
  reply_key: base64url(32),
  raised_at: sequence(),
  received_at: sequence(),
})
/** Somebody answered an alert of this account, or has it now; its operation, sent again, tells more. */
const standingNotice = v.object({
  type: v.literal('notice'),
  id: sequence(),
  kind: v.literal('standing'),
  alert: uuidText(),
})

export const notice = v.variant('kind', [alertNotice, standingNotice])
export type Notice = v.InferOutput<typeof notice>
export type AlertNotice = v.InferOutput<typeof alertNotice>

/** Frames of the server that are no notice. */
const serverSignal = v.variant('type', [
  /** Everything that waited has been sent. */
  v.object({ type: v.literal('current') }),
  v.object({ type: v.literal('pong') }),
  /** The server ends the connection; a new one is welcome after so many seconds. */
  v.object({ type: v.literal('bye'), retry_after: sequence() }),
])
export const serverFrame = v.union([notice, serverSignal])
export type ServerFrame = v.InferOutput<typeof serverFrame>
