/**
 * Fresh, migrated databases for suites, on every implementation there is. PGlite starts from a dump
 * and Postgres from a template database; both are made once per set of migrations and kept.
 * Postgres takes part when `SELENE_TEST_DATABASE_URL` names a superuser's database.
 */
import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { describe, test } from 'vitest'
import type { Db } from '../src/db/db.ts'
import { migrate, readMigrations } from '../src/db/migrate.ts'
import { createPgDb } from '../src/db/pg.ts'
import { createPgliteDb, dumpPglite } from '../src/db/pglite.ts'

export interface OpenedDatabase {
  readonly db: Db
  /** A second way in, as another process would have; Postgres only. */
  readonly url?: string
  /** Closes and removes the database. */
  readonly drop: () => Promise<void>
}

export interface TestDatabase {
  readonly name: Db['kind']
  open(options?: { waiting?: number }): Promise<OpenedDatabase>
}

export const migrationsDirectory = new URL('../../migrations/', import.meta.url)
const cache = new URL('../../node_modules/.cache/selene/', import.meta.url)
const packages = ['pglite', 'pglite-postgis'].map(
  (name) => new URL(`../node_modules/@electric-sql/${name}/package.json`, import.meta.url),
)

/** Changes whenever a template made before would be another one now. */
async function templateKey(): Promise<string> {
  const hash = createHash('sha256')
  for (const file of packages) hash.update(await readFile(file))
  for (const { sha256 } of await readMigrations(migrationsDirectory)) hash.update(sha256)
  return hash.digest('hex').slice(0, 16)
}

const migrated = (db: Db): Promise<unknown> => migrate(db, { directory: migrationsDirectory })

/** The dump that PGlite databases start from, baked by whoever needs it first. */
export async function pgliteTemplate(): Promise<Blob> {
  const file = new URL(`pglite-${await templateKey()}.tar.gz`, cache)
  const kept = await readFile(file).catch(() => undefined)
  if (kept) return new Blob([kept])
  const dump = await dumpPglite(migrated)
  await mkdir(cache, { recursive: true })
  const draft = new URL(`${randomUUID()}.draft`, cache)
  await writeFile(draft, dump.stream())
  await rename(draft, file)
  return dump
}

const pglite: TestDatabase = {
  name: 'pglite',
  async open(options = {}) {
    const db = await createPgliteDb({ loadDataDir: await pgliteTemplate(), ...options })
    return { db, drop: () => db.close() }
  },
}

const withDatabase = (url: string, name: string): string =>
  Object.assign(new URL(url), { pathname: `/${name}` }).href

async function withAdmin<T>(url: string, work: (admin: Db) => Promise<T>): Promise<T> {
  const admin = createPgDb({ url, connections: 1 })
  try {
    return await work(admin)
  } finally {
    await admin.close()
  }
}

async function postgresTemplate(url: string, admin: Db): Promise<string> {
  const name = `selene_template_${await templateKey()}`
  const exists = 'SELECT 1 FROM pg_database WHERE datname = $1'
  await admin.query('SELECT pg_advisory_lock(7102554)')
  try {
    if ((await admin.query(exists, [name])).length > 0) return name
    const draft = `${name}_draft`
    await admin.script(`DROP DATABASE IF EXISTS ${draft} WITH (FORCE)`)
    await admin.script(`CREATE DATABASE ${draft}`)
    const db = createPgDb({ url: withDatabase(url, draft), connections: 1 })
    await migrated(db).finally(() => db.close())
    await admin.script(`ALTER DATABASE ${draft} RENAME TO ${name}`)
    return name
  } finally {
    await admin.query('SELECT pg_advisory_unlock(7102554)')
  }
}

const postgres = (url: string): TestDatabase => ({
  name: 'postgres',
  async open(options = {}) {
    const name = `selene_test_${randomUUID().replaceAll('-', '')}`
    await withAdmin(url, async (admin) => {
      const template = await postgresTemplate(url, admin)
      await admin.script(`CREATE DATABASE ${name} TEMPLATE ${template}`)
    })
    const own = withDatabase(url, name)
    const db = createPgDb({ url: own, ...options })
    return {
      db,
      url: own,
      async drop() {
        await db.close()
        await withAdmin(url, (admin) => admin.script(`DROP DATABASE ${name} WITH (FORCE)`))
      },
    }
  },
})

const postgresUrl = process.env['SELENE_TEST_DATABASE_URL']

/** Every implementation that can run here. */
export const databases: readonly TestDatabase[] = [
  pglite,
  ...(postgresUrl ? [postgres(postgresUrl)] : []),
]

/**
 * Registers a suite once per implementation. Without Postgres one test is skipped by a name that
 * says so, or fails where `SELENE_TEST_REQUIRE=all`.
 */
export function onEachDatabase(title: string, suite: (database: TestDatabase) => void): void {
  for (const database of databases) describe(`${title} on ${database.name}`, () => suite(database))
  if (postgresUrl) return
  const reason = `${title} on postgres: SELENE_TEST_DATABASE_URL is not set`
  if (process.env['SELENE_TEST_REQUIRE'] === 'all')
    test(reason, () => {
      throw new Error(reason)
    })
  else test.skip(reason, () => {})
}
