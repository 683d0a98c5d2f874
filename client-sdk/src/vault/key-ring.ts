/** The epoch keys this device can open, found in the verified log. */
import {
  epochOf,
  memberId,
  unnamedVault,
  type EntryPayload,
  type SignedEntry,
  type VaultView,
} from '@selene/shapes'
import { openEpochSeal, unwrapPreviousKey } from '../crypto/epoch-key.ts'
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
 * earlier ones that hang on it. Empty when the entry concerns others.
 */
export function keysFromEntry(
  crypto: Primitives,
  log: { view: VaultView; entry: SignedEntry },
  keys: MemberKeys,
): EpochKey[] {
  const sealed = sealedKey(log.entry.payload, keys, crypto)
  if (!sealed) return []
  const { view } = log
  let number = view.epochs.findLastIndex((epoch) => epoch.entrySeq <= log.entry.seq) + 1
  const vault = log.entry.payload.type === 'genesis' ? unnamedVault : view.vault
  const { commit } = view.epochs[number - 1]!
  let key = openEpochSeal(crypto, { vault, number, commit, sealed }, keys.box)
  const found: EpochKey[] = []
  while (key && number > 0) {
    found.push({ number, key })
    const { previous } = view.epochs[number - 1]!
    key = number > 1 ? unwrapPreviousKey(crypto, { number, key }, previous) : undefined
    number -= 1
  }
  return found
}
