/** The phrase's public sign-in key, kept as a keyed hash: its words find the account without a name (W10). */
import type { MemberId, VaultId } from '@selene/shapes'
import type { ServerKey } from '../core/server-key.ts'
import type { Queryable, Transaction } from '../db/db.ts'

const hashOf = (serverKey: ServerKey, key: Uint8Array): Uint8Array =>
  serverKey.mac('phrase-key', key)

/** The member's card must be stored; with the card the key goes. */
export async function storePhraseKey(
  tx: Transaction,
  serverKey: ServerKey,
  phrase: { vault: VaultId; member: MemberId; key: Uint8Array },
): Promise<void> {
  await tx.query('INSERT INTO phrase_keys (vault_id, member_id, key_hash) VALUES ($1, $2, $3)', [
    phrase.vault,
    phrase.member,
    hashOf(serverKey, phrase.key),
  ])
}

export async function findPhraseKey(
  db: Queryable,
  serverKey: ServerKey,
  key: Uint8Array,
): Promise<{ vault: VaultId; member: MemberId } | undefined> {
  const [row] = await db.query<{ vault: VaultId; member: MemberId }>(
    'SELECT vault_id AS vault, member_id AS member FROM phrase_keys WHERE key_hash = $1',
    [hashOf(serverKey, key)],
  )
  return row
}
