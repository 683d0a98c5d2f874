/**
 * A grant (W45): the key of one page that the owner keeps of her calendar for one reader, signed by her share identity
 * and then sealed to theirs, so that it can be addressed to nobody else. The page is sealed under that key alone.
 */
import { concat } from './bytes/concat.ts'
import {
  decode,
  encode,
  fixed,
  id,
  literal,
  struct,
  u16,
  u32,
  u64,
  u8,
  type Decoded,
  type Valued,
} from './bytes/codec.ts'
import { sameBytes } from './bytes/concat.ts'
import type { WireCrypto } from './crypto.ts'
import { domains } from './domain.ts'
import type { GrantId } from './id.ts'

/** What can be granted; the bits of `scope`. Nothing else of a diary ever leaves by a grant. */
export const grantScopes = {
  periods: 1,
  forecast: 2,
  symptoms: 4,
  fertility: 8,
  notes: 16,
} as const
export type GrantScope = keyof typeof grantScopes

const terms = struct({
  domain: fixed(domains.grant.length),
  id: id<GrantId>(),
  /** The owner's Ed25519 share key. */
  from: fixed(32),
  /** The reader's X25519 share key. */
  to: fixed(32),
  scope: u16,
  /** Milliseconds since 1970. */
  expires: u64,
  key: fixed(32),
})
const signedGrant = struct({ terms, signature: fixed(64) })
export type GrantTerms = Omit<Valued<typeof terms>, 'domain'>

/** Bytes of a grant when it is sealed. */
export const sealedGrantBytes = domains.grant.length + 16 + 32 + 32 + 2 + 8 + 32 + 64 + 48

const encodeTerms = (granted: GrantTerms): Uint8Array =>
  encode(terms, { ...granted, domain: domains.grant })

/** What the owner's share key signs (W2). */
export const grantSigningBytes = (granted: GrantTerms, crypto: WireCrypto): Uint8Array =>
  concat(domains.sigGrant, crypto.hash([encodeTerms(granted)]))

export const encodeGrant = (granted: GrantTerms, signature: Uint8Array): Uint8Array =>
  concat(encodeTerms(granted), signature)

export function decodeGrant(
  bytes: Uint8Array,
): Decoded<{ granted: GrantTerms; signature: Uint8Array }> {
  const decoded = decode(signedGrant, bytes)
  if (!decoded.ok) return decoded
  const { domain, ...granted } = decoded.value.terms
  const all = Object.values(grantScopes).reduce((sum, bit) => sum + bit, 0)
  const isKnown = sameBytes(domain, domains.grant) && granted.scope <= all
  if (!isKnown) return { ok: false, code: 'wire/malformed' }
  return { ok: true, value: { granted, signature: decoded.value.signature } }
}

/** What a page is bound to: its grant, and its place in the order of pages. */
export const pageHeader = struct({
  version: literal(u8, 1),
  grant: id<GrantId>(),
  revision: u32,
})

export const grantGrammar = { grant: signedGrant.grammar, pageHeader: pageHeader.grammar }
