/** The laws of the database port, for every implementation. */
import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Db, Transaction } from '../src/db/db.ts'
import type { OpenedDatabase, TestDatabase } from './databases.ts'

const waiting = 24

/** A promise and its resolver, to hold a transaction open until the test says so. */
function gate(): { opened: Promise<void>; open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { opened: promise, open: resolve }
}

const notifyOn = (on: Pick<Db, 'query'>, payload: string) =>
  on.query(`SELECT pg_notify('heard', $1)`, [payload])

/** Resolves once `channel` has been heard `times` times, with the payloads. */
async function hears(db: Db, channel: string, times: number) {
  const { promise, resolve } = Promise.withResolvers<string[]>()
  const payloads: string[] = []
  const stop = await db.listen(channel, (payload) => {
    if (payloads.push(payload) === times) resolve(payloads)
  })
  return { payloads, all: promise, stop }
}

export function dbContract(database: TestDatabase): void {
  let opened: OpenedDatabase
  let db: Db
  beforeAll(async () => {
    opened = await database.open({ waiting })
    db = opened.db
    await db.script('CREATE TABLE item (id integer PRIMARY KEY, label text UNIQUE)')
  })
  afterAll(() => opened.drop())

  const labels = async (): Promise<unknown[]> =>
    (await db.query<{ label: string }>('SELECT label FROM item ORDER BY id')).map((r) => r.label)
  const add = (id: number, label: string, on: Pick<Db, 'query'> = db) =>
    on.query('INSERT INTO item (id, label) VALUES ($1, $2)', [id, label])
  const clear = () => db.script('DELETE FROM item')

  describe('values', () => {
    const values: [type: string, value: unknown, same?: unknown][] = [
      ['bytea', new Uint8Array([0, 1, 127, 128, 255])],
      ['bytea', new Uint8Array(0)],
      ['bigint', 9_007_199_254_740_993n],
      ['bigint', 1n],
      ['integer', -7],
      ['timestamptz', new Date('2026-03-29T01:30:00.123Z')],
      ['date', '2026-02-28'],
      ['uuid', 'd7a2c0f0-6a0e-4c7e-8b36-0d8d5a0b8a11'],
      ['numeric', '12345678901234567890.10'],
      ['xid8', '18446744073709551615'],
      ['jsonb', '{"b":[1,null,"x"]}', { b: [1, null, 'x'] }],
      ['json', '"text"', 'text'],
      ['boolean', true],
      ['boolean', false],
      ['text', "it's — “ü”"],
      ['text', ''],
      ['double precision', 0.1],
      ['timestamp', '2026-03-29 01:30:00.5'],
      ['text[]', '{a,"b c"}'],
    ]
    test.each(values)('%s crosses both ways: %o', async (type, value, same = value) => {
      const sql = `SELECT $1::${type} AS value, pg_typeof($1::${type})::text AS type`
      const [row] = await db.query<{ value: unknown }>(sql, [value as string])
      expect(row!.value).toStrictEqual(same)
    })
    test('null is null in every type', async () => {
      const sql = 'SELECT $1::bytea AS a, $2::timestamptz AS b, $3::jsonb AS c, $4::bigint AS d'
      expect(await db.query(sql, [null, null, null, null])).toEqual([
        { a: null, b: null, c: null, d: null },
      ])
    })
    test('a statement that comes often is answered as any other, whatever becomes of its table', async () => {
      await db.script('CREATE TABLE changing (id integer)')
      const count = (on: Pick<Db, 'query'> = db) =>
        on.query<{ n: number }>('SELECT count(*)::integer AS n FROM changing WHERE id >= $1', [1], {
          often: true,
        })
      const add = () => db.query('INSERT INTO changing (id) VALUES (1)')
      for (let n = 1; n <= 8; n++) {
        await add()
        expect(await count()).toEqual([{ n }])
      }
      await db.script('ALTER TABLE changing ALTER id TYPE bigint, ADD note text')
      expect(await count()).toEqual([{ n: 8 }])
      await db.script('DROP TABLE changing; CREATE TABLE changing (id smallint)')
      expect(await db.transaction((tx) => count(tx))).toEqual([{ n: 0 }])
      await expect(
        db.query('SELECT 1 FROM no_such_table', [], { often: true }),
      ).rejects.toMatchObject({ code: '42P01' })
      await db.script('DROP TABLE changing')
    })
    test('bytea is a plain Uint8Array that owns its memory', async () => {
      const [row] = await db.query<{ bytes: Uint8Array }>("SELECT '\\x0102'::bytea AS bytes")
      expect(Object.getPrototypeOf(row!.bytes)).toBe(Uint8Array.prototype)
      expect(row!.bytes.buffer.byteLength).toBe(2)
    })
    test('a part of a larger buffer is stored as that part', async () => {
      const part = new Uint8Array([9, 1, 2, 9]).subarray(1, 3)
      const [row] = await db.query<{ hex: string }>("SELECT encode($1::bytea, 'hex') AS hex", [
        part,
      ])
      expect(row!.hex).toBe('0102')
    })
    test('values print alike on every connection', async () => {
      const sql = `SELECT '2026-01-02 03:04:05+02'::timestamptz::text AS at, '\\x0a'::bytea::text AS bytes,
        '1 day 2 hours'::interval::text AS span, (0.1::float8 + 0.2::float8)::text AS sum, '2026-01-02'::date::text AS day`
      expect(await db.query(sql)).toEqual([
        {
          at: '2026-01-02 01:04:05+00',
          bytes: '\\x0a',
          span: 'P1DT2H',
          sum: '0.30000000000000004',
          day: '2026-01-02',
        },
      ])
    })
  })

  describe('transactions', () => {
    test('a transaction commits whole', async () => {
      await clear()
      await db.transaction(async (tx) => {
        await add(1, 'a', tx)
        await add(2, 'b', tx)
      })
      expect(await labels()).toEqual(['a', 'b'])
    })
    test('a transaction commits not at all when its work throws, and the error comes out', async () => {
      await clear()
      const work = db.transaction(async (tx) => {
        await add(1, 'a', tx)
        throw new RangeError('changed my mind')
      })
      await expect(work).rejects.toThrow(RangeError)
      expect(await labels()).toEqual([])
    })
    test('a failed statement undoes the transaction and carries its SQLSTATE', async () => {
      await clear()
      const work = db.transaction(async (tx) => {
        await add(1, 'a', tx)
        await add(2, 'a', tx)
      })
      await expect(work).rejects.toMatchObject({ code: '23505' })
      expect(await labels()).toEqual([])
    })
    test('an error carries no value, parameter or statement', async () => {
      await clear()
      await add(1, 'planted')
      await db.script('CREATE TABLE checked (label text CHECK (label = $$ok$$))')
      const failing = [
        add(1, 'planted'),
        db.query('SELECT $1::text::integer', ['planted']),
        db.query('INSERT INTO checked VALUES ($1)', ['planted']),
        db.transaction((tx) => add(1, 'planted', tx)),
      ]
      for (const result of await Promise.allSettled(failing)) {
        const error = (result as PromiseRejectedResult).reason as Error
        expect(error).toMatchObject({ code: expect.stringMatching(/^2[23]/) })
        expect(inspect(error, { depth: null, showHidden: true })).not.toContain('planted')
      }
    })
    test('a commit that fails rejects, and the next call works', async () => {
      await db.script('CREATE TABLE deferred (id integer UNIQUE DEFERRABLE INITIALLY DEFERRED)')
      const work = db.transaction((tx) =>
        tx.script('INSERT INTO deferred VALUES (1); INSERT INTO deferred VALUES (1)'),
      )
      await expect(work).rejects.toMatchObject({ code: '23505' })
      expect(await db.query('SELECT * FROM deferred')).toEqual([])
    })
    test('a failed savepoint leaves the transaction usable', async () => {
      await clear()
      await db.transaction(async (tx) => {
        await add(1, 'a', tx)
        const failed = tx.savepoint(async () => {
          await add(2, 'b', tx)
          await tx.savepoint(() => add(3, 'c', tx))
          await add(1, 'again', tx)
        })
        await expect(failed).rejects.toMatchObject({ code: '23505' })
        await tx.savepoint(() => add(4, 'd', tx))
      })
      expect(await labels()).toEqual(['a', 'd'])
    })
    test('repeatable read sees one state; read only refuses to write', async () => {
      const options = { isolation: 'repeatable read', readOnly: true } as const
      const shown = await db.transaction(
        (tx) => tx.query(`SELECT current_setting('transaction_isolation') AS isolation`),
        options,
      )
      expect(shown).toEqual([{ isolation: 'repeatable read' }])
      await expect(db.transaction((tx) => add(9, 'z', tx), options)).rejects.toMatchObject({
        code: '25006',
      })
    })
    test('concurrent transactions are isolated and none is lost', async () => {
      await clear()
      await add(1, '0')
      const increments = Array.from({ length: 20 }, () =>
        db.transaction(async (tx) => {
          const [row] = await tx.query<{ label: string }>(
            'SELECT label FROM item WHERE id = 1 FOR UPDATE',
          )
          await tx.query('UPDATE item SET label = $1 WHERE id = 1', [
            String(Number(row!.label) + 1),
          ])
        }),
      )
      await Promise.all(increments)
      expect(await labels()).toEqual(['20'])
    })
    test('the database inside its own transaction is misuse, not a deadlock', async () => {
      const work = db.transaction(() => db.query('SELECT 1'))
      await expect(work).rejects.toThrow(TypeError)
      expect(await db.query('SELECT 1 AS one')).toEqual([{ one: 1 }])
    })
  })

  describe('copies', () => {
    const copied = async (query: string, on: Pick<Transaction, 'copy'>): Promise<Buffer> => {
      const messages: Buffer[] = []
      await on.copy(query, (message) => messages.push(Buffer.from(message)))
      return Buffer.concat(messages)
    }
    const field = (text: string): Buffer => {
      const length = Buffer.alloc(4)
      length.writeInt32BE(Buffer.byteLength(text))
      return Buffer.concat([length, Buffer.from(text)])
    }

    test('rows come as the binary format of COPY has them, in the transaction that reads them', async () => {
      await clear()
      const long = 'é'.repeat(100_000)
      const bytes = await db.transaction(async (tx) => {
        await add(1, 'a', tx)
        await tx.query('INSERT INTO item VALUES (2), (3)')
        const text = `CASE id WHEN 3 THEN repeat('é', 100000) ELSE label END`
        return copied(`SELECT id::text, ${text} FROM item ORDER BY id`, tx)
      })
      const [two, none] = [Buffer.from([0, 2]), Buffer.from([255, 255, 255, 255])]
      const rows = [
        two,
        field('1'),
        field('a'),
        two,
        field('2'),
        none,
        two,
        field('3'),
        field(long),
      ]
      expect(bytes.subarray(19)).toEqual(Buffer.concat([...rows, Buffer.from([255, 255])]))
    })
    test('a copy that fails says why, and can be undone by itself', async () => {
      await clear()
      await db.transaction(async (tx) => {
        await add(1, 'a', tx)
        const failing = tx.savepoint(() => copied('SELECT 1 / (id - 1) FROM item', tx))
        await expect(failing).rejects.toMatchObject({ code: '22012' })
        await add(2, 'b', tx)
      })
      expect(await labels()).toEqual(['a', 'b'])
    })
    test('what its taker throws comes out, and the connection goes on', async () => {
      const work = db.transaction(async (tx) => {
        const refuse = (): void => {
          throw new RangeError('enough')
        }
        await expect(tx.copy('SELECT generate_series(1, 9)', refuse)).rejects.toThrow(RangeError)
        return tx.query<{ one: number }>('SELECT 1 AS one')
      })
      expect(await work).toEqual([{ one: 1 }])
    })
  })

  describe('notifications', () => {
    test('are delivered after commit, in order, and never after a rollback', async () => {
      const heard = await hears(db, 'heard', 3)
      await db.transaction(async (tx) => {
        await notifyOn(tx, 'first')
        await notifyOn(tx, 'second')
        expect(heard.payloads).toEqual([])
      })
      const undone = db.transaction(async (tx) => {
        await notifyOn(tx, 'never')
        throw new RangeError('undone')
      })
      await expect(undone).rejects.toThrow(RangeError)
      await notifyOn(db, 'third')
      expect(await heard.all).toEqual(['first', 'second', 'third'])
      await heard.stop()
    })
    test('reach every listener of their channel and no other', async () => {
      const [one, two, other] = await Promise.all([
        hears(db, 'heard', 1),
        hears(db, 'heard', 1),
        hears(db, 'elsewhere', 1),
      ])
      await notifyOn(db, 'x')
      expect(await Promise.all([one.all, two.all])).toEqual([['x'], ['x']])
      await db.query(`SELECT pg_notify('elsewhere', 'y')`)
      expect(await other.all).toEqual(['y'])
      await Promise.all([one.stop(), two.stop(), other.stop()])
    })
    test('end for a listener that stopped', async () => {
      const stopped = await hears(db, 'heard', 1)
      await stopped.stop()
      const heard = await hears(db, 'heard', 1)
      await notifyOn(db, 'after')
      await heard.all
      expect(stopped.payloads).toEqual([])
      await heard.stop()
    })
    test('need a plain channel name', async () => {
      await expect(db.listen('a"; DROP TABLE item; --', () => {})).rejects.toThrow(TypeError)
    })
  })

  test('when too many callers wait, a call fails at once and later ones work', async () => {
    const held = gate()
    const running = gate()
    const blockers = Array.from({ length: 8 }, () =>
      db.transaction(async () => {
        running.open()
        await held.opened
      }),
    )
    await running.opened
    const calls = Array.from({ length: 40 }, () => db.query('SELECT 1 AS one'))
    const refused = await Promise.race(calls.map((call) => call.catch((error: unknown) => error)))
    expect(refused).toMatchObject({ code: 'server/overloaded', retryAfterSeconds: 1 })
    held.open()
    await Promise.all(blockers)
    const results = await Promise.allSettled(calls)
    expect(results.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0)
    expect(results.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0)
    expect(await db.query('SELECT 1 AS one')).toEqual([{ one: 1 }])
  })
}

/** What a closed database does; it leaves its database closed. */
export function dbCloseContract(database: TestDatabase): void {
  test('closing lets running calls finish and refuses new ones', async () => {
    const { db, drop } = await database.open()
    const held = gate()
    const begun = gate()
    const running = db.transaction(async (tx) => {
      begun.open()
      await held.opened
      return tx.query('SELECT 1 AS one')
    })
    await begun.opened
    const closed = db.close()
    await expect(db.query('SELECT 1')).rejects.toMatchObject({ code: 'server/unavailable' })
    held.open()
    expect(await running).toEqual([{ one: 1 }])
    await closed
    await drop()
  })
}
