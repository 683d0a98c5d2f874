/**
 * Verified views of vault logs. A view is folded from the stored entries once and then kept in a
 * bounded cache; what is kept counts only while its head is still an entry of the stored log, so a
 * transaction that was rolled back or a database that was restored never leaves a wrong view behind.
 */
import {
  appendEntry,
  headOf,
  sameBytes,
  startVault,
  type VaultId,
  type VaultView,
  type WireCrypto,
} from '@selene/shapes'
import type { Queryable } from '../db/db.ts'

export interface VaultViews {
  /** The view of the whole stored log; `undefined` when there is no such vault. */
  load(db: Queryable, vault: VaultId): Promise<VaultView | undefined>
}

interface LogRow {
  seq: number
  entry: Uint8Array
  entry_hash: Uint8Array
}

const rowsFrom = `SELECT seq, entry, entry_hash FROM vault_log
  WHERE vault_id = $1 AND seq >= $2 ORDER BY seq`

export function createVaultViews(
  deps: { crypto: WireCrypto },
  options: { kept: number } = { kept: 1000 },
): VaultViews {
  const kept = new Map<VaultId, VaultView>()

  const keep = (view: VaultView): void => {
    kept.delete(view.vault)
    kept.set(view.vault, view)
    const oldest = kept.keys().next()
    if (kept.size > options.kept && !oldest.done) kept.delete(oldest.value)
  }

  return {
    async load(db, vault) {
      const known = kept.get(vault)
      const from = known ? headOf(known).seq : 0
      let rows = await db.query<LogRow>(rowsFrom, [vault, from])
      const stands = known && rows[0] && sameBytes(rows[0].entry_hash, headOf(known).hash)
      if (known && !stands) rows = await db.query<LogRow>(rowsFrom, [vault, 0])
      const view = fold(stands ? known : undefined, stands ? rows.slice(1) : rows, deps.crypto)
      if (view) keep(view)
      else kept.delete(vault)
      return view
    },
  }
}

function fold(
  start: VaultView | undefined,
  rows: readonly LogRow[],
  crypto: WireCrypto,
): VaultView | undefined {
  let view = start
  for (const { entry, seq } of rows) {
    const folded = view ? appendEntry(view, entry, crypto) : startVault(entry, crypto)
    // Every stored entry passed this very fold, so the table was altered by something else.
    if (!folded.ok) throw new Error(`the stored vault log does not verify at entry ${seq}`)
    view = folded.view
  }
  return view
}
