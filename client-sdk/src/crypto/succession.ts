/**
 * How a contact learns of new keys (W43, W46): every identity after the one that was introduced is signed by the one
 * before it and by itself, and the chain is sealed under what the two had in common from the beginning, so that the
 * server that carries it neither reads nor changes it. Somebody with a device that was removed could still sign a
 * chain of their own: two that part are a conflict, and the keys that were taken first stay.
 */
import {
  decode,
  domains,
  encode,
  limits,
  pad,
  renewalHeader,
  sameBytes,
  shareHash,
  shareRenewal,
  shareSigningBytes,
  unpad,
  type ContactId,
  type ShareStatement,
  type ShareSuccession,
  type VaultId,
} from '@selene/shapes'
import { open, seal, type SealContext } from './committing-aead.ts'
import type { PublicShare } from './fingerprint.ts'
import type { Primitives } from './primitives.ts'
import { publicShare, type ShareKeys } from './share.ts'

/** Whose renewal it is, and for which link. */
export interface RenewalPlace {
  /** What the keys that were introduced have in common. */
  readonly authKey: Uint8Array
  readonly contact: ContactId
  readonly from: VaultId
}

/** Public keys with their place in a chain. */
interface Stated {
  readonly share: PublicShare
  readonly statement: ShareStatement
}

const contextOf = (crypto: Primitives, { authKey, contact, from }: RenewalPlace): SealContext => ({
  key: crypto.keyedHash(authKey, [domains.shareRenewal], 32),
  domain: domains.shareRenewal,
  header: encode(renewalHeader, { version: 1, contact, from }),
})

const stated = (
  crypto: Primitives,
  share: PublicShare,
  before: ShareStatement | undefined,
): ShareStatement => ({
  version: 1,
  number: before ? before.number + 1 : 1,
  signKey: share.signKey,
  boxKey: share.boxKey,
  prev: before ? shareHash(before, crypto) : new Uint8Array(32),
})

function chainOf(crypto: Primitives, shares: readonly PublicShare[]): Stated[] {
  const chain: Stated[] = []
  for (const share of shares)
    chain.push({ share, statement: stated(crypto, share, chain.at(-1)?.statement) })
  return chain
}

/**
 * What tells a contact of every identity after the first, which is the one that they were introduced to; of many the
 * newest sixteen.
 */
export function sealRenewal(
  crypto: Primitives,
  place: RenewalPlace,
  identities: readonly ShareKeys[],
): Uint8Array {
  const chain = chainOf(crypto, identities.map(publicShare))
  const statements = identities.slice(1).map((own, i): ShareSuccession => {
    const { statement } = chain[i + 1]!
    const message = shareSigningBytes(statement, crypto)
    return {
      statement,
      byPrevious: crypto.sign(message, identities[i]!.sign.secretKey),
      bySelf: crypto.sign(message, own.sign.secretKey),
    }
  })
  const newest = statements.slice(-limits.renewalStatements)
  const plain = pad(encode(shareRenewal, { version: 1, statements: newest }))
  return seal(crypto, contextOf(crypto, place), plain)
}

/** Whether each statement follows the one before it, and both keys say so. */
function isChain(
  crypto: Primitives,
  from: ShareStatement,
  successions: readonly ShareSuccession[],
): boolean {
  let before = from
  return successions.every(({ statement, byPrevious, bySelf }) => {
    const message = shareSigningBytes(statement, crypto)
    const follows =
      statement.number === before.number + 1 &&
      sameBytes(statement.prev, shareHash(before, crypto)) &&
      crypto.verify(byPrevious, message, before.signKey) &&
      crypto.verify(bySelf, message, statement.signKey)
    before = statement
    return follows
  })
}

/**
 * The keys of the other side after those that are pinned (`known`, the introduced ones first): none when all are known;
 * `conflict` for a chain that leaves what is pinned, or does not hang together; `undefined` for what does not open.
 */
export function openRenewal(
  crypto: Primitives,
  place: RenewalPlace,
  { sealed, known }: { readonly sealed: Uint8Array; readonly known: readonly PublicShare[] },
): readonly PublicShare[] | 'conflict' | undefined {
  const opened = open(crypto, contextOf(crypto, place), sealed)
  const content = opened.ok ? unpad(opened.plain) : undefined
  const decoded = content && decode(shareRenewal, content)
  if (!decoded?.ok) return undefined
  return laterShares(crypto, decoded.value.statements, known)
}

const sameShare = (a: PublicShare, b: PublicShare): boolean =>
  sameBytes(a.signKey, b.signKey) && sameBytes(a.boxKey, b.boxKey)

function laterShares(
  crypto: Primitives,
  statements: readonly ShareSuccession[],
  known: readonly PublicShare[],
): readonly PublicShare[] | 'conflict' {
  const [first, last] = [statements[0]?.statement, statements.at(-1)?.statement]
  // Two of her devices may have come to the same keys by different ways.
  if (!first || !last || sameShare(last, known.at(-1)!)) return []
  const pinned = chainOf(crypto, known)
  const before = pinned[first.number - 2]?.statement
  if (!before) return 'conflict'
  const isPinned = ({ statement }: ShareSuccession): boolean => statement.number <= pinned.length
  const isKnown = ({ statement }: ShareSuccession): boolean =>
    sameShare(statement, pinned[statement.number - 1]!.share)
  const later = statements.filter((each) => !isPinned(each))
  const agrees = statements.filter(isPinned).every(isKnown)
  // An older renewal again says nothing.
  if (agrees && later.length === 0) return []
  if (!agrees || !isChain(crypto, before, statements)) return 'conflict'
  return later.map(({ statement: { signKey, boxKey } }) => ({ signKey, boxKey }))
}
