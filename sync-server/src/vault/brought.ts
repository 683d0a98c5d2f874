/** What comes with entries that change the way back: cards, and the sign-in key of a phrase. */
import type { Member, MemberId, VaultView } from '@selene/shapes'
import type { ServerKey } from '../core/server-key.ts'
import type { Transaction } from '../db/db.ts'
import { readCards, storeCards, type NamedCard } from './cards.ts'
import { storePhraseKey } from './phrase-key.ts'

export interface Bringing {
  readonly cards: readonly Uint8Array[]
  /** Public sign-in key of the phrase that the entries add or announce. */
  readonly phraseKey?: Uint8Array | undefined
}

interface Brought {
  readonly view: VaultView
  readonly cards: readonly NamedCard[]
  readonly phrase: { readonly member: MemberId; readonly key: Uint8Array } | undefined
}

export type ReadBrought =
  | { ok: true; brought: Brought }
  | { ok: false; code: 'wire/malformed' | 'vault/entry-refused' }

/** Each card is of a member in `added`, and a sign-in key comes with the one card of a phrase. */
export function readBrought(
  view: VaultView,
  added: ReadonlyMap<MemberId, Member>,
  { cards, phraseKey: key }: Bringing,
): ReadBrought {
  const read = readCards(view, added, cards)
  if (!read.ok) return read
  const phrases = read.cards.filter(({ member }) => added.get(member)?.kind === 'phrase')
  if (key && phrases.length !== 1) return { ok: false, code: 'vault/entry-refused' }
  const phrase = key && { member: phrases[0]!.member, key }
  return { ok: true, brought: { view, cards: read.cards, phrase } }
}

export async function storeBrought(
  tx: Transaction,
  serverKey: ServerKey,
  { view, cards, phrase }: Brought,
): Promise<void> {
  await storeCards(tx, serverKey, { view, cards })
  if (phrase) await storePhraseKey(tx, serverKey, { vault: view.vault, ...phrase })
}
