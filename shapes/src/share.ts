/**
 * The share identity by which people know each other, apart from the members of their vaults (W43), and
 * the invitation that exchanges two of them under a secret that the server never sees (W44).
 */
import { concat } from './bytes/concat.ts'
import {
  choice,
  encode,
  fixed,
  id,
  list,
  literal,
  struct,
  text,
  u32,
  u8,
  type Valued,
} from './bytes/codec.ts'
import { base64urlToBytes, bytesToBase64url } from './bytes/text.ts'
import type { WireCrypto } from './crypto.ts'
import { domains } from './domain.ts'
import { bytesToUuid, type ContactId, type VaultId } from './id.ts'
import { limits } from './limits.ts'

/** An identity as one link knows it: number 1 is the one that was introduced, each later one follows `prev`. */
export const shareStatement = struct({
  version: literal(u8, 1),
  number: u32,
  signKey: fixed(32),
  boxKey: fixed(32),
  /** {@link shareHash} of the statement before; zeros in the first. */
  prev: fixed(32),
})
export type ShareStatement = Valued<typeof shareStatement>

export const shareHash = (statement: ShareStatement, crypto: WireCrypto): Uint8Array =>
  crypto.hash([domains.share, encode(shareStatement, statement)])

export const shareSigningBytes = (statement: ShareStatement, crypto: WireCrypto): Uint8Array =>
  concat(domains.sigShare, shareHash(statement, crypto))

/** A later statement, signed by the identity before it and by its own. */
const shareSuccession = struct({
  statement: shareStatement,
  byPrevious: fixed(64),
  bySelf: fixed(64),
})
export type ShareSuccession = Valued<typeof shareSuccession>

/** The newest statements of an identity in order, for one link; sealed under what the two have in common. */
export const shareRenewal = struct({
  version: literal(u8, 1),
  statements: list(u8, shareSuccession),
})

/** Associated data of a sealed renewal. */
export const renewalHeader = struct({
  version: literal(u8, 1),
  contact: id<ContactId>(),
  from: id<VaultId>(),
})

/** How one side presents itself to the other; sealed under the invitation's secret. */
export const introduction = struct({
  statement: shareStatement,
  signature: fixed(64),
  name: text(u8, limits.nameBytes),
})
export type Introduction = Valued<typeof introduction>

/** Associated data of a sealed introduction: an answer is bound to the offer that it answers. */
export const introductionHeader = struct({
  version: literal(u8, 1),
  side: choice({ offer: 1, answer: 2 }),
  contact: id<ContactId>(),
  from: id<VaultId>(),
  /** Hash of the sealed offer; zeros in the offer itself. */
  offer: fixed(32),
})

/** The server knows an invitation by the hash of its secret. */
export const contactIdOf = (secret: Uint8Array, crypto: WireCrypto): ContactId =>
  bytesToUuid(crypto.hash([domains.inviteId, secret], 16))

export const offerHash = (sealed: Uint8Array, crypto: WireCrypto): Uint8Array =>
  crypto.hash([domains.inviteOffer, sealed])

const fragment = '#invite='
/** The secret stands in the fragment of a link, which browsers keep to themselves. */
export const inviteFragment = (secret: Uint8Array): string => fragment + bytesToBase64url(secret)
/** The secret of an invitation's link, wherever the link leads; `undefined` if it is none. */
export function secretOfInvite(link: string): Uint8Array | undefined {
  const at = link.indexOf(fragment)
  const bytes = at < 0 ? undefined : base64urlToBytes(link.slice(at + fragment.length).trim())
  return bytes?.length === 32 ? bytes : undefined
}
