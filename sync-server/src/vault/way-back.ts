/** What a recovery member gets: its card, the log, and that it admits one device (W8, W10, W70). */
import { card, decode, Problem, sameBytes, type MemberId, type VaultId } from '@selene/shapes'
import type { ServerKey } from '../core/server-key.ts'
import type { Db } from '../db/db.ts'
import { parsedEntry, type AppendOnce } from './append-once.ts'
import { readStoredCards, type NamedCard } from './cards.ts'
import { findPhraseKey } from './phrase-key.ts'

export interface Way {
  readonly vault: VaultId
  readonly card: NamedCard
  /** Raw entries, genesis first. */
  readonly entries: readonly Uint8Array[]
}

export interface WayBack {
  /** By the public sign-in key of a phrase, which the caller has seen proven. */
  byPhrase(key: Uint8Array): Promise<Way | undefined>
  /** By the salt of the passphrase that the caller has checked. */
  byPassphrase(vault: VaultId, salt: Uint8Array): Promise<Way | undefined>
  /** @throws {@link Problem} vault/entry-refused unless the entry is this member's and adds one device. */
  admit(holder: { vault: VaultId; member: MemberId }, entry: Uint8Array): Promise<void>
}

export function createWayBack(deps: {
  db: Db
  serverKey: ServerKey
  appendOnce: AppendOnce
}): WayBack {
  const { db, serverKey } = deps

  async function way(
    vault: VaultId,
    isWanted: (card: NamedCard) => boolean,
  ): Promise<Way | undefined> {
    const cards = await readStoredCards(db, serverKey, vault)
    const wanted = cards.find(isWanted)
    if (!wanted) return undefined
    const rows = await db.query<{ entry: Uint8Array }>(
      'SELECT entry FROM vault_log WHERE vault_id = $1 ORDER BY seq',
      [vault],
    )
    return { vault, card: wanted, entries: rows.map(({ entry }) => entry) }
  }

  return {
    async byPhrase(key) {
      const found = await findPhraseKey(db, serverKey, key)
      return found && way(found.vault, ({ member }) => member === found.member)
    },

    byPassphrase: (vault, salt) =>
      way(vault, ({ bytes }) => {
        const read = decode(card, bytes)
        return (
          read.ok &&
          read.value.header.kdf.kind === 'argon2id' &&
          sameBytes(read.value.header.kdf.salt, salt)
        )
      }),

    async admit({ vault, member }, bytes) {
      const { author, payload } = parsedEntry(bytes)
      const [added, ...more] = payload.type === 'member-added' ? payload.members : []
      if (author !== member || added?.member.kind !== 'device' || more.length > 0)
        throw new Problem('vault/entry-refused')
      await deps.appendOnce(vault, { entry: bytes, cards: [] })
    },
  }
}
