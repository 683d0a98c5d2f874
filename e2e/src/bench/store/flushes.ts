/** What flushing to the disk takes by itself, and with plain PGlite. */
import { closeSync, fdatasyncSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { open, plainKind } from './kinds.ts'
import { commitCount, commitMany, commits, take, type Taken } from './workload.ts'

/** Commits of plain PGlite that are as durable as the sealed store's: its log is flushed after each. */
export async function commitSynced(directory: string, taken: Taken, base: number): Promise<void> {
  const pg = await open(plainKind, directory)
  // They fit one file of the log, which is there once something is in it.
  await pg.query('SELECT pg_switch_wal()')
  await pg.query('INSERT INTO notes VALUES ($1, $2)', [base, 'the first'])
  const { rows } = await pg.query<{ name: string }>(
    'SELECT pg_walfile_name(pg_current_wal_lsn()) AS name',
  )
  const log = openSync(join(directory, 'plain', 'pg_wal', rows[0]!.name), 'r+')
  await take(taken, commits, () => commitMany(pg, base + 1, () => fdatasyncSync(log)))
  closeSync(log)
  await pg.close()
}

const pageBytes = 8192

/** What a disk takes by itself: as many pages as there are commits, each written where there is room already, and flushed. */
export async function flushBare(directory: string, taken: Taken): Promise<void> {
  const path = join(directory, 'bare')
  const file = openSync(path, 'w+')
  writeSync(file, new Uint8Array(commitCount * pageBytes).fill(1))
  fsyncSync(file)
  const page = new Uint8Array(pageBytes).fill(2)
  await take(taken, commits, async () => {
    for (let i = 0; i < commitCount; i++) {
      writeSync(file, page, 0, pageBytes, i * pageBytes)
      fdatasyncSync(file)
    }
  })
  closeSync(file)
  await rm(path)
}
