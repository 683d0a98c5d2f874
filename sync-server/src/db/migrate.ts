/**
 * Brings a database forward by numbered SQL files, `NNNN_name.sql`. Each runs once, in a transaction
 * of its own, under one lock; what ran is recorded with its checksum in `schema_migrations`. A file
 * that changed after it ran, a gap, a number used twice, and a database newer than the files are
 * refused before anything runs.
 */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import type { Db, Queryable } from './db.ts'

export interface Migration {
  readonly version: number
  readonly name: string
  readonly sql: string
  /** SHA-256 of the file, hexadecimal. */
  readonly sha256: string
}

interface Recorded {
  readonly version: number
  readonly name: string
  readonly sha256: string
}

export interface MigrateOptions {
  readonly directory: URL
  readonly log?: (line: string) => void
}

/** Any constant will do, as long as nothing else in the database locks it. */
const lock = 'SELECT pg_advisory_xact_lock(7102553)'

const recordTable = `
  CREATE TABLE IF NOT EXISTS schema_migrations (
    version integer PRIMARY KEY,
    name text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now(),
    sha256 text NOT NULL
  )`

const refused = (why: string): Error => new Error(`The database was not migrated: ${why}.`)

/**
 * Reads the migrations of a directory in order.
 * @throws Error on a name that is not `NNNN_name.sql`, a gap or a number used twice.
 */
export async function readMigrations(directory: URL): Promise<Migration[]> {
  const files = (await readdir(directory)).filter((file) => /^\d.*\.sql$/.test(file)).toSorted()
  return Promise.all(
    files.map(async (file, index) => {
      const [, digits, name] = /^(\d{4})_([a-z0-9_]+)\.sql$/.exec(file) ?? []
      if (digits === undefined || name === undefined)
        throw refused(`${file} is not named NNNN_name.sql`)
      if (Number(digits) !== index + 1)
        throw refused(`${file} is out of sequence, number ${index + 1} was expected`)
      const sql = await readFile(new URL(file, directory), 'utf8')
      const sha256 = createHash('sha256').update(sql).digest('hex')
      return { version: index + 1, name, sql, sha256 }
    }),
  )
}

async function recorded(db: Queryable): Promise<Recorded[]> {
  return db.query<Recorded>('SELECT version, name, sha256 FROM schema_migrations ORDER BY version')
}

function checkHistory(done: readonly Recorded[], files: readonly Migration[]): void {
  for (const { version, name, sha256 } of done) {
    const file = files[version - 1]
    if (!file) throw refused(`it is newer than this program, which lacks ${version} (${name})`)
    if (file.sha256 !== sha256) throw refused(`${version} (${name}) changed after it was applied`)
  }
}

/** Applies one migration unless another process did so first; returns whether it was applied. */
const applyOne = (db: Db, migration: Migration): Promise<boolean> =>
  db.transaction(async (tx) => {
    await tx.query(lock)
    const done = await recorded(tx)
    if (done.some(({ version }) => version === migration.version)) return false
    await tx.script(migration.sql)
    await tx.query('INSERT INTO schema_migrations (version, name, sha256) VALUES ($1, $2, $3)', [
      migration.version,
      migration.name,
      migration.sha256,
    ])
    return true
  })

/**
 * Migrates a database to the newest file; several processes may do so at once.
 * @throws Error when files and database do not agree, or when a migration fails.
 */
export async function migrate(
  db: Db,
  { directory, log = () => {} }: MigrateOptions,
): Promise<{ applied: string[] }> {
  const files = await readMigrations(directory)
  const done = await db.transaction(async (tx) => {
    await tx.query(lock)
    await tx.script(recordTable)
    const history = await recorded(tx)
    checkHistory(history, files)
    return history.length
  })
  const applied: string[] = []
  for (const file of files.slice(done)) {
    if (!(await applyOne(db, file))) continue
    applied.push(file.name)
    log(`migration ${String(file.version).padStart(4, '0')} ${file.name} applied`)
  }
  return { applied }
}
