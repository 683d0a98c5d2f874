/** The people an alert can be sealed for, and opened from, with the keys for that. */
import { sameBytes, type ContactId } from '@selene/shapes'
import type { PublicShare } from '../crypto/fingerprint.ts'
import type { KeyPair, Primitives } from '../crypto/primitives.ts'
import { shareKeys, sosAuthKey, type ShareKeys, type TrustedContact } from '../crypto/share.ts'
import type { Book, Trust } from './book.ts'
import { trustedEntries } from './names.ts'

/** What two people have in common, as one of them holds it. */
export interface SharedKeys {
  /** Her X25519 pair that they know. */
  readonly keys: KeyPair
  /** Their X25519 key. */
  readonly peer: Uint8Array
  readonly authKey: Uint8Array
  /** What she calls them. */
  readonly name: string
}

export interface Roster {
  /** The newest link to each person first. */
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

/** Every share identity of the book, the one for new contacts first (W43). */
export const identitiesOf = (crypto: Primitives, book: Book): ShareKeys[] =>
  book.shares.map((seeds) => shareKeys(crypto, seeds))

/** A contact by the share keys that both have pinned. */
export interface PinnedPeer {
  /** What she calls them. */
  readonly name: string
  readonly own: ShareKeys
  readonly peer: PublicShare
}

/** Everybody whose keys are pinned. */
export function peersOf(crypto: Primitives, book: Book): ReadonlyMap<ContactId, PinnedPeer> {
  return new Map(
    trustedEntries(book).flatMap(({ id, trust }) => {
      const own = identityOf(crypto, book, trust)
      return own ? [[id, { name: trust.name, own, peer: trust }] as const] : []
    }),
  )
}

/** The identity of hers that the other side of a link knows. */
export const identityOf = (
  crypto: Primitives,
  book: Book,
  { ownBoxKey }: Pick<Trust, 'ownBoxKey'>,
): ShareKeys | undefined =>
  identitiesOf(crypto, book).find(({ box }) => sameBytes(box.publicKey, ownBoxKey))

export function rosterOf(crypto: Primitives, book: Book): Roster {
  const identities = identitiesOf(crypto, book)
  const contacts: TrustedContact[] = []
  const shares = new Map<ContactId, SharedKeys>()
  for (const { id: contact, trust } of trustedEntries(book)) {
    const { name, boxKey, ownBoxKey } = trust
    const keys = identities.find(({ box }) => sameBytes(box.publicKey, ownBoxKey))?.box
    const authKey = keys && agreedKey(crypto, keys, boxKey)
    if (!authKey) continue
    contacts.push({ contact, name, boxKey, ownBoxKey, authKey })
    shares.set(contact, { keys, peer: boxKey, authKey, name })
  }
  return { contacts, shares }
}
