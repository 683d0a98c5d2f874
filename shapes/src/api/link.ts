/** The linking mailbox: two devices of one person meet under a rendezvous only they know (W19). */
import * as v from 'valibot'
import {
  decode,
  encode,
  fixed,
  id,
  prefixed,
  struct,
  u32,
  type Decoded,
  type Valued,
} from '../bytes/codec.ts'
import { base64urlToBytes, bytesToBase64url } from '../bytes/text.ts'
import { concat, utf8 } from '../bytes/concat.ts'
import type { WireCrypto } from '../crypto.ts'
import { domains } from '../domain.ts'
import { stampUuid, type LinkId, type VaultId } from '../id.ts'
import { limits } from '../limits.ts'
import { base64url, uuidText } from './text.ts'

/** `POST /v1/links` */
export const openLinkRequest = v.strictObject({ id: uuidText(), token: base64url(32) })
/** `PUT /v1/links/:id/messages/:number` */
export const linkMessageRequest = v.strictObject({ message: base64url(1, limits.linkMessageBytes) })
export const linkMessageAnswer = v.object({ message: base64url(1, limits.linkMessageBytes) })

/** What the new device shows as a QR code, and the other device scans. */
export const linkCode = struct({
  rendezvous: id<LinkId>(),
  secret: fixed(32),
  signKey: fixed(32),
  boxKey: fixed(32),
  sosKey: fixed(32),
})
export type LinkCode = Valued<typeof linkCode>

const scheme = 'selene-link:'
export const linkCodeToText = (code: LinkCode): string =>
  scheme + bytesToBase64url(encode(linkCode, code))
export function linkCodeFromText(text: string): Decoded<LinkCode> {
  const bytes = text.startsWith(scheme) ? base64urlToBytes(text.slice(scheme.length)) : undefined
  return bytes ? decode(linkCode, bytes) : { ok: false, code: 'wire/malformed' }
}

/** First message, from the member: the entry that would add the new device, for it to check and sign. */
export const linkOffer = struct({
  vault: id<VaultId>(),
  genesisHash: fixed(32),
  headSeq: u32,
  headHash: fixed(32),
  unsignedEntry: prefixed(u32, limits.linkMessageBytes),
})
/** Second message, from the new device: signatures of the keys it showed. */
export const linkConsent = struct({ signature: fixed(64), sosSignature: fixed(64) })
/** Third message, from the member: the entry stands in the log at this place. */
export const linkDone = struct({ entrySeq: u32 })

/*
 * Linking without a camera (W20). The new device shows a word of eight signs, by which the two find the
 * mailbox; it is typed, so it may be guessed, and authenticates nothing. Six digits do, which both show:
 * neither side, nor whoever stands between, can choose them, since the new device commits to its keys
 * before it sees the other's, and the other answers before it sees them.
 */

/** Without signs that are mistaken for one another. */
const wordSigns = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const wordLength = 8

/** @param random 16 bytes or more; a sign uses two, so that none comes noticeably more often. */
export function linkWord(random: Uint8Array): string {
  const at = (i: number): number => (random[2 * i]! * 256 + random[2 * i + 1]!) % wordSigns.length
  return Array.from({ length: wordLength }, (_, i) => wordSigns[at(i)]).join('')
}

/** A word as it was typed; `undefined` for anything else. */
export function readLinkWord(typed: string): string | undefined {
  const word = typed.toUpperCase().replaceAll(/[\s-]/g, '')
  const known =
    word.length === wordLength && Array.from(word).every((sign) => wordSigns.includes(sign))
  return known ? word : undefined
}

/** What a link by word is called and opened by. */
export function linkNumbered(
  word: string,
  crypto: WireCrypto,
): { link: LinkId; secret: Uint8Array } {
  const place = (which: number) => [domains.linkWord, Uint8Array.of(which), utf8(word)]
  return {
    link: stampUuid<LinkId>(crypto.hash(place(0), 16), 4),
    secret: crypto.hash(place(1)),
  }
}

/** First message, from the new device: `H("link-commit/v1" ‖ reveal)`. */
export const linkCommitHash = (reveal: Uint8Array, crypto: WireCrypto): Uint8Array =>
  crypto.hash([domains.linkCommit, reveal])

/** Second message, from the member: what its offer will be bound to. */
export const linkReply = struct({
  onceKey: fixed(32),
  nonce: fixed(32),
  vault: id<VaultId>(),
  headSeq: u32,
  headHash: fixed(32),
})

/** Third message, from the new device. */
export const linkReveal = struct({
  signKey: fixed(32),
  boxKey: fixed(32),
  sosKey: fixed(32),
  nonce: fixed(32),
})

/** The six digits that people compare: of the three messages, as they were sent and received. */
export function linkDigits(transcript: readonly Uint8Array[], crypto: WireCrypto): string {
  const hash = crypto.hash([domains.linkSas, concat(...transcript)])
  const number = new DataView(hash.buffer, hash.byteOffset).getBigUint64(0) % 1_000_000n
  return String(number).padStart(6, '0')
}
