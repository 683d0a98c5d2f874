/** Epoch keys: what is derived from one, how it is committed to, sealed to members and handed back (W5, W13). */
import {
  domains,
  encode,
  decode,
  epochSeal,
  u32,
  unnamedVault,
  utf8,
  uuidToBytes,
  bytesToUuid,
  type DocId,
  type VaultId,
} from '@selene/shapes'
import { open, seal, type SealContext } from './committing-aead.ts'
import type { KeyPair, Primitives } from './primitives.ts'

/** What keys are derived from an epoch's key: 1 bodies, 2 the key before, 3 names, 4 labels, 5 and 6 the share identity. */
export const epochContext = 'selepoch'

/** Opens and seals envelope bodies of the epoch. */
export const bodyKey = (crypto: Primitives, epochKey: Uint8Array): Uint8Array =>
  crypto.deriveKey(epochKey, 1, epochContext)

/** Seals members' labels of the epoch. */
export const labelKey = (crypto: Primitives, epochKey: Uint8Array): Uint8Array =>
  crypto.deriveKey(epochKey, 4, epochContext)

/** A document's id: a keyed hash of its name under epoch 1's names key, stable over rotation. */
export function docIdOf(crypto: Primitives, firstEpochKey: Uint8Array, name: string): DocId {
  const namesKey = crypto.deriveKey(firstEpochKey, 3, epochContext)
  return bytesToUuid<DocId>(crypto.keyedHash(namesKey, [utf8(name)], 16))
}

interface EpochName {
  readonly vault: VaultId
  readonly number: number
}

/**
 * Commitment to an epoch key; an author cannot give two members different keys. Epoch 1 is committed
 * to inside genesis, before the vault has a name.
 */
export function commitEpoch(crypto: Primitives, epochKey: Uint8Array, epoch: EpochName) {
  const vault = uuidToBytes(epoch.number === 1 ? unnamedVault : epoch.vault)
  return crypto.keyedHash(epochKey, [domains.epoch, vault, encode(u32, epoch.number)], 32)
}

export const sealEpoch = (
  crypto: Primitives,
  epoch: EpochName & { key: Uint8Array },
  publicKey: Uint8Array,
): Uint8Array =>
  crypto.boxSeal(encode(epochSeal, { domain: domains.epochSeal, ...epoch }), publicKey)

/** The epoch key from its seal, if it is for this member, this epoch and matches the commitment. */
export function openEpochSeal(
  crypto: Primitives,
  epoch: EpochName & { commit: Uint8Array; sealed: Uint8Array },
  pair: KeyPair,
): Uint8Array | undefined {
  const plain = crypto.boxOpen(epoch.sealed, pair)
  const opened = plain && decode(epochSeal, plain)
  if (!opened?.ok) return undefined
  const { domain, vault, number, key } = opened.value
  const named = crypto.sameSecret(domain, domains.epochSeal)
  if (!named || vault !== epoch.vault || number !== epoch.number) return undefined
  return crypto.sameSecret(commitEpoch(crypto, key, epoch), epoch.commit) ? key : undefined
}

interface WrappingEpoch {
  readonly number: number
  readonly key: Uint8Array
}

const wrapContext = (crypto: Primitives, epoch: WrappingEpoch): SealContext => ({
  key: crypto.deriveKey(epoch.key, 2, epochContext),
  domain: domains.epochWrap,
  header: encode(u32, epoch.number),
})

/** The previous epoch's key, for members that come later. */
export const wrapPreviousKey = (
  crypto: Primitives,
  epoch: WrappingEpoch,
  previous: Uint8Array,
): Uint8Array => seal(crypto, wrapContext(crypto, epoch), previous)

export function unwrapPreviousKey(
  crypto: Primitives,
  epoch: WrappingEpoch,
  wrapped: Uint8Array,
): Uint8Array | undefined {
  const opened = open(crypto, wrapContext(crypto, epoch), wrapped)
  return opened.ok ? opened.plain : undefined
}
