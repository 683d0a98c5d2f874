/** Grants and their pages, sealed and opened (W45). */
import {
  decodeGrant,
  domains,
  encode,
  encodeGrant,
  grantSigningBytes,
  pad,
  pageHeader,
  sameBytes,
  unpad,
  type GrantId,
  type GrantTerms,
} from '@selene/shapes'
import { open, seal } from './committing-aead.ts'
import type { PublicShare } from './fingerprint.ts'
import type { Primitives } from './primitives.ts'
import type { ShareKeys } from './share.ts'

/** Keys of both sides: of whoever gives and of whoever reads, each by its own secret and the other's public keys. */
export interface SharePair {
  readonly own: ShareKeys
  readonly peer: PublicShare
}

/** What the two agree on; the rest follows from who they are. */
export type Granting = Omit<GrantTerms, 'from' | 'to'>

/** Signed by the owner, then sealed to the reader. */
export function sealGrant(
  crypto: Primitives,
  granting: Granting,
  { own, peer }: SharePair,
): Uint8Array {
  const terms = { ...granting, from: own.sign.publicKey, to: peer.boxKey }
  const signature = crypto.sign(grantSigningBytes(terms, crypto), own.sign.secretKey)
  return crypto.boxSeal(encodeGrant(terms, signature), peer.boxKey)
}

/** `undefined` unless the contact signed it, under this id, for exactly this reader. */
export function openGrant(
  crypto: Primitives,
  sealed: Uint8Array,
  { id, own, peer }: SharePair & { readonly id: GrantId },
): GrantTerms | undefined {
  const opened = crypto.boxOpen(sealed, own.box)
  const decoded = opened && decodeGrant(opened)
  if (!decoded?.ok) return undefined
  const { granted, signature } = decoded.value
  const isForHere =
    granted.id === id &&
    sameBytes(granted.from, peer.signKey) &&
    sameBytes(granted.to, own.box.publicKey) &&
    crypto.verify(signature, grantSigningBytes(granted, crypto), peer.signKey)
  return isForHere ? granted : undefined
}

/** Which page of which grant, and the key of the grant. */
export interface PagePlace {
  readonly id: GrantId
  readonly revision: number
  readonly key: Uint8Array
}

const contextOf = ({ id, revision, key }: PagePlace) => ({
  key,
  domain: domains.grantPage,
  header: encode(pageHeader, { version: 1, grant: id, revision }),
})

export const sealPage = (crypto: Primitives, place: PagePlace, content: Uint8Array): Uint8Array =>
  seal(crypto, contextOf(place), pad(content))

/** `undefined` for another key, another place, or damage. */
export function openPage(
  crypto: Primitives,
  place: PagePlace,
  sealed: Uint8Array,
): Uint8Array | undefined {
  const opened = open(crypto, contextOf(place), sealed)
  return opened.ok ? unpad(opened.plain) : undefined
}
