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
import type { LinkId, VaultId } from '../id.ts'
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
