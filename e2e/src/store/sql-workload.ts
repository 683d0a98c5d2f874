/** Seeded random SQL: small tables with indexes and large values, under everything that makes Postgres write. */
import type { Prng } from '../core/prng.ts'

/** What can be asked of a database. */
export interface Session {
  exec(sql: string): Promise<unknown>
  query<R>(sql: string): Promise<{ rows: R[] }>
}

export const workloadSchema = `
  CREATE TABLE progress (number integer PRIMARY KEY);
  CREATE TABLE entries (id integer PRIMARY KEY, word text NOT NULL, number integer NOT NULL, body text);
  CREATE INDEX entries_word ON entries (word);
  CREATE INDEX entries_number ON entries (number, id);
  CREATE TABLE counters (id integer PRIMARY KEY, total bigint NOT NULL);
  INSERT INTO counters SELECT i, 0 FROM generate_series(1, 20) i;`

const mostEntries = 3000

/** A body that Postgres cannot make smaller, from nothing to far more than a page. */
function bodySql(prng: Prng): string {
  const pieces = prng.pick([0, 0, 1, 4, 40, 400])
  if (pieces === 0) return 'NULL'
  return `(SELECT string_agg(md5((i * ${pieces} + g)::text), '') FROM generate_series(1, ${pieces}) g)`
}

const word = (prng: Prng): string => `md5((i * ${prng.int(1, 999)})::text)`

/** Statements of one transaction. */
function statement(prng: Prng): string {
  const from = prng.int(1, mostEntries)
  const to = from + prng.int(0, prng.pick([3, 30, 200]))
  return prng.pick([
    () =>
      `INSERT INTO entries SELECT i, ${word(prng)}, i % 97, ${bodySql(prng)} FROM generate_series(${from}, ${to}) i
       ON CONFLICT (id) DO UPDATE SET word = excluded.word, body = excluded.body`,
    () => `UPDATE entries SET number = number + 1 WHERE id BETWEEN ${from} AND ${to}`,
    () =>
      `UPDATE entries e SET word = (SELECT ${word(prng)} FROM (SELECT e.id AS i) x) WHERE id BETWEEN ${from} AND ${to}`,
    () => `DELETE FROM entries WHERE id BETWEEN ${from} AND ${to}`,
    () => `UPDATE counters SET total = total + ${prng.int(1, 9)} WHERE id = ${prng.int(1, 20)}`,
    () => `DELETE FROM entries WHERE number % 7 = ${prng.int(0, 6)}`,
  ])()
}

/** Changes of tables; rarer. */
function definition(prng: Prng): string {
  const name = `extra_${prng.int(1, 3)}`
  return prng.pick([
    `DROP TABLE IF EXISTS ${name}; CREATE TABLE ${name} AS SELECT id, word FROM entries WHERE id % 3 = 0; CREATE INDEX ON ${name} (word)`,
    `DROP TABLE IF EXISTS ${name}`,
    `TRUNCATE entries`,
    `DROP INDEX IF EXISTS entries_extra; CREATE INDEX entries_extra ON entries (id, number)`,
  ])
}

/** The SQL of one transaction, which says its number; some of it may be undone inside. */
export function transactionSql(prng: Prng, number: number): string {
  const parts = Array.from({ length: prng.int(1, 4) }, () => statement(prng))
  if (prng.chance(0.15)) parts.push(definition(prng))
  if (prng.chance(0.15)) parts.push('SAVEPOINT s', statement(prng), 'ROLLBACK TO SAVEPOINT s')
  return ['BEGIN', ...parts, `INSERT INTO progress VALUES (${number})`, 'COMMIT'].join(';\n')
}

/** Work that changes no row. */
export const upkeepSql = (prng: Prng): string =>
  prng.pick([
    'CHECKPOINT',
    'CHECKPOINT',
    'VACUUM',
    'VACUUM (FULL) entries',
    'VACUUM (ANALYZE) counters',
    'REINDEX TABLE entries',
    'CLUSTER entries USING entries_word',
    'SELECT pg_switch_wal()',
  ])

/** One number for all rows of all tables. */
export async function digest(pg: Session): Promise<string> {
  const { rows } = await pg.query<{ tablename: string }>(
    "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename",
  )
  const parts: string[] = []
  for (const { tablename } of rows) {
    const found = await pg.query<{ digest: string }>(
      `SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) AS digest FROM ${tablename} t`,
    )
    parts.push(`${tablename} ${found.rows[0]!.digest}`)
  }
  return parts.join('\n')
}

/** Asks amcheck about all tables and their indexes, and compares counts by table and by index; gives what is wrong. */
export async function verifyDatabase(pg: Session): Promise<string[]> {
  const wrong: string[] = []
  const indexes = await pg.query<{ name: string }>(`
    SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_am a ON a.oid = c.relam
    WHERE c.relkind = 'i' AND a.amname = 'btree' AND c.relpersistence <> 't'`)
  for (const { name } of indexes.rows)
    await pg
      .query(`SELECT bt_index_check('${name}', true)`)
      .catch((error: unknown) => wrong.push(`${name}: ${String(error)}`))
  const tables = await pg.query<{ name: string }>(`
    SELECT oid::regclass::text AS name FROM pg_class WHERE relkind IN ('r', 't', 'm')`)
  for (const { name } of tables.rows) {
    const { rows } = await pg.query<{ msg: string }>(`SELECT msg FROM verify_heapam('${name}')`)
    for (const { msg } of rows) wrong.push(`${name}: ${msg}`)
  }
  const counts: unknown[] = []
  for (const way of [
    'SET enable_indexscan = off; SET enable_indexonlyscan = off; SET enable_bitmapscan = off',
    'SET enable_seqscan = off',
  ]) {
    await pg.exec(`RESET ALL; ${way}`)
    counts.push((await pg.query('SELECT count(*) FROM entries WHERE id > 0')).rows[0])
  }
  await pg.exec('RESET ALL')
  if (JSON.stringify(counts[0]) !== JSON.stringify(counts[1])) wrong.push('counts differ')
  return wrong
}
