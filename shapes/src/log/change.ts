/** What a well-signed entry of a member changes in the vault, or that it may not (W7, W12, W13, W16, W17). */
import type { WireCrypto } from '../crypto.ts'
import type { MemberId } from '../id.ts'
import {
  addedMembers,
  epochOf,
  memberId,
  type EntryPayload,
  type EpochPart,
  type Member,
  type SignedEntry,
} from './entry.ts'
import { hasRecovery, isRecovery } from './rank.ts'
import type { VaultView } from './vault-view.ts'

type Change = Omit<VaultView, 'vault' | 'hashes'>

/** @returns `undefined` when the entry is refused. */
export function changeVault(
  view: VaultView,
  entry: SignedEntry,
  crypto: WireCrypto,
): Change | undefined {
  const { payload } = entry
  if (view.erased || payload.type === 'genesis') return undefined
  const reset = resetAfter(view, entry, crypto)
  if (reset === 'refused') return undefined
  const changed = changeMembers(view, entry, crypto)
  if (!changed) return undefined
  const { epochs } = view
  const rest = { ...changed, reset, erased: payload.type === 'vault-erased' }
  const epoch = epochOf(payload)
  if (!epoch) return { ...rest, epochs }
  if (epoch.number !== epochs.length + 1 || epoch.previous.length === 0) return undefined
  if (changed.members.size === 0 || !sealsMatch(epoch, changed.members)) return undefined
  return { ...rest, epochs: [...epochs, { ...epoch, entrySeq: entry.seq }] }
}

/** Every member gets the epoch key, nobody else, each once (W13). */
export function sealsMatch(epoch: EpochPart, members: ReadonlyMap<MemberId, Member>): boolean {
  const recipients = new Set(epoch.seals.map((seal) => seal.member))
  return (
    recipients.size === epoch.seals.length &&
    recipients.size === members.size &&
    [...recipients].every((recipient) => members.has(recipient))
  )
}

/** Whom an entry takes out and brings in. */
function moves({ members, reset }: VaultView, payload: EntryPayload) {
  if (payload.type === 'reset-completed') {
    const gone = [...members].filter(([, member]) => isRecovery(member)).map(([id]) => id)
    return { gone, come: reset ? [reset.member] : [] }
  }
  return {
    gone: payload.type === 'member-removed' ? payload.removed : [],
    come: payload.type === 'recovery-reset' ? [] : addedMembers(payload),
  }
}

function changeMembers(
  view: VaultView,
  { payload }: SignedEntry,
  crypto: WireCrypto,
): Pick<VaultView, 'members' | 'removed'> | undefined {
  const { gone, come } = moves(view, payload)
  if (payload.type === 'member-added' && come.length === 0) return undefined
  if (payload.type === 'member-removed' && gone.length === 0) return undefined
  const members = new Map(view.members)
  const removed = new Map(view.removed)
  for (const id of gone) {
    const old = members.get(id)
    if (!old) return undefined
    members.delete(id)
    removed.set(id, { ...old, removedInEpoch: view.epochs.length + 1 })
  }
  for (const added of come) {
    const id = memberId(added, crypto)
    // A removed member's keys never come back, and a device without an SOS key could not call for help.
    if (members.has(id) || removed.has(id) || (added.kind === 'device') !== Boolean(added.sosKey))
      return undefined
    members.set(id, added)
  }
  return { members, removed }
}

/**
 * The reset that is pending after an entry. Any act of a recovery member ends it: the way back is not
 * lost. So does the removal of the device that announced it.
 */
function resetAfter(
  view: VaultView,
  { seq, author, payload }: SignedEntry,
  crypto: WireCrypto,
): VaultView['reset'] | 'refused' {
  const pending = view.reset
  if (payload.type === 'recovery-reset') {
    const { member } = payload
    return pending || !mayAnnounce(view, member, crypto) ? 'refused' : { seq, author, member }
  }
  if (payload.type === 'reset-cancelled' || payload.type === 'reset-completed')
    return pending?.seq === payload.reset ? undefined : 'refused'
  if (isRecovery(view.members.get(author)!)) return undefined
  const gone = payload.type === 'member-removed' ? payload.removed : []
  return pending && gone.includes(pending.author) ? undefined : pending
}

/** New words, and nothing else: with them she makes a new passphrase at once. */
function mayAnnounce(view: VaultView, member: Member, crypto: WireCrypto): boolean {
  const id = memberId(member, crypto)
  const isNew = !view.members.has(id) && !view.removed.has(id)
  return member.kind === 'phrase' && isNew && member.sosKey === undefined && hasRecovery(view)
}
