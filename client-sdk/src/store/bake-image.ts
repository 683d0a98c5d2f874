/**
 * Makes the image that new stores begin with: the directory of a database with our settings and tables, nobody's data,
 * and no template databases. Loading it takes a fraction of the time that Postgres needs to make one.
 */
import { PGlite } from '@electric-sql/pglite'
import type { DatabaseEntry } from './files.ts'
import { postgresOptions } from './postgres.ts'
import { transactionOf, type StoreTx } from './store.ts'
import { readTar, writeTar } from './tar.ts'

/** What a process leaves in the directory as long as it runs. */
const leftovers = new Set(['postmaster.pid', 'postmaster.opts'])

/** Nobody makes another database in here. */
const dropTemplates = [
  'UPDATE pg_database SET datistemplate = false, datallowconn = true',
  'DROP DATABASE template0',
  'DROP DATABASE template1',
]

/** Segments of the log behind the current one hold nothing; Postgres makes them when it needs them. */
function isNeeded({ path }: DatabaseEntry, currentSegment: string): boolean {
  if (leftovers.has(path)) return false
  const segment = /^pg_wal\/([0-9A-F]{24})$/.exec(path)?.[1]
  return segment === undefined || segment <= currentSegment
}

/** @param prepare Creates the tables, in one transaction. @returns a tar, not compressed */
export async function bakeImage(prepare: (tx: StoreTx) => Promise<void>): Promise<Uint8Array> {
  const pg = new PGlite(postgresOptions)
  await pg.waitReady
  try {
    await pg.transaction((tx) => prepare(transactionOf(tx)))
    for (const sql of dropTemplates) await pg.exec(sql)
    // Rows that are marked as old need no writing when they are first read.
    await pg.exec('VACUUM (FREEZE, ANALYZE)')
    await pg.exec('CHECKPOINT')
    const { rows } = await pg.query<{ name: string }>(
      'SELECT pg_walfile_name(pg_current_wal_lsn()) AS name',
    )
    const dump = await pg.dumpDataDir('none')
    const entries = [...readTar(new Uint8Array(await dump.arrayBuffer()))]
    return writeTar(entries.filter((entry) => isNeeded(entry, rows[0]!.name)))
  } finally {
    await pg.close()
  }
}
