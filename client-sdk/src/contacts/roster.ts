/** The people an alert can be sealed for, and opened from, with the keys for that. */
import { sameBytes, type ContactId } from '@selene/shapes'
import type { SharePair } from '../crypto/grant.ts'
import type { KeyPair, Primitives } from '../crypto/primitives.ts'
import { shareKeys, sosAuthKey, type ShareKeys, type TrustedContact } from '../crypto/share.ts'
import type { SlotKeys } from '../crypto/sos-slot.ts'
import type { Book, Trust } from './book.ts'
import { trustedEntries, type TrustedEntry } from './names.ts'

/** What two people have in common, as one of them holds it. */
export interface SharedKeys {
  /** Keys of both under which the other may have sealed something, the newest first. Takes an agreement for each. */
  keys(): readonly SlotKeys[]
  /** What she calls them. */
  readonly name: string
}

export interface Roster {
  /**
   * The newest link to each person first. Whose keys have changed, on either side, since they were introduced or
   * compared, stands in it again behind all others, with the newest (W46).
   */
  readonly contacts: readonly TrustedContact[]
  readonly shares: ReadonlyMap<ContactId, SharedKeys>
}

/** The key that both compute; `undefined` when the other's is no X25519 public key. */
export function agreedKey(
  crypto: Primitives,
  own: KeyPair,
  peer: Uint8Array,
): Uint8Array | undefined {
  try {
    return sosAuthKey(crypto, own, peer)
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}

interface OwnIdentity extends ShareKeys {
  readonly place: number
}

/** Every share identity of the book, the one for new contacts last (W43). */
export const identitiesOf = (crypto: Primitives, book: Book): OwnIdentity[] =>
  book.identities.map(({ seeds, place }) => ({ ...shareKeys(crypto, seeds), place }))

/** The identity of hers with which a link began, and those that have followed; none when that one is not here. */
export function followersOf(
  identities: readonly OwnIdentity[],
  { ownBoxKey }: Pick<Trust, 'ownBoxKey'>,
): OwnIdentity[] {
  const first = identities.find(({ box }) => sameBytes(box.publicKey, ownBoxKey))
  return first ? [first, ...identities.filter(({ place }) => place > first.place)] : []
}

/** A contact whose keys are pinned. */
export interface PinnedPeer extends SharePair {
  /** What she calls them. */
  readonly name: string
  /** All keys that either of the two may have used, the newest of both, which stand above, first. */
  readonly pairs: readonly SharePair[]
}

/** Keys of both sides of a link, each with those that followed, oldest first; `undefined` when hers are not here. */
function chainsOf(identities: readonly OwnIdentity[], { trust, renewed }: TrustedEntry) {
  const own = followersOf(identities, trust)
  return own.length > 0 ? { own, peer: [trust, ...renewed] } : undefined
}

type Chains = NonNullable<ReturnType<typeof chainsOf>>

const newestOf = ({ own, peer }: Chains): SharePair => ({ own: own.at(-1)!, peer: peer.at(-1)! })

const allPairs = ({ own, peer }: Chains): SharePair[] =>
  own
    .toReversed()
    .flatMap((mine) => peer.toReversed().map((theirs) => ({ own: mine, peer: theirs })))

/** What she has compared, else what both were introduced with. */
function settledPair({ own, peer }: Chains, { confirmed }: TrustedEntry): SharePair {
  const mine = confirmed && own.find(({ box }) => sameBytes(box.publicKey, confirmed.ownBoxKey))
  return confirmed && mine ? { own: mine, peer: confirmed } : { own: own[0]!, peer: peer[0]! }
}

const isSamePair = (a: SharePair, b: SharePair): boolean =>
  sameBytes(a.own.box.publicKey, b.own.box.publicKey) && sameBytes(a.peer.boxKey, b.peer.boxKey)

function withAuthKey(crypto: Primitives, { own, peer }: SharePair): SlotKeys[] {
  const authKey = agreedKey(crypto, own.box, peer.boxKey)
  return authKey ? [{ keys: own.box, peer: peer.boxKey, authKey }] : []
}

/** Everybody whose keys are pinned. */
export function peersOf(crypto: Primitives, book: Book): ReadonlyMap<ContactId, PinnedPeer> {
  const identities = identitiesOf(crypto, book)
  return new Map(
    trustedEntries(book).flatMap((entry) => {
      const chains = chainsOf(identities, entry)
      if (!chains) return []
      const { name } = entry.trust
      return [[entry.id, { ...newestOf(chains), name, pairs: allPairs(chains) }] as const]
    }),
  )
}

/** Nobody when the other's key is no X25519 public key. */
const contactsBy = (
  crypto: Primitives,
  { id: contact, trust: { name } }: TrustedEntry,
  pair: SharePair,
): TrustedContact[] =>
  withAuthKey(crypto, pair).map(({ keys, peer, authKey }) => ({
    contact,
    name,
    boxKey: peer,
    ownBoxKey: keys.publicKey,
    authKey,
  }))

export function rosterOf(crypto: Primitives, book: Book): Roster {
  const identities = identitiesOf(crypto, book)
  const settled: TrustedContact[] = []
  const renewed: TrustedContact[] = []
  const shares = new Map<ContactId, SharedKeys>()
  for (const entry of trustedEntries(book)) {
    const chains = chainsOf(identities, entry)
    if (!chains) continue
    const { name } = entry.trust
    const [sure, newest] = [settledPair(chains, entry), newestOf(chains)]
    const known = contactsBy(crypto, entry, sure)
    if (known.length === 0) continue
    settled.push(...known)
    if (!isSamePair(sure, newest)) renewed.push(...contactsBy(crypto, entry, newest))
    shares.set(entry.id, {
      name,
      keys: () => allPairs(chains).flatMap((pair) => withAuthKey(crypto, pair)),
    })
  }
  return { contacts: [...settled, ...renewed], shares }
}
