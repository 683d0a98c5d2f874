/**
 * The share identity of the present epoch (W43): for new contacts, and known to the others as what follows theirs.
 * It comes of the epoch's key, so that her devices need not agree on it.
 */
import type { VaultId } from '@selene/shapes'
import type { Primitives } from '../crypto/primitives.ts'
import { epochShareSeeds, shareKeys, type ShareKeys } from '../crypto/share.ts'
import type { Book, Pen } from './book.ts'

/** The vault and its epoch. */
export interface Era {
  readonly vault: VaultId
  readonly number: number
  /** The epoch's key. */
  readonly key: Uint8Array
}

/**
 * Makes it with the first contact, and again when a device or a secret that could have taken the one before along has
 * been removed.
 */
export function currentIdentity(
  crypto: Primitives,
  { book, pen, era }: { readonly book: Book; readonly pen: Pen; readonly era: Era },
): ShareKeys {
  const epoch = `${era.vault} ${era.number}`
  const last = book.identities.at(-1)
  const isCurrent = last?.epoch
    ? book.identities.some((identity) => identity.epoch === epoch)
    : // One of an earlier version does not say when it was made; before the second epoch nobody was removed.
      era.number === 1
  if (last && isCurrent) return shareKeys(crypto, last.seeds)
  const seeds = epochShareSeeds(crypto, era.key)
  const made = shareKeys(crypto, seeds)
  pen.identity({ seeds, boxKey: made.box.publicKey, epoch })
  return made
}
