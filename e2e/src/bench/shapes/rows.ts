/** The table of the measurements: rows of about 300 bytes, of many owners. */

export const rowCount = 50_000

const emptySql = `
  DROP TABLE IF EXISTS note CASCADE;
  CREATE TABLE note (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), owner text NOT NULL,
    title text NOT NULL, body text NOT NULL, pinned boolean NOT NULL DEFAULT false,
    count integer NOT NULL DEFAULT 0, changed_at timestamptz NOT NULL DEFAULT now());
  CREATE INDEX ON note (owner)`

/** Makes the table anew, with rows of as many owners as told. */
export async function makeTable(
  database: { script(sql: string): Promise<void> },
  owners: number,
): Promise<void> {
  await database.script(emptySql)
  await database.script(insertSql(rowCount, owners))
  await database.script('VACUUM ANALYZE note')
}

/** Inserts rows in one statement. */
export const insertSql = (count: number, owners: number): string => `
  INSERT INTO note (owner, title, body)
  SELECT 'owner ' || i % ${owners}, 'a title of row ' || i, repeat(md5(i::text), 6) FROM generate_series(1, ${count}) i`

/** Inserts one row of an owner; its title is the second parameter. */
export const insertOneSql = `INSERT INTO note (owner, title, body) VALUES ($1, $2, 'a row that was written just now')`

export const median = (list: readonly number[]): number => quantile(list, 0.5)

/** @param part From 0 up to 1. */
export function quantile(list: readonly number[], part: number): number {
  const sorted = list.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN
}

/** Milliseconds that some work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
