/** Keys between people: the share identity (W43), and what two of them have in common (W51). */
import { domains, type ContactId } from '@selene/shapes'
import { epochContext } from './epoch-key.ts'
import type { PublicShare } from './fingerprint.ts'
import type { KeyPair, Primitives } from './primitives.ts'

/** Seeds of a share identity, 32 bytes each. */
export interface ShareSeeds {
  readonly sign: Uint8Array
  readonly box: Uint8Array
}

export interface ShareKeys {
  readonly sign: KeyPair
  readonly box: KeyPair
}

/** A contact whose keys were exchanged under an invitation's secret. */
export interface TrustedContact {
  readonly contact: ContactId
  /** What the person calls them. */
  readonly name: string
  /** Their X25519 share key. */
  readonly boxKey: Uint8Array
  /** This person's X25519 share key that they know. */
  readonly ownBoxKey: Uint8Array
  /** {@link sosAuthKey} of the two. */
  readonly authKey: Uint8Array
}

/**
 * The identity of an epoch: every device that is a member in it computes the same one, also without having heard of the
 * others, and none that was removed before can.
 */
export const epochShareSeeds = (crypto: Primitives, epochKey: Uint8Array): ShareSeeds => ({
  sign: crypto.deriveKey(epochKey, 5, epochContext),
  box: crypto.deriveKey(epochKey, 6, epochContext),
})

export const publicShare = ({ sign, box }: ShareKeys): PublicShare => ({
  signKey: sign.publicKey,
  boxKey: box.publicKey,
})

export const shareKeys = (crypto: Primitives, seeds: ShareSeeds): ShareKeys => ({
  sign: crypto.signPair(seeds.sign),
  box: crypto.boxPair(seeds.box),
})

const inOrder = (a: Uint8Array, b: Uint8Array): [Uint8Array, Uint8Array] => {
  const at = a.findIndex((byte, i) => byte !== b[i])
  return at >= 0 && a[at]! > b[at]! ? [b, a] : [a, b]
}

/**
 * The key by which two people authenticate what they send each other in an alert (W51); both compute the
 * same one. @throws TypeError when the other's key is no X25519 public key.
 */
export function sosAuthKey(crypto: Primitives, own: KeyPair, peer: Uint8Array): Uint8Array {
  const shared = crypto.agree(own.secretKey, peer)
  const key = crypto.keyedHash(shared, [domains.sosAuth, ...inOrder(own.publicKey, peer)], 32)
  crypto.wipe(shared)
  return key
}
