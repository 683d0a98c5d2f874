import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPgDb, type PgTimeouts } from '../src/db/pg.ts'
import { createPgliteDb } from '../src/db/pglite.ts'
import { databases, onEachDatabase, pgliteTemplate, type OpenedDatabase } from './databases.ts'
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
  describe('S8 a postgres database with timeouts', () => {
    const patient = { connect: 60_000, statement: 60_000, lock: 60_000, idleInTransaction: 60_000 }
    const open = (url: string, timeouts: Partial<PgTimeouts>) =>
      createPgDb({ url, connections: 1, timeouts: { ...patient, ...timeouts } })
    let opened: OpenedDatabase
    beforeAll(async () => {
      opened = await postgres.open()
    })
    afterAll(() => opened.drop())

    test('ends a statement that takes too long, and goes on', async () => {
      const db = open(opened.url!, { statement: 50 })
      await expect(db.query('SELECT pg_sleep(3600)')).rejects.toMatchObject({ code: '57014' })
      expect(await db.query('SELECT 1 AS one')).toEqual([{ one: 1 }])
      await db.close()
    })

    test('waits for no lock without end', async () => {
      const db = open(opened.url!, { lock: 50 })
      const lock = 'SELECT pg_advisory_xact_lock(1)'
      await opened.db.transaction(async (tx) => {
        await tx.query(lock)
        await expect(db.query(lock)).rejects.toMatchObject({ code: '55P03' })
      })
      await db.query(lock)
      await db.close()
    })

    test('ends a transaction that asks nothing more, and opens another connection', async () => {
      const db = open(opened.url!, { idleInTransaction: 50 })
      const ended = `SELECT 1 FROM pg_stat_activity WHERE application_name = 'selene'
        AND datname = current_database() AND state LIKE 'idle in transaction%'`
      const work = db.transaction(async (tx) => {
        await tx.query('SELECT 1')
        while ((await opened.db.query(ended)).length > 0) await opened.db.query('SELECT 1')
        await tx.query('SELECT 2')
      })
      await expect(work).rejects.toThrow()
      expect(await db.query('SELECT 1 AS one')).toEqual([{ one: 1 }])
      await db.close()
    })

    test('waits for no connection without end', async () => {
      const db = open(opened.url!, { connect: 50 })
      const release = Promise.withResolvers<void>()
      const holding = db.transaction(() => release.promise)
      await expect(db.query('SELECT 1')).rejects.toThrow('timeout')
      release.resolve()
      await holding
      await db.close()
    })
  })

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
