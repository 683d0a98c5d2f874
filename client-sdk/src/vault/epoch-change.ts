/** Entries that begin an epoch: a fresh key, sealed to exactly the members after the entry, and the cut (W11, W13). */
import {
  isRecovery,
  memberId,
  type EpochPart,
  type LogEntry,
  type Member,
  type MemberId,
  type VaultView,
} from '@selene/shapes'
import { commitEpoch, sealEpoch, wrapPreviousKey } from '../crypto/epoch-key.ts'
import type { Primitives } from '../crypto/primitives.ts'
import { nextEntry, type EpochKey } from './entry.ts'

export interface LogPlace {
  readonly view: VaultView
  readonly author: MemberId
  /** The current one. */
  readonly epoch: EpochKey
  readonly cut: EpochPart['cut']
}

/** The epoch after the current one, under a key of its own. */
function makeEpoch(
  crypto: Primitives,
  { view, epoch: previous, cut }: LogPlace,
  members: ReadonlyMap<MemberId, Member>,
): EpochPart {
  const key = crypto.random(32)
  const epoch = { vault: view.vault, number: previous.number + 1, key }
  const part = {
    number: epoch.number,
    commit: commitEpoch(crypto, key, epoch),
    previous: wrapPreviousKey(crypto, epoch, previous.key),
    seals: [...members].map(([member, { boxKey }]) => ({
      member,
      sealed: sealEpoch(crypto, epoch, boxKey),
    })),
    cut,
  }
  crypto.wipe(key)
  return part
}

/** Removes members and adds others in one entry. */
export function makeReplacement(
  crypto: Primitives,
  place: LogPlace,
  { removed, added }: { removed: readonly MemberId[]; added: readonly Member[] },
): LogEntry {
  const members = new Map(place.view.members)
  for (const id of removed) members.delete(id)
  for (const member of added) members.set(memberId(member, crypto), member)
  return nextEntry(place.view, place.author, {
    type: 'member-removed',
    removed,
    added,
    epoch: makeEpoch(crypto, place, members),
  })
}

/** Puts the pending reset into force. @throws TypeError when there is none. */
export function makeResetCompleted(crypto: Primitives, place: LogPlace): LogEntry {
  const { reset, members } = place.view
  if (!reset) throw new TypeError('no reset is pending')
  const devices = [...members].filter(([, member]) => !isRecovery(member))
  const after = new Map([...devices, [memberId(reset.member, crypto), reset.member] as const])
  return nextEntry(place.view, place.author, {
    type: 'reset-completed',
    reset: reset.seq,
    epoch: makeEpoch(crypto, place, after),
  })
}
