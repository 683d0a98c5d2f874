/**
 * What an alert carries for people, sealed: a contact's slot (W51), the part that responders may get,
 * and what recipients answer; and the signature over the operation that carries it (W48).
 */
import {
  concat,
  decode,
  domains,
  encode,
  encodeSosOp,
  pad,
  padFixed,
  responderDetails,
  responderHeader,
  responseClaim,
  responseMessage,
  sameBytes,
  slotDetails,
  slotInner,
  slotPlainBytes,
  sosOpHash,
  sosSigningBytes,
  unpad,
  unpadFixed,
  type AlertId,
  type Fix,
  type OpId,
  type ResponseMessage,
  type SlotDetails,
  type SosKind,
  type SosOp,
} from '@selene/shapes'
import { open, seal } from './committing-aead.ts'
import type { KeyPair, Primitives } from './primitives.ts'
import type { TrustedContact } from './share.ts'

/** Which operation of which alert something belongs to. */
export interface SosPlace {
  readonly alert: AlertId
  readonly op: OpId
}

const authBytes = 32
const authOf = (crypto: Primitives, authKey: Uint8Array, inner: Uint8Array): Uint8Array =>
  crypto.keyedHash(authKey, [inner], authBytes)

/** One contact's slot; all have one size, whatever they say. */
export function sealSlot(
  crypto: Primitives,
  contact: Pick<TrustedContact, 'boxKey' | 'ownBoxKey' | 'authKey'>,
  content: SosPlace & { readonly kind: SosKind; readonly details: SlotDetails },
): Uint8Array {
  const inner = encode(slotInner, {
    domain: domains.sosSlot,
    alert: content.alert,
    op: content.op,
    kind: content.kind,
    from: contact.ownBoxKey,
    to: contact.boxKey,
    details: encode(slotDetails, content.details),
  })
  const plain = concat(inner, authOf(crypto, contact.authKey, inner))
  return crypto.boxSeal(padFixed(plain, slotPlainBytes), contact.boxKey)
}

/** The two ends of a link, as the one who receives sees them. */
export interface SlotKeys {
  /** Own X25519 share keys. */
  readonly keys: KeyPair
  /** The sender's X25519 share key. */
  readonly peer: Uint8Array
  readonly authKey: Uint8Array
}

/**
 * What the sender sealed for this place; `undefined` unless it opens, is the sender's own, and was made
 * for this recipient, alert and operation.
 */
export function openSlot(
  crypto: Primitives,
  link: SlotKeys,
  sealed: Uint8Array,
  place: SosPlace,
): { kind: SosKind; details: SlotDetails } | undefined {
  const padded = crypto.boxOpen(sealed, link.keys)
  const plain = padded && unpadFixed(padded, slotPlainBytes)
  if (!plain || plain.length < authBytes) return undefined
  const innerBytes = plain.subarray(0, -authBytes)
  if (!crypto.sameSecret(authOf(crypto, link.authKey, innerBytes), plain.subarray(-authBytes)))
    return undefined
  const inner = decode(slotInner, innerBytes)
  const details = inner.ok ? decode(slotDetails, inner.value.details) : inner
  if (!inner.ok || !details.ok) return undefined
  const { domain, alert, op, kind, from, to } = inner.value
  const isForHere =
    sameBytes(domain, domains.sosSlot) &&
    alert === place.alert &&
    op === place.op &&
    sameBytes(from, link.peer) &&
    sameBytes(to, link.keys.publicKey)
  return isForHere ? { kind, details: details.value } : undefined
}

const partContext = (key: Uint8Array, { alert, op }: SosPlace) => ({
  key,
  domain: domains.responderPart,
  header: encode(responderHeader, { alert, op }),
})

/** The position under a fresh key; the server holds both and gives them out by its rules (W56). */
export function sealResponderPart(crypto: Primitives, place: SosPlace, position: Fix) {
  const key = crypto.random(32)
  const plain = pad(encode(responderDetails, { position }))
  return { key, sealed: seal(crypto, partContext(key, place), plain) }
}

/** `undefined` when the part does not open under the key, or was made for another operation. */
export function openResponderPart(
  crypto: Primitives,
  place: SosPlace,
  part: { readonly key: Uint8Array; readonly sealed: Uint8Array },
): { position: Fix | undefined } | undefined {
  const opened = open(crypto, partContext(part.key, place), part.sealed)
  const plain = opened.ok ? unpad(opened.plain) : undefined
  const details = plain && decode(responderDetails, plain)
  return details?.ok ? details.value : undefined
}

type Answer = Pick<ResponseMessage, 'state' | 'name' | 'note'>

const answerAuth = (
  crypto: Primitives,
  authKey: Uint8Array,
  { alert, state, name, note }: Answer & { readonly alert: AlertId },
): Uint8Array => {
  const claim = { domain: domains.sosAnswer, alert, state, name, note }
  return authOf(crypto, authKey, encode(responseClaim, claim))
}

/** Seals an answer to the alert's reply key; `authKey` is what a contact has in common with the owner. */
export function sealResponse(
  crypto: Primitives,
  to: { readonly alert: AlertId; readonly replyKey: Uint8Array; readonly authKey?: Uint8Array },
  answer: Answer,
): Uint8Array {
  const { alert, replyKey, authKey } = to
  const auth = authKey && answerAuth(crypto, authKey, { ...answer, alert })
  return crypto.boxSeal(pad(encode(responseMessage, { ...answer, auth })), replyKey)
}

/** `undefined` for what was not sealed to this alert's reply key; who sealed it is not known yet. */
export function openResponse(
  crypto: Primitives,
  replyKeys: KeyPair,
  sealed: Uint8Array,
): ResponseMessage | undefined {
  const padded = crypto.boxOpen(sealed, replyKeys)
  const plain = padded && unpad(padded)
  const message = plain && decode(responseMessage, plain)
  return message?.ok ? message.value : undefined
}

/** Whether the holder of the common key has given this answer to this alert. */
export const isResponseOf = (
  crypto: Primitives,
  from: { readonly alert: AlertId; readonly authKey: Uint8Array },
  message: ResponseMessage,
): boolean =>
  message.auth !== undefined &&
  crypto.sameSecret(
    answerAuth(crypto, from.authKey, { ...message, alert: from.alert }),
    message.auth,
  )

/** The operation as it is sent. @throws TypeError for what its kind does not allow. */
export function signSosOp(crypto: Primitives, op: SosOp, sosKey: KeyPair): Uint8Array {
  const unsigned = encodeSosOp(op)
  const message = sosSigningBytes(sosOpHash(unsigned, crypto))
  return concat(unsigned, crypto.sign(message, sosKey.secretKey))
}
