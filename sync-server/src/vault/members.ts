/** What an entry means for the rows of members: devices, and the cards of the way back. */
import type { MemberId, SignedEntry, VaultView } from '@selene/shapes'
import type { Transaction } from '../db/db.ts'

/** An entry as it came, and what the log says before and after it. */
export interface Step {
  readonly before: VaultView | undefined
  readonly bytes: Uint8Array
  readonly entry: SignedEntry
  readonly view: VaultView
}

/** Adds rows of new devices; marks removed ones, and deletes cards of members that are no more. */
export async function storeMembers(tx: Transaction, step: Step, at: Date): Promise<void> {
  const { vault } = step.view
  const before: VaultView['members'] = step.before?.members ?? new Map()
  for (const [id, { kind, signKey, boxKey, sosKey }] of step.view.members)
    if (!before.has(id) && kind === 'device' && sosKey)
      await tx.query(
        'INSERT INTO devices (vault_id, device_id, sign_key, box_key, sos_key) VALUES ($1, $2, $3, $4, $5)',
        [vault, id, signKey, boxKey, sosKey],
      )
  for (const id of before.keys())
    if (!step.view.members.has(id)) {
      await tx.query('UPDATE devices SET removed_at = $3 WHERE vault_id = $1 AND device_id = $2', [
        vault,
        id,
        at,
      ])
      await dropCard(tx, vault, id)
    }
}

export async function dropCard(
  tx: Transaction,
  vault: VaultView['vault'],
  member: MemberId,
): Promise<void> {
  await tx.query('DELETE FROM cards WHERE vault_id = $1 AND member_id = $2', [vault, member])
}
