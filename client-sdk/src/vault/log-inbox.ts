/** Takes the server's rows of the vault log into the verified log, or says why not (W18). */
import { headOf, type ProblemCode } from '@selene/shapes'
import type { Reader, StoreTx } from '../store/store.ts'
import type { LocalVault } from './vault.ts'

export type LogWarning = Extract<ProblemCode, 'vault/forked' | 'vault/rolled-back'>

/** Compares what is known, appends what is new; a gap waits for the rows that fill it. */
export async function advanceLog(tx: StoreTx, vault: LocalVault): Promise<LogWarning | undefined> {
  const rows = await tx.query<{ seq: number; entry: Uint8Array }>(
    'SELECT seq, entry FROM shape_rows_vault_log WHERE vault_id = $1 ORDER BY seq',
    [vault.view().vault],
  )
  for (const { seq, entry } of rows) {
    const known = vault.compare(seq, entry)
    if (known === 'other') return 'vault/forked'
    if (known === 'same') continue
    if (seq > headOf(vault.view()).seq + 1) return undefined
    if (await vault.append(tx, entry)) return 'vault/forked'
  }
  return undefined
}

/** Whether a log that is up to date ends before what was verified here. */
export async function isRolledBack(reader: Reader, vault: LocalVault): Promise<boolean> {
  const [row] = await reader.query<{ last: number | null }>(
    'SELECT max(seq) AS last FROM shape_rows_vault_log WHERE vault_id = $1',
    [vault.view().vault],
  )
  return (row?.last ?? -1) < headOf(vault.view()).seq
}
