import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { upgrades } from '../client/schema.ts'
import { createLive, until } from '../core/live.ts'
import { memoryFiles } from './memory-files.ts'
import { deleteMeta, readMeta, writeMeta } from './meta.ts'
import { openStore } from '../testing/open-store.ts'
import { readerRole, type Store } from './store.ts'

let store: Store

beforeAll(async () => {
  store = await openStore(memoryFiles(), [
    ...upgrades,
    async (tx) => {
      await tx.script(`CREATE TABLE notes (n integer PRIMARY KEY);
        CREATE TABLE shown (n integer); INSERT INTO shown VALUES (7);
        GRANT SELECT ON shown TO ${readerRole}`)
    },
  ])
})
afterAll(() => store.close())

const notes = async (): Promise<number[]> =>
  (await store.query<{ n: number }>('SELECT n FROM notes ORDER BY n')).map(({ n }) => n)

describe('a transaction', () => {
  test('that fails is rolled back whole, and the next one is not hurt', async () => {
    const broken = store.write(async (tx) => {
      await tx.query('INSERT INTO notes VALUES (1)')
      await tx.query('INSERT INTO notes VALUES (1)')
    })
    await expect(broken).rejects.toThrow(/duplicate/)
    await store.write((tx) => tx.query('INSERT INTO notes VALUES (2)'))
    expect(await notes()).toEqual([2])
  })

  test('is told of after its commit, and never when it failed', async () => {
    const seen: Promise<number[]>[] = []
    const end = store.committed.subscribe(() => seen.push(notes()))
    await store.write((tx) => tx.query('INSERT INTO notes VALUES (3)'))
    await store.write((tx) => tx.query('SELECT nothing')).catch(() => {})
    end()
    expect(await Promise.all(seen)).toEqual([[2, 3]])
  })

  test('that fails is undone in memory before the next writer begins', async () => {
    const order: string[] = []
    const failing = store.write(
      async () => {
        order.push('fails')
        throw new Error('no')
      },
      async () => {
        await store.query('SELECT 1')
        order.push('undone')
      },
    )
    const next = store.write(async () => void order.push('next'))
    await expect(failing).rejects.toThrow('no')
    await next
    expect(order).toEqual(['fails', 'undone', 'next'])
  })
})

describe('values', () => {
  test('keep their types: bytes, dates, numbers to 2^53, lists', async () => {
    const bytes = Uint8Array.of(0, 255, 1)
    const [row] = await store.query(
      `SELECT $1::bytea AS bytes, '2026-03-10'::date AS day, 9007199254740991::bigint AS safe,
              9223372036854775807::bigint AS large, 2 = ANY ($2::integer[]) AS listed`,
      [bytes, [1, 2]],
    )
    expect(row).toEqual({
      bytes,
      day: '2026-03-10',
      safe: 9007199254740991,
      large: 9223372036854775807n,
      listed: true,
    })
  })

  test('named small values are written, replaced, read and deleted', async () => {
    await store.write((tx) => writeMeta(tx, 'k', { a: [1, "it's"] }))
    await store.write((tx) => writeMeta(tx, 'k', 2))
    expect(await readMeta(store, 'k')).toBe(2)
    await store.write((tx) => deleteMeta(tx, 'k'))
    expect(await readMeta(store, 'k')).toBeUndefined()
  })
})

describe("an app's own query", () => {
  test('reads what is granted', async () => {
    expect(await store.read('SELECT n FROM shown WHERE n > $1', [1])).toEqual([{ n: 7 }])
  })

  test.each([
    ['reads no keys', 'SELECT * FROM device', /permission denied/],
    ['reads no epoch keys', 'SELECT * FROM epoch_keys', /permission denied/],
    ['reads no documents', 'SELECT * FROM documents', /permission denied/],
    ['reads no session', 'SELECT * FROM store_meta', /permission denied/],
    ['writes nothing', 'INSERT INTO shown VALUES (8)', /read-only|permission denied/],
    ['creates nothing', 'CREATE TABLE mine (n integer)', /read-only|permission denied/],
    ['drops nothing', 'DROP TABLE shown', /read-only|must be owner/],
    ['is one statement', 'SELECT 1; SELECT * FROM device', /multiple commands/],
    [
      'is one statement, whatever the first',
      'RESET ROLE; SELECT * FROM device',
      /multiple commands/,
    ],
    [
      'takes no other role within a statement',
      "SELECT set_config('role', 'postgres', true)",
      /permission denied/,
    ],
    ['runs no code', 'DO $$ BEGIN RESET ROLE; END $$', /permission denied/],
  ])('%s', async (_, sql, refusal) => {
    await expect(store.read(sql)).rejects.toThrow(refusal)
    expect(await store.read('SELECT count(*)::integer AS n FROM shown')).toEqual([{ n: 1 }])
  })

  test.each([
    `SET ROLE ${readerRole}`,
    'RESET ROLE',
    'COMMIT',
    'ROLLBACK',
    'SET search_path = nowhere',
  ])('leaves no trace in the session: %s', async (sql) => {
    await store.read(sql).catch(() => {})
    await store.write((tx) => tx.query('UPDATE shown SET n = 7'))
    expect(await store.query('SELECT count(*)::integer AS n FROM device')).toEqual([{ n: 0 }])
    await expect(store.read('SELECT * FROM device')).rejects.toThrow(/permission denied/)
  })
})

/** Last: it closes the store. */
describe('closing', () => {
  test('lets writes under way end, tells who watches, and refuses what comes later', async () => {
    const live = createLive(() => store.query('SELECT 1 AS one'), store.committed)
    const watching = until(live, () => false)
    const accepted = store.write((tx) => tx.query('INSERT INTO notes VALUES (9) RETURNING n'))
    const closing = store.close()
    await expect(watching).rejects.toMatchObject({ code: 'store/closed' })
    expect(await accepted).toEqual([{ n: 9 }])
    await closing
    await store.close()
    const closed = { code: 'store/closed' }
    await expect(store.query('SELECT 1')).rejects.toMatchObject(closed)
    await expect(store.read('SELECT 1')).rejects.toMatchObject(closed)
    await expect(store.write(async () => {})).rejects.toMatchObject(closed)
  })
})
