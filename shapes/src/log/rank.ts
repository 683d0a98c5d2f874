/**
 * Who may write what (W16). Devices admit and remove devices; the way back to the vault is above them,
 * so that whoever holds an unlocked phone can evict devices but not lock its owner out.
 */
import type { MemberId } from '../id.ts'
import type { EntryPayload, Member } from './entry.ts'

interface Members {
  readonly members: ReadonlyMap<MemberId, Member>
}

/** Passphrase, phrase and passkey: members that a person carries in her head or on paper. */
export const isRecovery = (member: Pick<Member, 'kind'>): boolean => member.kind !== 'device'

export const hasRecovery = ({ members }: Members): boolean => [...members.values()].some(isRecovery)

function touchesRecovery({ members }: Members, payload: EntryPayload): boolean {
  if (payload.type === 'vault-erased') return true
  if (payload.type === 'member-added')
    return payload.members.some(({ member }) => isRecovery(member))
  if (payload.type !== 'member-removed') return false
  const gone = payload.removed.map((id) => members.get(id))
  return payload.added.some(isRecovery) || gone.some((old) => old !== undefined && isRecovery(old))
}

/** Whether the author's kind may write this; what it says is judged elsewhere. */
export const isRanked = (view: Members, payload: EntryPayload, author: Member): boolean =>
  isRecovery(author) || !hasRecovery(view) || !touchesRecovery(view, payload)
