/** The epoch keys this device can open, found in the verified log. */
import {
  epochOf,
  memberId,
  unnamedVault,
  type EntryPayload,
  type SignedEntry,
  type VaultView,
} from '@selene/shapes'
import { commitEpoch, openEpochSeal, unwrapPreviousKey } from '../crypto/epoch-key.ts'
import type { MemberKeys } from '../crypto/member-keys.ts'
import type { Primitives } from '../crypto/primitives.ts'
import type { EpochKey } from './entry.ts'

/** The epoch key that an entry seals to this member, if any. */
function sealedKey(payload: EntryPayload, keys: MemberKeys, crypto: Primitives) {
  if (payload.type === 'member-added')
    return payload.members.find((added) => memberId(added.member, crypto) === keys.id)?.sealed
  return epochOf(payload)?.seals.find((seal) => seal.member === keys.id)?.sealed
}

/**
 * Epoch keys that become known by an entry of the verified log: the one sealed to this member, and the
 * earlier ones that hang on it, each as its epoch commits to it (W13). Empty when the entry concerns others;
 * `undefined` when its author has given this member something else.
 */
export function keysFromEntry(
  crypto: Primitives,
  log: { view: VaultView; entry: SignedEntry },
  keys: MemberKeys,
): EpochKey[] | undefined {
  const sealed = sealedKey(log.entry.payload, keys, crypto)
  if (!sealed) return []
  const { view } = log
  const last = view.epochs.findLastIndex((epoch) => epoch.entrySeq <= log.entry.seq) + 1
  const vault = log.entry.payload.type === 'genesis' ? unnamedVault : view.vault
  const { commit } = view.epochs[last - 1]!
  const newest = openEpochSeal(crypto, { vault, number: last, commit, sealed }, keys.box)
  if (!newest) return undefined
  const found = [{ number: last, key: newest }]
  for (let number = last; number > 1; number--) {
    const { key } = found.at(-1)!
    const previous = unwrapPreviousKey(crypto, { number, key }, view.epochs[number - 1]!.previous)
    const earlier = previous && { number: number - 1, key: previous }
    if (!earlier || !isCommitted(crypto, view, earlier)) return undefined
    found.push(earlier)
  }
  return found
}

const isCommitted = (crypto: Primitives, { vault, epochs }: VaultView, epoch: EpochKey): boolean =>
  crypto.sameSecret(
    commitEpoch(crypto, epoch.key, { vault, number: epoch.number }),
    epochs[epoch.number - 1]!.commit,
  )
