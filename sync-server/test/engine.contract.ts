/**
 * The built-in engine's own promises (ENGINE.md), on tables of any kind, read by the official client
 * straight from the engine.
 */
import type { ShapeRequest } from '@selene/shapes'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { systemClock } from '../src/core/clock.ts'
import type { Db, Queryable, Transaction } from '../src/db/db.ts'
import { createPgDb } from '../src/db/pg.ts'
import { createShapeEngine, type EngineOptions } from '../src/shape/engine/engine.ts'
import type { Upstream } from '../src/shape/upstream.ts'
import type { OpenedDatabase, TestDatabase } from './databases.ts'
import { follow, type Fetch, type Following, type FollowOptions } from './following.ts'
import { seeded } from './seeded.ts'

const items: ShapeRequest = {
  table: 'public.item',
  columns: ['id', 'label'],
  where: 'true',
  params: [],
}

export function engineContract(database: TestDatabase): void {
  let opened: OpenedDatabase
  let db: Db
  let engine: Upstream
  const closing: (() => unknown)[] = []

  const startEngine = (on: Db = db, options: EngineOptions = {}): Upstream =>
    createShapeEngine({ db: on, clock: systemClock }, options)
  const through =
    (upstream: Upstream, request: ShapeRequest): Fetch =>
    (http) =>
      upstream.read(request, new URL(http.url).searchParams, http.signal)
  function reader(request = items, options: FollowOptions = {}, upstream = engine): Following {
    const following = follow(through(upstream, request), options)
    closing.unshift(() => following.stop())
    return following
  }
  const get = async (query: string, request = items): Promise<Response> =>
    engine.read(request, new URLSearchParams(query), AbortSignal.timeout(5000))
  const write = async (sql: string): Promise<void> => {
    await db.script(sql)
    engine.changed()
  }
  const table = (following: Following): unknown =>
    [...following.rows].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
  const holds = (following: Following, ...rows: object[]): Promise<void> =>
    following.until(() => JSON.stringify(table(following)) === JSON.stringify(rows))

  beforeAll(async () => {
    opened = await database.open()
    db = opened.db
  })
  afterAll(() => opened.drop())
  beforeEach(async () => {
    await db.script(`
      DROP TABLE IF EXISTS item;
      CREATE TABLE item (id text PRIMARY KEY, label text, hidden integer);
      DELETE FROM shape.definitions`)
    engine = startEngine()
  })
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
    await engine.close()
  })

  describe('tables of any kind', () => {
    test('E10 every value is exactly what Postgres prints', async () => {
      const types = [
        ['smallint', '-1'],
        ['bigint', '9007199254740993'],
        ['numeric(20,4)', '12345.6700'],
        ['real', '0.1'],
        ['double precision', '-0.30000000000000004'],
        ['boolean', 'true'],
        ['text', 'a"b\\c,(d)\n é 😀'],
        ['varchar(9)', ''],
        ['char(4)', 'ab'],
        ['bytea', '\\x00ff5c'],
        ['uuid', 'd7a2c0f0-6a0e-4c7e-8b36-0d8d5a0b8a11'],
        ['date', '2026-02-28'],
        ['time', '01:02:03.5'],
        ['timestamp', '2026-02-28 01:02:03.000001'],
        ['timestamptz', '2026-02-28 01:02:03+00'],
        ['interval', 'P1Y2M3DT4H5M6S'],
        ['json', '{"a" :  [1]}'],
        ['jsonb', '{"a": [1]}'],
        ['inet', '::1/64'],
        ['int4range', '[1,5)'],
        ['integer[]', '{{1,NULL},{3,4}}'],
        ['text[]', '{"a,b","\\"q\\"",NULL}'],
        ['point', '(1,2.5)'],
        ['geometry(point,3857)', '0101000020110F0000000000000000F03F0000000000000040'],
      ] as const
      const columns = types.map(([type], index) => `c${index} ${type}`).join(', ')
      const request = {
        ...items,
        table: 'public.wide',
        columns: ['id', ...types.map((_, index) => `c${index}`)],
      }
      await db.script(
        `DROP TABLE IF EXISTS wide; CREATE TABLE wide (id integer PRIMARY KEY, ${columns})`,
      )
      const insert = (id: number) =>
        db.query(
          `INSERT INTO wide VALUES (${id}, ${types.map(([type], i) => `$${i + 1}::${type}`).join(', ')})`,
          types.map(([, text]) => text),
        )
      await insert(1)
      const asText = {
        parser: Object.fromEntries(
          ['int2', 'int4', 'int8', 'float4', 'float8', 'bool', 'json', 'jsonb'].map((type) => [
            type,
            (text: string) => text,
          ]),
        ),
      }
      const raw = async (query: string): Promise<Record<string, string>> => {
        const messages = (await (await get(query, request)).json()) as { value: object }[]
        return messages[0]!.value as Record<string, string>
      }
      const printed = types.map(([type, text]) => (type === 'boolean' ? 'true' : text))
      const first = await get('offset=-1', request)
      const handle = first.headers.get('electric-handle')!
      await insert(2)
      await db.query(`INSERT INTO wide (id) VALUES (3)`)
      for (const query of ['offset=-1', `offset=0_inf&handle=${handle}`]) {
        const { id: _, ...values } = await raw(query)
        expect(Object.values(values)).toEqual(printed)
      }
      const following = reader(request, asText)
      await following.until(() => following.rows.size === 3)
      expect([...following.rows.values()].at(-1)).toEqual(
        Object.fromEntries([['id', '3'], ...types.map((_, index) => [`c${index}`, null])]),
      )
    })

    test('names may be as odd as Postgres allows', async () => {
      await db.script(`
        DROP SCHEMA IF EXISTS "Odd.one" CASCADE;
        CREATE SCHEMA "Odd.one";
        CREATE TABLE "Odd.one"."a ""b"" 'c'/n" ("Id /" text, "select" text, "$1" text, PRIMARY KEY ("select", "Id /"))`)
      const request: ShapeRequest = {
        table: `"Odd.one"."a ""b"" 'c'/n"`,
        columns: ['Id /', 'select', '$1'],
        where: `"a ""b"" 'c'/n"."select" <> $1`,
        params: ["it's"],
      }
      const insert = (id: string, select: string) =>
        db.query(`INSERT INTO "Odd.one"."a ""b"" 'c'/n" VALUES ($1, $2, 'x')`, [id, select])
      await insert('a/b', 'é')
      const following = reader(request)
      await following.until(() => following.rows.size === 1)
      await insert('x', "it's")
      await insert('y', 'z')
      engine.changed()
      await following.until(() => following.rows.size === 2)
      expect([...following.rows.keys()]).toEqual([
        `"Odd..one"."a "b" 'c'/n"/"é"/"a//b"`,
        `"Odd..one"."a "b" 'c'/n"/"z"/"y"`,
      ])
    })

    test('what does not fit the table is told', async () => {
      await db.script('DROP TABLE IF EXISTS keyless; CREATE TABLE keyless (id integer)')
      const faults = async (request: Partial<ShapeRequest>): Promise<unknown> =>
        (await get('offset=-1', { ...items, ...request })).json()
      const invalid = (errors: Record<string, string>) => ({
        message: 'Invalid request',
        errors: Object.fromEntries(Object.entries(errors).map(([field, text]) => [field, [text]])),
      })
      expect(await faults({ table: 'public.none' })).toEqual(
        invalid({
          table:
            'Table "public"."none" does not exist. If the table name contains capitals or special ' +
            'characters you must quote it.',
        }),
      )
      expect(await faults({ table: 'public.keyless', columns: ['id'] })).toEqual(
        invalid({ table: 'Table public.keyless has no primary key' }),
      )
      expect(await faults({ columns: ['id', 'nothing'] })).toEqual(
        invalid({ columns: 'The following columns are not found on the table: nothing' }),
      )
      expect(await faults({ columns: ['label'] })).toEqual(
        invalid({
          columns: 'The list of columns must include all primary key columns, missing: id',
        }),
      )
    })
  })

  describe('changes', () => {
    test('a where decides by the whole row, before and after', async () => {
      const request = { ...items, where: 'hidden > $1', params: ['5'] }
      const following = reader(request)
      await holds(following)
      await write(`INSERT INTO item VALUES ('a', 'x', 6), ('b', 'x', 5), ('c', 'x', NULL)`)
      await holds(following, { id: 'a', label: 'x' })
      await write(`UPDATE item SET hidden = coalesce(hidden, 0) + 1`)
      await holds(following, { id: 'a', label: 'x' }, { id: 'b', label: 'x' })
      await write(`UPDATE item SET hidden = 0 WHERE id = 'a'`)
      await holds(following, { id: 'b', label: 'x' })
      expect(following.changes.map(({ headers }) => headers.operation)).toEqual([
        'insert',
        'insert',
        'delete',
      ])
    })

    test('an update that changes nothing the reader sees is not told', async () => {
      await db.script(`INSERT INTO item VALUES ('a', 'x', 1)`)
      const following = reader()
      await holds(following, { id: 'a', label: 'x' })
      await write('UPDATE item SET hidden = 2; UPDATE item SET label = label')
      await write(`UPDATE item SET label = NULL`)
      await holds(following, { id: 'a', label: null })
      expect(following.changes).toHaveLength(2)
    })

    test('a changed key is a row gone and a row come, even when keys change places', async () => {
      await db.script(`INSERT INTO item VALUES ('1', 'one', 1), ('2', 'two', 1)`)
      const following = reader()
      await holds(following, { id: '1', label: 'one' }, { id: '2', label: 'two' })
      await write(`UPDATE item SET id = (id::integer + 5)::text`)
      await holds(following, { id: '6', label: 'one' }, { id: '7', label: 'two' })
    })

    test('E1 many changes of a row in one transaction come in their order, upserts too', async () => {
      const following = reader()
      await holds(following)
      await write(`
        BEGIN;
        INSERT INTO item VALUES ('a', '1');
        UPDATE item SET label = '2';
        DELETE FROM item;
        INSERT INTO item VALUES ('a', '3') ON CONFLICT (id) DO UPDATE SET label = '4';
        INSERT INTO item VALUES ('a', '3'), ('b', '5') ON CONFLICT (id) DO UPDATE SET label = '4';
        COMMIT`)
      await holds(following, { id: 'a', label: '4' }, { id: 'b', label: '5' })
    })

    test('E1 what was rolled back, whole or to a savepoint, is never told', async () => {
      const following = reader()
      await holds(following)
      const insert = (tx: Transaction, id: string) => tx.query('INSERT INTO item VALUES ($1)', [id])
      const undone = db.transaction(async (tx) => {
        await insert(tx, 'a')
        throw new RangeError('undone')
      })
      await expect(undone).rejects.toThrow(RangeError)
      await db.transaction(async (tx) => {
        await insert(tx, 'b')
        const part = tx.savepoint(async () => {
          await insert(tx, 'c')
          throw new RangeError('undone')
        })
        await expect(part).rejects.toThrow(RangeError)
        await insert(tx, 'd')
      })
      engine.changed()
      await holds(following, { id: 'b', label: null }, { id: 'd', label: null })
      expect(following.changes).toHaveLength(2)
    })

    test('E7 a table of another form starts readers anew', async () => {
      await db.script(`INSERT INTO item VALUES ('a', 'x', 1)`)
      const following = reader()
      await holds(following, { id: 'a', label: 'x' })
      await db.script(
        `ALTER TABLE item DROP COLUMN hidden; ALTER TABLE item ADD COLUMN more integer`,
      )
      await write(`INSERT INTO item VALUES ('b', 'y', 2)`)
      await following.until(() => following.refetches() === 1)
      await holds(following, { id: 'a', label: 'x' }, { id: 'b', label: 'y' })
      following.stop()
      await db.script(`DROP TABLE item; CREATE TABLE item (id text PRIMARY KEY, label text)`)
      await write(`INSERT INTO item VALUES ('c', 'z')`)
      const after = reader(items, following.place())
      await holds(after, { id: 'c', label: 'z' })
      expect([following.refetches(), after.refetches()]).toEqual([1, 1])
    })

    test('E6 a wake may come from any process: a notification is enough', async () => {
      const following = reader()
      await holds(following)
      await db.script(`INSERT INTO item VALUES ('a')`)
      await db.query(`SELECT pg_notify('selene_shape', 'another process')`)
      await holds(following, { id: 'a', label: null })
    })
  })

  test('E6 a reader of one owner’s rows is woken by them, however the owner is written', async () => {
    await db.script(
      `DROP TABLE IF EXISTS owned; CREATE TABLE owned (id integer PRIMARY KEY, owner uuid)`,
    )
    const owner = 'AAAAAAAA-aaaa-4aaa-8aaa-aaaaaaaaaaaa'
    const request: ShapeRequest = {
      table: 'public.owned',
      columns: ['id'],
      where: '"owner" = $1',
      params: [owner],
    }
    const following = reader(request)
    await holds(following)
    await write(`INSERT INTO owned VALUES (1, '${owner}'), (2, gen_random_uuid()), (3, NULL)`)
    await holds(following, { id: 1 })
    await write(`UPDATE owned SET owner = NULL`)
    await holds(following)
  })

  test('E7 many who ask at once get one shape, and none drops another’s', async () => {
    await db.script(`INSERT INTO item VALUES ('a')`)
    const other = startEngine()
    closing.push(() => other.close())
    const ask = (upstream: Upstream) =>
      upstream.read(items, new URLSearchParams('offset=-1'), AbortSignal.timeout(5000))
    const answers = await Promise.all([engine, other, engine, other, engine, other].map(ask))
    const handles = answers.map(({ headers }) => headers.get('electric-handle'))
    expect(new Set(handles).size).toBe(1)
  })

  test('E9 a log of another cluster is forgotten, and its readers start anew', async () => {
    await db.script(`INSERT INTO item VALUES ('a')`)
    const before = reader()
    await holds(before, { id: 'a', label: null })
    before.stop()
    await write(`INSERT INTO item VALUES ('b')`)
    await engine.close()
    const later = `xid = (xid::text::bigint + 9000000000)::text::xid8`
    await db.script(`UPDATE shape.changes SET ${later}; UPDATE shape.transactions SET ${later}`)
    engine = startEngine()
    const after = reader(items, { ...before.place(), rows: before.rows })
    await holds(after, { id: 'a', label: null }, { id: 'b', label: null })
    expect(after.refetches()).toBe(1)
  })

  describe('E1 transactions come whole, in an order in which they could have happened', () => {
    const accounts = 8
    const total = 100 * accounts

    /** Moves random amounts between random rows; some give up halfway. */
    async function transfers(on: Db, random: () => number, count: number): Promise<void> {
      const pick = (): string => String(Math.floor(random() * accounts))
      for (let i = 0; i < count; i++) {
        const moves = Array.from({ length: 1 + Math.floor(random() * 3) }, () => ({
          from: pick(),
          to: pick(),
          amount: Math.floor(random() * 50),
        }))
        const givesUp = random() < 0.15
        const done = on.transaction(async (tx) => {
          // A second, as is usual, would be most of the test.
          await tx.script(`SET LOCAL deadlock_timeout = '5ms'`)
          for (const { from, to, amount } of moves) {
            await move(tx, from, -amount)
            await move(tx, to, amount)
          }
          if (givesUp) throw new RangeError('gives up')
        })
        // Deadlocks are part of the game: Postgres undoes one of the two.
        await done.catch((error: unknown) => {
          if (!(error instanceof RangeError) && (error as { code?: string }).code !== '40P01')
            throw error
        })
        engine.changed()
      }
    }
    /** As an update, or as a row gone, another come, and its key changed. */
    async function move(tx: Queryable, id: string, amount: number): Promise<void> {
      const moved =
        amount % 5 === 0
          ? await tx.query(
              `WITH gone AS (DELETE FROM item WHERE id = $1 RETURNING *)
               INSERT INTO item SELECT 'n' || id, (label::integer + $2::integer)::text FROM gone
               RETURNING id`,
              [id, amount],
            )
          : await tx.query(
              `UPDATE item SET label = (label::integer + $2::integer)::text WHERE id = $1 RETURNING id`,
              [id, amount],
            )
      // Another writer put a new row in the place of the one this statement waited for.
      if (moved.length === 0) throw new RangeError('gives up')
      await tx.query(`UPDATE item SET id = $1 WHERE id = 'n' || $1`, [id])
    }
    const sum = (rows: ReadonlyMap<string, unknown>): number =>
      [...rows.values()].reduce<number>(
        (all, row) => all + Number((row as { label: string }).label),
        0,
      )

    test('random writers, several readers: each sees whole transactions, and all of them in the end', async () => {
      const random = seeded('engine')
      await db.query(
        `INSERT INTO item SELECT n::text, '100', 0 FROM generate_series(0, $1::integer - 1) n`,
        [accounts],
      )
      const check = (rows: ReadonlyMap<string, unknown>): void => {
        expect({ seed: random.seed, rows: rows.size, sum: sum(rows) }).toEqual({
          seed: random.seed,
          rows: accounts,
          sum: total,
        })
      }
      const options = { onUpToDate: check }
      const small = startEngine(db, { chunkBytes: 200 })
      closing.push(() => small.close())
      const readers = [reader(items, options), reader(items, options, small)]
      const writers = Array.from({ length: 4 }, () => transfers(db, random.next, 40))
      const newcomers = (async () => {
        for (let i = 0; i < 5; i++) {
          const newcomer = reader({ ...items, where: `'${i}' = '${i}'` }, options)
          await newcomer.until(() => true)
          readers.push(newcomer)
        }
      })()
      await Promise.all([...writers, newcomers])
      await db.query(`UPDATE item SET hidden = 1, label = label || ' '`)
      engine.changed()
      small.changed()
      const truth = await db.query<{ id: string; label: string }>(
        'SELECT id, label FROM item ORDER BY id',
      )
      await Promise.all(readers.map((each) => holds(each, ...truth)))
    })
  })

  if (database.name !== 'postgres') return

  describe('among other transactions', () => {
    /** A transaction of its own connection, ended when the test says so. */
    async function openTransaction(work: (tx: Transaction) => Promise<unknown>) {
      const own = createPgDb({ url: opened.url!, connections: 1 })
      const ready = Promise.withResolvers<void>()
      const { promise: end, resolve: commit, reject: rollBack } = Promise.withResolvers<void>()
      const done = own.transaction(async (tx) => {
        await work(tx)
        ready.resolve()
        await end
      })
      closing.push(() => {
        commit()
        return own.close()
      })
      await ready.promise
      return {
        commit: async () => {
          commit()
          await done
        },
        rollBack: async () => {
          rollBack(new RangeError('undone'))
          await expect(done).rejects.toThrow(RangeError)
        },
      }
    }
    const insert = (id: string) => (tx: Queryable) => tx.query('INSERT INTO item VALUES ($1)', [id])

    test('E2 a change with a lower number that commits later is not missed', async () => {
      const following = reader()
      await holds(following)
      const early = await openTransaction(insert('early'))
      await write(`INSERT INTO item VALUES ('late')`)
      await early.commit()
      await holds(following, { id: 'early', label: null }, { id: 'late', label: null })
      expect(following.changes).toHaveLength(2)
    })

    test('E2 a number whose transaction is undone holds nothing up for good', async () => {
      const following = reader()
      await holds(following)
      const early = await openTransaction(insert('early'))
      await write(`INSERT INTO item VALUES ('late')`)
      await early.rollBack()
      await holds(following, { id: 'late', label: null })
    })

    test('E2 an open transaction that has taken no number holds nothing up', async () => {
      await db.script('DROP TABLE IF EXISTS elsewhere; CREATE TABLE elsewhere (id text)')
      const following = reader()
      await holds(following)
      const idle = await openTransaction((tx) => tx.query(`INSERT INTO elsewhere VALUES ('x')`))
      await write(`INSERT INTO item VALUES ('a')`)
      await holds(following, { id: 'a', label: null })
      await idle.commit()
    })

    test('E1 two changes of one row come in the order of their commits, whoever began first', async () => {
      await db.script(`INSERT INTO item VALUES ('row', '0')`)
      const following = reader()
      await holds(following, { id: 'row', label: '0' })
      const first = await openTransaction(insert('first'))
      const between = await openTransaction(insert('between'))
      await write(`UPDATE item SET label = 'second' WHERE id = 'row'`)
      await first.rollBack()
      const third = await openTransaction((tx) =>
        tx.query(`UPDATE item SET label = 'third' WHERE id = 'row'`),
      )
      await third.commit()
      await between.commit()
      await holds(following, { id: 'between', label: null }, { id: 'row', label: 'third' })
      expect(
        following.changes.flatMap(({ value }) => (value['id'] === 'row' ? [value['label']] : [])),
      ).toEqual(['0', 'second', 'third'])
    })

    test('E3 a row written before there were triggers, and committed after, is not missed', async () => {
      const open = await openTransaction(insert('open'))
      const following = reader()
      const waits = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database()
        AND wait_event_type = 'Lock' AND query LIKE 'CREATE OR REPLACE TRIGGER%'`
      for (let found: object[] = []; found.length === 0;) found = await db.query(waits)
      // However long that takes, no snapshot is made without triggers.
      for (let i = 0; i < 50; i++)
        expect(await db.query('SELECT handle FROM shape.definitions')).toEqual([])
      await open.commit()
      await write(`INSERT INTO item VALUES ('then')`)
      await holds(following, { id: 'open', label: null }, { id: 'then', label: null })
      expect(following.changes).toHaveLength(2)
    })

    test('E4 a snapshot beside an open transaction lacks its rows, and its commit comes as a change', async () => {
      await engine.close()
      engine = startEngine()
      await db.script(`INSERT INTO item VALUES ('there')`)
      const warm = reader({ ...items, where: '1 = 1' })
      await holds(warm, { id: 'there', label: null })
      const open = await openTransaction(insert('open'))
      await write(`INSERT INTO item VALUES ('beside')`)
      const following = reader()
      await holds(following, { id: 'beside', label: null }, { id: 'there', label: null })
      await write(`INSERT INTO item VALUES ('more')`)
      await open.commit()
      const rows = ['beside', 'more', 'open', 'there'].map((id) => ({ id, label: null }))
      await holds(following, ...rows)
      expect(following.changes).toHaveLength(4)
    })

    test('E2 a place inside a transaction proves that the transaction has ended', async () => {
      await engine.close()
      engine = startEngine(db, { chunkBytes: 1 })
      const handle = (await get('offset=-1')).headers.get('electric-handle')!
      await db.script(`INSERT INTO item VALUES ('a'), ('b'), ('c')`)
      const first = await get(`offset=0_inf&handle=${handle}`)
      const place = first.headers.get('electric-offset')!
      expect(await first.json()).toMatchObject([{ value: { id: 'a' } }])
      const open = await openTransaction(insert('open'))
      await engine.close()
      engine = startEngine()
      const rest = await get(`offset=${place}&handle=${handle}`)
      expect(await rest.json()).toMatchObject([
        { value: { id: 'b' } },
        { value: { id: 'c' }, headers: { last: true } },
        { headers: { control: 'up-to-date' } },
      ])
      await open.commit()
    })

    test('E2 a restart beside an open transaction goes on where readers are', async () => {
      const before = reader()
      await holds(before)
      await write(`INSERT INTO item VALUES ('a')`)
      await holds(before, { id: 'a', label: null })
      before.stop()
      const open = await openTransaction(insert('open'))
      await engine.close()
      engine = startEngine()
      const after = reader(items, { ...before.place(), rows: before.rows })
      await holds(after, { id: 'a', label: null })
      await open.commit()
      await holds(after, { id: 'a', label: null }, { id: 'open', label: null })
      expect([after.refetches(), after.changes.length]).toEqual([0, 1])
    })

    test('E6 processes share shapes: one handle, and a change in one wakes readers of the other', async () => {
      const elsewhere = createPgDb({ url: opened.url! })
      const other = startEngine(elsewhere)
      closing.push(async () => {
        await other.close()
        await elsewhere.close()
      })
      const [here, there] = [reader(), reader(items, {}, other)]
      await Promise.all([holds(here), holds(there)])
      expect(there.place().handle).toBe(here.place().handle)
      await write(`INSERT INTO item VALUES ('a')`)
      await Promise.all([here, there].map((each) => holds(each, { id: 'a', label: null })))
    })
  })
}
