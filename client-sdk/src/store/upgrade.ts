/** Brings a store's tables from any earlier version to this one. */
import { Problem } from '@selene/shapes'
import type { StoreTx } from './store.ts'

/** One step; its place in the list, from 1, is its version. Steps are never changed once published. */
export type Upgrade = (tx: StoreTx) => Promise<void>

/**
 * Applies the steps that are missing, within the caller's transaction.
 * @throws Problem store/newer-format when the store was written by a newer app.
 */
export async function upgrade(tx: StoreTx, steps: readonly Upgrade[]): Promise<void> {
  await tx.script('CREATE TABLE IF NOT EXISTS store_version (version integer NOT NULL)')
  const [row] = await tx.query<{ version: number }>('SELECT version FROM store_version')
  const version = row?.version ?? 0
  if (version > steps.length) throw new Problem('store/newer-format')
  if (version === steps.length) return
  for (const step of steps.slice(version)) await step(tx)
  await tx.script('DELETE FROM store_version')
  await tx.query('INSERT INTO store_version VALUES ($1)', [steps.length])
}
