/** Erasing an account: its last entry stays, everything else of it goes in one transaction (W17). */
import { appendEntry, Problem, type VaultId, type WireCrypto } from '@selene/shapes'
import type { Db, Transaction } from '../db/db.ts'
import { lockVault } from './append-once.ts'
import type { VaultViews } from './views.ts'

export interface ErasureDeps {
  readonly db: Db
  readonly crypto: WireCrypto
  readonly views: VaultViews
  /** Gives what takes the vault's rows out of what is kept for readers, in the same transaction. */
  readonly forgetReaders: (vault: VaultId) => Promise<(tx: Transaction) => Promise<void>>
  readonly changed: (vault: VaultId) => void
}

/** @throws {@link Problem} those of W15, vault/rank, vault/entry-refused for any other entry. */
export type Erase = (vault: VaultId, entry: Uint8Array) => Promise<void>

export function createErase({ db, crypto, views, forgetReaders, changed }: ErasureDeps): Erase {
  return async (vault, entry) => {
    const forget = await forgetReaders(vault)
    await db.transaction(async (tx) => {
      const view = await lockVault(tx, views, vault)
      const folded = appendEntry(view, entry, crypto)
      if (!folded.ok) throw new Problem(folded.code)
      if (!folded.view.erased) throw new Problem('vault/entry-refused')
      await tx.query('INSERT INTO erased_vaults (vault_id, entry) VALUES ($1, $2)', [vault, entry])
      // What hangs on the account by no key of its own.
      await tx.query('DELETE FROM sos_ops WHERE vault_id = $1', [vault])
      await tx.query('DELETE FROM accounts WHERE account_id = $1', [vault])
      await forget(tx)
    })
    changed(vault)
  }
}
