import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bakedImage } from '../node/baked-image.ts'
import { manualClock, type ManualClock } from '../testing/manual-clock.ts'
import { openStore } from '../testing/open-store.ts'
import { seededRandom } from '../testing/seeded-random.ts'
import { upgrades } from '../client/schema.ts'
import { memoryFiles } from './memory-files.ts'
import type { SealedStore } from './store.ts'

const mebibyte = 2 ** 20
const table = 'CREATE TABLE big (id integer PRIMARY KEY, body bytea NOT NULL)'

let store: SealedStore
let clock: ManualClock
beforeAll(async () => {
  clock = manualClock()
  const steps = [
    ...upgrades,
    async (tx: { script(sql: string): Promise<void> }) => tx.script(table),
  ]
  store = await openStore(memoryFiles(await bakedImage()), steps, { clock })
})
afterAll(() => store.close())

/** Bytes of the log since the last checkpoint. */
async function logBytes(): Promise<number> {
  const [row] = await store.query<{ bytes: number }>(
    `SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn)::float8 AS bytes
       FROM pg_control_checkpoint()`,
  )
  return row!.bytes
}

const random = seededRandom('upkeep')
const put = (id: number, bytes: number) =>
  store.write((tx) =>
    tx.query(
      `INSERT INTO big VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET body = excluded.body`,
      [id, random.bytes(bytes)],
    ),
  )

async function pagesKnown(): Promise<number> {
  const [row] = await store.query<{ pages: number }>(
    `SELECT t.relpages AS pages FROM pg_class c JOIN pg_class t ON t.oid = c.reltoastrelid
      WHERE c.relname = 'big'`,
  )
  return row!.pages
}

describe('C9 upkeep', () => {
  test('makes a checkpoint in a quiet moment, and vacuums what has grown', async () => {
    for (let i = 0; i < 8; i++) await put(i, 300_000)
    expect(await logBytes()).toBeGreaterThan(2 * mebibyte)
    expect(await pagesKnown()).toBe(0)
    clock.advance(2_000)
    await put(1, 10)
    clock.advance(2_999)
    await store.upkeep.settled()
    expect(await logBytes()).toBeGreaterThan(2 * mebibyte)
    clock.advance(1)
    await store.upkeep.settled()
    expect(await logBytes()).toBeLessThan(mebibyte)
    expect(await pagesKnown()).toBeGreaterThan(200)
  })

  test('does not wait for one when the log grows and grows', async () => {
    for (let i = 0; i < 128; i++) await put(i % 8, 100_000)
    await store.upkeep.settled()
    expect(await logBytes()).toBeLessThan(9 * mebibyte)
  })

  test('gives room back that was in use and is no more', async () => {
    for (let i = 0; i < 40; i++) await put(100 + i, 900_000)
    const large = store.pack.space().fileBytes
    await store.write((tx) => tx.script('TRUNCATE big'))
    clock.advance(3_000)
    await store.upkeep.settled()
    const { fileBytes, liveBytes } = store.pack.space()
    expect(fileBytes).toBeLessThan(large - 20 * mebibyte)
    expect(fileBytes).toBeLessThan(1.25 * liveBytes + 9 * mebibyte)
    expect(await store.query('SELECT count(*)::integer AS n FROM big')).toEqual([{ n: 0 }])
  })

  test('leaves no timer behind when the store closes', async () => {
    const own = manualClock()
    const other = await openStore(memoryFiles(await bakedImage()), upgrades, { clock: own })
    await other.write((tx) => tx.query('SELECT 1'))
    expect(own.waits().length).toBeGreaterThan(0)
    await other.close()
    expect(own.waits()).toEqual([])
  })
})
