/** Cards of recovery members: which ones belong to an entry, and how they rest in the database (W8, W10). */
import {
  card,
  concat,
  decode,
  sameBytes,
  uuidToBytes,
  type Card,
  type MemberId,
  type VaultView,
} from '@selene/shapes'
import type { ServerKey } from '../core/server-key.ts'
import type { Transaction } from '../db/db.ts'

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
  added: ReadonlySet<MemberId>,
  cards: readonly Uint8Array[],
): ReadCards {
  const named = new Map<MemberId, NamedCard>()
  for (const bytes of cards) {
    const read = decode(card, bytes)
    if (!read.ok) return read
    const { member } = read.value.header
    const fits = added.has(member) && !named.has(member) && belongs(view, read.value)
    if (!fits) return { ok: false, code: 'vault/entry-refused' }
    named.set(member, { member, bytes })
  }
  return { ok: true, cards: [...named.values()] }
}

function belongs(view: VaultView, { header }: Card): boolean {
  const member = view.members.get(header.member)
  const named = view.hashes[header.logSeq]
  return (
    header.vault === view.vault &&
    member !== undefined &&
    member.kind !== 'device' &&
    sameBytes(header.genesisHash, view.hashes[0]!) &&
    named !== undefined &&
    sameBytes(header.logHash, named)
  )
}

/** Stores cards wrapped by the server key, bound to vault and member. */
export async function storeCards(
  tx: Transaction,
  serverKey: ServerKey,
  { view, cards }: { view: VaultView; cards: readonly NamedCard[] },
): Promise<void> {
  for (const { member, bytes } of cards) {
    const context = concat(uuidToBytes(view.vault), uuidToBytes(member))
    await tx.query('INSERT INTO cards (vault_id, member_id, sealed) VALUES ($1, $2, $3)', [
      view.vault,
      member,
      serverKey.wrap('card', context, bytes),
    ])
  }
}
