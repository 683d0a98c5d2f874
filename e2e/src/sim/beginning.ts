/**
 * A database as it was when it was made: making one takes longer than living through a seed. What is found in its tables
 * is noted once; from then on emptying and refilling them is one script.
 */
import type { Store } from '@selene/client-sdk/testing'
import type { Db } from '@selene/sync-server'

/** What a script runs in. */
interface Database {
  query<R extends object>(sql: string): Promise<R[]>
  run(script: string): Promise<void>
}

export const ofStore = (store: Store): Database => ({
  query: (sql) => store.query(sql),
  run: (script) => store.write((tx) => tx.script(script)),
})

export const ofServer = (db: Db): Database => ({
  query: (sql) => db.query(sql),
  async run(script) {
    await db.transaction((tx) => tx.script(script))
    // A store sees to this by itself; here thousands of seeds would fill the memory with what was deleted.
    await db.script('VACUUM')
  },
})

/** Never written to, or so large that nobody wants to write it again. */
const lasting = ['schema_migrations', 'spatial_ref_sys', 'store_version']

const tablesSql = `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
  WHERE schemaname IN ('public', 'shape') AND tablename <> ALL ('{${lasting.join()}}')`
const sequencesSql = `SELECT format('ALTER SEQUENCE %I.%I RESTART', schemaname, sequencename) AS sql
  FROM pg_sequences WHERE schemaname IN ('public', 'shape')`

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

async function refilling(database: Database, table: string): Promise<string[]> {
  const found = await database.query<{ rows: string | null }>(
    `SELECT json_agg(held)::text AS rows FROM ${table} AS held`,
  )
  const rows = found[0]!.rows
  if (rows === null) return []
  return [
    `INSERT INTO ${table} SELECT * FROM json_populate_recordset(NULL::${table}, ${quoted(rows)})`,
  ]
}

/** Notes what is there; what it returns brings that back, with sequences at their beginning, so that seeds know nothing of each other. */
export async function noteBeginning(database: Database): Promise<() => Promise<void>> {
  const tables = await database.query<{ name: string }>(tablesSql)
  const sequences = await database.query<{ sql: string }>(sequencesSql)
  const script = ['SET LOCAL session_replication_role = replica'] // No trigger notes anything of it.
  for (const { name } of tables)
    script.push(`DELETE FROM ${name}`, ...(await refilling(database, name)))
  script.push(...sequences.map(({ sql }) => sql))
  return () => database.run(script.join(';'))
}
