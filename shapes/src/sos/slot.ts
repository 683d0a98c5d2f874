/** What an SOS operation carries for people: a contact's slot (W51), the responders' part, and their answers. */
import {
  choice,
  fixed,
  i32,
  id,
  optional,
  prefixed,
  struct,
  text,
  u16,
  u32,
  u64,
  u8,
  type Valued,
} from '../bytes/codec.ts'
import { domains } from '../domain.ts'
import type { AlertId, OpId } from '../id.ts'
import { limits } from '../limits.ts'
import { alertKind, slotBytes, sosKind } from './op.ts'

/** WGS 84 in units of 10⁻⁷ degree. */
export const fix = struct({ latitude: i32, longitude: i32, accuracyMetres: u32, at: u64 })
export type Fix = Valued<typeof fix>

export const slotDetails = struct({
  kind: alertKind,
  /** When the alert was raised, milliseconds since 1970 by her device. */
  raisedAt: u64,
  position: optional(fix),
  note: text(u16, limits.noteBytes),
  /** Why it ended; `open` while it goes on. */
  ending: choice({ open: 0, cancelled: 1, safe: 2, 'false-alarm': 3 }),
})
export type SlotDetails = Valued<typeof slotDetails>

/** Names both sides and the alert, so that a slot cannot be passed on or moved to another alert. */
export const slotInner = struct({
  domain: fixed(domains.sosSlot.length),
  alert: id<AlertId>(),
  op: id<OpId>(),
  kind: sosKind,
  /** X25519 share keys. */
  from: fixed(32),
  to: fixed(32),
  details: prefixed(u16, 860),
})

/** `crypto_box_seal` adds 48 bytes to the padded `inner ‖ H(k_sos; inner)`. */
export const slotPlainBytes = slotBytes - 48

/** What a released responder reads, sealed under the key that the server held. */
export const responderDetails = struct({ position: optional(fix) })
/** Associated data of the responder part. */
export const responderHeader = struct({ alert: id<AlertId>(), op: id<OpId>() })

/** What a recipient does about an alert. */
export const responseStates = { accept: 1, 'on-my-way': 2, arrived: 3, cannot: 4 } as const
export type ResponseState = keyof typeof responseStates

/** What a contact authenticates of an answer, under the key that both share. */
export const responseClaim = struct({
  domain: fixed(domains.sosAnswer.length),
  alert: id<AlertId>(),
  state: choice(responseStates),
  name: text(u8, limits.nameBytes),
  note: text(u16, limits.noteBytes),
})
/** An answer, padded and `crypto_box_seal`ed to the alert's reply key. */
export const responseMessage = struct({
  state: choice(responseStates),
  name: text(u8, limits.nameBytes),
  note: text(u16, limits.noteBytes),
  /** H(k_sos; {@link responseClaim}) by a contact; a passer-by has no such key. */
  auth: optional(fixed(32)),
})
export type ResponseMessage = Valued<typeof responseMessage>

export const sosGrammar = {
  slotDetails: slotDetails.grammar,
  slotInner: slotInner.grammar,
  responderDetails: responderDetails.grammar,
  responderHeader: responderHeader.grammar,
  responseClaim: responseClaim.grammar,
  responseMessage: responseMessage.grammar,
}
