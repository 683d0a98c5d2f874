/** The first rows of a large shape are what they would be in a small one, whatever way they come. */
import type { ShapeRequest } from '@selene/shapes'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '../src/core/clock.ts'
import type { Db } from '../src/db/db.ts'
import { createShapeEngine, type EngineOptions } from '../src/shape/engine/engine.ts'
import type { OpenedDatabase, TestDatabase } from './databases.ts'

export function manyContract(database: TestDatabase): void {
  let opened: OpenedDatabase
  let db: Db
  beforeAll(async () => {
    opened = await database.open()
    db = opened.db
  })
  afterAll(() => opened.drop())

  test('E10 many rows are told as few are, whatever is in them and in the question', async () => {
    await db.script(`
      DROP TABLE IF EXISTS "od""d";
      CREATE TABLE "od""d" (id text, n integer, kind char(4), flags bit(3), label text, whole boolean,
        at interval, PRIMARY KEY (n, id));
      INSERT INTO "od""d" SELECT i || '/"\\' || chr(i % 31 + 1), i, 'k' || i % 2, (i % 8)::bit(3),
          CASE WHEN i % 3 > 0 THEN repeat(chr(i + 30), i) END, i % 2 = 0, i * interval '1 hour'
        FROM generate_series(1, 300) i`)
    const request: ShapeRequest = {
      table: '"od""d"',
      columns: ['id', 'n', 'kind', 'flags', 'label', 'whole', 'at'],
      where: `kind = $1 AND flags <> $2 AND n = ANY ($3) AND at < $4 AND label IS DISTINCT FROM $5 || '!'`,
      params: [
        'k1',
        '111',
        `{${Array.from({ length: 600 }, (_, n) => n).join()}}`,
        'P90D',
        "it's\\",
      ],
    }
    const raw = async (response: Response) => {
      const told = (await response.json()) as { key?: string }[]
      return told.filter(({ key }) => key !== undefined)
    }
    /** All of them, one answer after the other. */
    const all = async (options: EngineOptions) => {
      await db.script('DELETE FROM shape.definitions')
      const engine = createShapeEngine({ db, clock: systemClock }, { ...options, storeAfterMs: 0 })
      const get = (query: string): Promise<Response> =>
        engine.read(request, new URLSearchParams(query), AbortSignal.timeout(5000))
      const found: unknown[] = []
      const first = await get('offset=-1')
      found.push(...(await raw(first)))
      const handle = first.headers.get('electric-handle')!
      for (let offset = first.headers.get('electric-offset')!; ;) {
        const next = await get(`offset=${offset}&handle=${handle}`)
        expect(next.status).toBe(200)
        found.push(...(await raw(next)))
        if (next.headers.has('electric-up-to-date')) break
        offset = next.headers.get('electric-offset')!
      }
      await engine.close()
      return found
    }
    const key = (message: unknown): string => (message as { key: string }).key
    const sorted = (list: unknown[]) => list.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
    const few = await all({})
    const many = await all({ chunkBytes: 5000 })
    expect(few.length).toBe(113)
    expect(sorted(many)).toEqual(sorted(few))
  })
}
