/** Small named values of the store, as JSON; read back with their keys in the order they were written. */
import type { Reader, StoreTx } from './store.ts'

export const metaTable = `
CREATE TABLE store_meta (
  key text PRIMARY KEY,
  value json NOT NULL
);`

export async function readMeta<T>(reader: Reader, key: string): Promise<T | undefined> {
  const [row] = await reader.query<{ value: T }>('SELECT value FROM store_meta WHERE key = $1', [
    key,
  ])
  return row?.value
}

export async function writeMeta(tx: StoreTx, key: string, value: unknown): Promise<void> {
  await tx.query(
    `INSERT INTO store_meta VALUES ($1, $2::text::json)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    [key, JSON.stringify(value)],
  )
}

export async function deleteMeta(tx: StoreTx, key: string): Promise<void> {
  await tx.query('DELETE FROM store_meta WHERE key = $1', [key])
}
