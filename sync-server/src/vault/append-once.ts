/**
 * Appends an entry outside the order of a device's operations: under the account's row lock, on the
 * newest head, and only once, so that it can be sent again after a lost answer.
 */
import {
  entryHash,
  parseEntry,
  Problem,
  sameBytes,
  type SignedEntry,
  type VaultId,
  type VaultView,
  type WireCrypto,
} from '@selene/shapes'
import type { Db, Transaction } from '../db/db.ts'
import type { VaultLog } from './vault-log.ts'
import type { VaultViews } from './views.ts'

export interface Addition {
  readonly entry: Uint8Array
  readonly cards: readonly Uint8Array[]
  readonly phraseKey?: Uint8Array | undefined
}

export interface AppendDeps {
  readonly db: Db
  readonly crypto: WireCrypto
  readonly views: VaultViews
  readonly vaultLog: VaultLog
  /** Wakes readers after a commit that changed tables. */
  readonly changed: (vault: VaultId) => void
}

export interface AppendWork {
  /** Before anything is done. @throws {@link Problem} to refuse. */
  check?(view: VaultView): void
  /** In the same transaction, after the entry. */
  also?(tx: Transaction): Promise<void>
}

/** @throws {@link Problem} wire/malformed. */
export function parsedEntry(bytes: Uint8Array): SignedEntry {
  const parsed = parseEntry(bytes)
  if (!parsed.ok) throw new Problem(parsed.code)
  return parsed.value
}

/** The newest view of a vault whose account row is locked. @throws {@link Problem} vault/foreign. */
export async function lockVault(
  tx: Transaction,
  views: VaultViews,
  vault: VaultId,
): Promise<VaultView> {
  await tx.query('SELECT 1 FROM accounts WHERE account_id = $1 FOR UPDATE', [vault])
  const view = await views.load(tx, vault)
  if (!view) throw new Problem('vault/foreign')
  return view
}

export type AppendOnce = (vault: VaultId, addition: Addition, work?: AppendWork) => Promise<void>

/** Calls that throw {@link Problem}: those of W15, vault/rank, vault/reset-pending. */
export function createAppendOnce(deps: AppendDeps): AppendOnce {
  const { db, crypto, views, vaultLog } = deps

  function stands(view: VaultView, { seq, unsigned }: SignedEntry): boolean {
    const known = view.hashes[seq]
    return known !== undefined && sameBytes(known, entryHash(unsigned, crypto))
  }

  return async (vault, addition, work = {}) => {
    const entry = parsedEntry(addition.entry)
    const appended = await db.transaction(async (tx) => {
      const view = await lockVault(tx, views, vault)
      work.check?.(view)
      if (stands(view, entry)) return false
      const result = await vaultLog.append(tx, view, addition)
      if (!result.ok) throw new Problem(result.code)
      await work.also?.(tx)
      return true
    })
    if (appended) deps.changed(vault)
  }
}
