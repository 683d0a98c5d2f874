/** Cards of recovery members: which ones belong to an entry, and how they rest in the database (W8, W10). */
import {
  card,
  concat,
  decode,
  isRecovery,
  sameBytes,
  uuidToBytes,
  type Card,
  type Member,
  type MemberId,
  type VaultId,
  type VaultView,
} from '@selene/shapes'
import type { ServerKey } from '../core/server-key.ts'
import type { Queryable, Transaction } from '../db/db.ts'

export interface NamedCard {
  readonly member: MemberId
  readonly bytes: Uint8Array
}
export type ReadCards =
  | { ok: true; cards: readonly NamedCard[] }
  | { ok: false; code: 'wire/malformed' | 'vault/entry-refused' }

/**
 * Reads the cards that come with an entry. Each must be of a recovery member in `added`, once, and
 * name this vault's genesis and an entry of its log.
 */
export function readCards(
  view: VaultView,
  added: ReadonlyMap<MemberId, Member>,
  cards: readonly Uint8Array[],
): ReadCards {
  const named = new Map<MemberId, NamedCard>()
  for (const bytes of cards) {
    const read = decode(card, bytes)
    if (!read.ok) return read
    const { member } = read.value.header
    const fits = isRecoveryIn(added, member) && !named.has(member) && belongs(view, read.value)
    if (!fits) return { ok: false, code: 'vault/entry-refused' }
    named.set(member, { member, bytes })
  }
  return { ok: true, cards: [...named.values()] }
}

function isRecoveryIn(added: ReadonlyMap<MemberId, Member>, id: MemberId): boolean {
  const member = added.get(id)
  return member !== undefined && isRecovery(member)
}

function belongs(view: VaultView, { header }: Card): boolean {
  const named = view.hashes[header.logSeq]
  return (
    header.vault === view.vault &&
    sameBytes(header.genesisHash, view.hashes[0]!) &&
    named !== undefined &&
    sameBytes(header.logHash, named)
  )
}

const contextOf = (vault: VaultId, member: MemberId): Uint8Array =>
  concat(uuidToBytes(vault), uuidToBytes(member))

/** The cards of a vault, unwrapped. @throws Error when the database was filled under another server key. */
export async function readStoredCards(
  db: Queryable,
  serverKey: ServerKey,
  vault: VaultId,
): Promise<NamedCard[]> {
  const rows = await db.query<{ member: MemberId; sealed: Uint8Array }>(
    'SELECT member_id AS member, sealed FROM cards WHERE vault_id = $1',
    [vault],
  )
  return rows.map(({ member, sealed }) => {
    const bytes = serverKey.unwrap('card', contextOf(vault, member), sealed)
    if (!bytes) throw new Error('a card was stored under another server key')
    return { member, bytes }
  })
}

/** Stores cards wrapped by the server key, bound to vault and member. */
export async function storeCards(
  tx: Transaction,
  serverKey: ServerKey,
  { view, cards }: { view: VaultView; cards: readonly NamedCard[] },
): Promise<void> {
  for (const { member, bytes } of cards) {
    const context = contextOf(view.vault, member)
    await tx.query('INSERT INTO cards (vault_id, member_id, sealed) VALUES ($1, $2, $3)', [
      view.vault,
      member,
      serverKey.wrap('card', context, bytes),
    ])
  }
}
