/** Values that the server makes once and keeps: the first process to store one wins, all read the same. */
import type { Db } from '../db/db.ts'

export async function keepOnce(
  db: Db,
  key: string,
  make: () => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const read = async (): Promise<Uint8Array | undefined> => {
    const rows = await db.query<{ value: Uint8Array }>(
      'SELECT value FROM settings WHERE key = $1',
      [key],
    )
    return rows[0]?.value
  }
  const kept = await read()
  if (kept) return kept
  const made = await make()
  await db.query('INSERT INTO settings (key, value) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    key,
    made,
  ])
  return (await read()) ?? made
}
