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
  uuidToBytes,
  type AlertId,
  type Fix,
  type OpId,
  type ResponseMessage,
  type SlotDetails,
  type SosKind,
  type SosOp,
} from '@selene/shapes'
import { plainLine } from '../core/plain-text.ts'
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
 * What the sender sealed for this place, its note as one plain line; `undefined` unless it opens, is the
 * sender's own, and was made for this recipient, alert and operation.
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
  if (!isForHere) return undefined
  return { kind, details: { ...details.value, note: plainLine(details.value.note) } }
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

/** What somebody says about an alert. */
type Answer = Pick<ResponseMessage, 'state' | 'name' | 'note'>

/** An alert, and what one of its contacts has in common with its owner. */
interface Common {
  readonly alert: AlertId
  readonly authKey: Uint8Array
}

/**
 * The pair to which a contact seals an answer (W55). Both sides derive it from the key they have in
 * common, so that nobody who only hands the alert on can put a key of their own in its place.
 */
const answerPair = (crypto: Primitives, { alert, authKey }: Common): KeyPair =>
  crypto.boxPair(crypto.keyedHash(authKey, [domains.sosAnswer, uuidToBytes(alert)], 32))

const answerAuth = (
  crypto: Primitives,
  { alert, authKey }: Common,
  { state, name, note }: Answer,
): Uint8Array => {
  const claim = { domain: domains.sosAnswer, alert, state, name, note }
  return authOf(crypto, authKey, encode(responseClaim, claim))
}

function openAnswer(
  crypto: Primitives,
  pair: KeyPair,
  sealed: Uint8Array,
): ResponseMessage | undefined {
  const padded = crypto.boxOpen(sealed, pair)
  const plain = padded && unpad(padded)
  const message = plain && decode(responseMessage, plain)
  return message?.ok ? message.value : undefined
}

const plainAnswer = ({ state, name, note }: Answer): Answer => ({
  state,
  name: plainLine(name),
  note: plainLine(note),
})

/** A passer-by's answer, sealed to the alert's reply key. */
export const sealResponse = (
  crypto: Primitives,
  replyKey: Uint8Array,
  answer: Answer,
): Uint8Array =>
  crypto.boxSeal(pad(encode(responseMessage, { ...answer, auth: undefined })), replyKey)

/** A contact's answer: the owner alone can read it, and knows whose it is. */
export function sealContactResponse(crypto: Primitives, to: Common, answer: Answer): Uint8Array {
  const auth = answerAuth(crypto, to, answer)
  const plain = pad(encode(responseMessage, { ...answer, auth }))
  return crypto.boxSeal(plain, answerPair(crypto, to).publicKey)
}

/** What was sealed to this alert's reply key, by whomever, name and note as plain lines. */
export function openResponse(
  crypto: Primitives,
  replyKeys: KeyPair,
  sealed: Uint8Array,
): Answer | undefined {
  const message = openAnswer(crypto, replyKeys, sealed)
  return message && plainAnswer(message)
}

/** The contact's own answer to this alert; `undefined` for everything else. */
export function openContactResponse(
  crypto: Primitives,
  from: Common,
  sealed: Uint8Array,
): Answer | undefined {
  const message = openAnswer(crypto, answerPair(crypto, from), sealed)
  if (!message?.auth) return undefined
  const isOwn = crypto.sameSecret(answerAuth(crypto, from, message), message.auth)
  return isOwn ? plainAnswer(message) : undefined
}

/** The operation as it is sent. @throws TypeError for what its kind does not allow. */
export function signSosOp(crypto: Primitives, op: SosOp, sosKey: KeyPair): Uint8Array {
  const unsigned = encodeSosOp(op)
  const message = sosSigningBytes(sosOpHash(unsigned, crypto))
  return concat(unsigned, crypto.sign(message, sosKey.secretKey))
}
