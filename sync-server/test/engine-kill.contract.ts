/**
 * The first rows of a large shape, handed out before they are stored (E14): the engine's process dies at each of its
 * calls of the database, and a reader who goes on with the next process misses nothing and hears nothing twice.
 */
import type { ShapeRequest } from '@selene/shapes'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { systemClock } from '../src/core/clock.ts'
import type { Db } from '../src/db/db.ts'
import { createShapeEngine } from '../src/shape/engine/engine.ts'
import type { OpenedDatabase, TestDatabase } from './databases.ts'
import { follow, type Fetch } from './following.ts'
import { mortalDb } from './mortal-db.ts'

const request: ShapeRequest = {
  table: 'public.item',
  columns: ['id', 'label'],
  where: 'true',
  params: [],
}
const rows = 260
/** Some chunks, and more rows than are read at once with others' shapes. */
const options = { chunkBytes: 12_000, longPollMs: 200, storeAfterMs: 0, storedWithinMs: 100 }
const anyNumber = 10_000

export function killContract(database: TestDatabase): void {
  let opened: OpenedDatabase
  let db: Db
  beforeAll(async () => {
    opened = await database.open()
    db = opened.db
  })
  afterAll(() => opened.drop())
  beforeEach(async () => {
    await db.script(`
      DROP TABLE IF EXISTS item;
      CREATE TABLE item (id integer PRIMARY KEY, label text)`)
  })

  const start = (on: Db) => createShapeEngine({ db: on, clock: systemClock }, options)

  /** Reads through a process that dies, then through one that does not; returns how many calls the first one made. */
  async function live(dies: { at: number; after: boolean }): Promise<number> {
    await db.script(`
      DELETE FROM shape.definitions; DELETE FROM item;
      INSERT INTO item SELECT i, 'row ' || i FROM generate_series(1, ${rows}) i`)
    const mortal = mortalDb(db, dies)
    const first = start(mortal.db)
    let engine = first
    let isOver = false
    const through: Fetch = async (http) => {
      const answer = engine.read(request, new URL(http.url).searchParams, http.signal)
      try {
        return await Promise.race([answer, ...(engine === first ? [mortal.death] : [])])
      } catch (cause) {
        if (isOver) throw cause
        if (engine === first) engine = start(db)
        throw new TypeError('the connection was lost', { cause })
      }
    }
    const backoffOptions = { initialDelay: 1, maxDelay: 2, multiplier: 1 }
    const reader = follow(through, { backoffOptions })
    const holds = async (): Promise<void> => {
      const found = await db.query<{ key: string; label: string }>(
        `SELECT '"public"."item"/"' || id || '"' AS key, label FROM item`,
      )
      const expected = new Map(found.map(({ key, label }) => [key, label]))
      await reader.until(
        () =>
          reader.rows.size === expected.size &&
          [...reader.rows].every(([key, { label }]) => expected.get(key) === label),
      )
    }
    try {
      await reader.until(() => reader.rows.size >= rows)
      await db.script(`DELETE FROM item WHERE id = 7; UPDATE item SET label = 'new' WHERE id = 8`)
      engine.changed()
      await holds()
      // Whoever comes now finds all that was stored, or is told to start anew.
      await Promise.race([first.close(), mortal.death.catch(() => undefined)])
      if (engine === first) engine = start(db)
      await holds()
      const newcomer = follow(through, { backoffOptions })
      await newcomer.until(() => newcomer.rows.size === reader.rows.size)
      newcomer.stop()
      expect([...newcomer.rows.keys()].toSorted()).toEqual([...reader.rows.keys()].toSorted())
    } finally {
      isOver = true
      reader.stop()
      await engine.close()
    }
    return mortal.calls()
  }

  test('E14 a process that dies between any two steps makes nobody miss or repeat a row', async () => {
    const calls = await live({ at: anyNumber, after: false })
    expect(calls).toBeGreaterThan(30)
    for (let at = 1; at <= calls; at++)
      for (const after of [false, true])
        await live({ at, after }).catch((cause: unknown) => {
          throw new Error(`died ${after ? 'after' : 'before'} call ${at}`, { cause })
        })
  }, 300_000)
}
