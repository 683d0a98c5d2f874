import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createPgliteDb } from '../src/db/pglite.ts'
import { databases, onEachDatabase, pgliteTemplate } from './databases.ts'
import { dbCloseContract, dbContract } from './db.contract.ts'

onEachDatabase('database port', (database) => {
  dbContract(database)
  dbCloseContract(database)
})

describe('pglite in a directory', () => {
  test('keeps what was committed, and makes Postgres sync every commit', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'selene-pglite-'))
    const dataDir = join(directory, 'database')
    const first = await createPgliteDb({ dataDir, loadDataDir: await pgliteTemplate() })
    expect(await first.query('SHOW fsync')).toEqual([{ fsync: 'on' }])
    expect(await first.query('SHOW wal_sync_method')).toEqual([{ wal_sync_method: 'fsync' }])
    await first.script('CREATE TABLE kept (id integer)')
    await first.transaction((tx) => tx.query('INSERT INTO kept VALUES ($1)', [1]))
    await first.close()
    const second = await createPgliteDb({ dataDir })
    expect(await second.query('SELECT id FROM kept')).toEqual([{ id: 1 }])
    await second.close()
    await rm(directory, { recursive: true })
  })
})

const postgres = databases.find(({ name }) => name === 'postgres')

if (postgres)
  test('a postgres listener whose connection breaks is told that it may have missed something', async () => {
    const { db, drop } = await postgres.open()
    const { promise: told, resolve } = Promise.withResolvers<void>()
    const { promise: heard, resolve: hear } = Promise.withResolvers<void>()
    await db.listen('heard', (payload) => (payload === '' ? resolve() : hear()))
    await db.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE 'LISTEN%'`,
    )
    await told
    await db.query(`SELECT pg_notify('heard', 'again')`)
    await heard
    await drop()
  })
