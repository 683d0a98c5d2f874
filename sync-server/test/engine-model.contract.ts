/**
 * The engine against a model: random writers on several connections, random commits and rollbacks, readers
 * of several shapes that stop and go on again, the engine started anew in between. Every reader ends with the
 * table's rows, and was never told of half a transaction.
 */
import type { Row } from '@electric-sql/client'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { systemClock } from '../src/core/clock.ts'
import type { Db, Transaction } from '../src/db/db.ts'
import { createPgDb } from '../src/db/pg.ts'
import { createShapeEngine, type ShapeEngine } from '../src/shape/engine/engine.ts'
import { createShapeServer } from '../src/shape/engine/serve.ts'
import type { OpenedDatabase, TestDatabase } from './databases.ts'
import { follow, type Following } from './following.ts'
import { seeded } from './seeded.ts'

const owners = ['ada', 'bea', 'cay']
const mostId = 12

/**
 * Rows of the table. Each transaction that commits leaves the sum of `amount` at zero and counts itself in the
 * row 0, so that a reader who holds another sum, or sees the count go back, was told wrong.
 */
const table = `
  DROP TABLE IF EXISTS entry;
  CREATE TABLE entry (id integer PRIMARY KEY, owner text NOT NULL, amount integer NOT NULL, note text);
  INSERT INTO entry VALUES (0, 'all', 0, '0')`

type Random = () => number

/** A reader that can be stopped and goes on where it was. */
interface Reader {
  readonly params: { readonly table: string; readonly where?: string }
  readonly liveSse: boolean
  readonly truth: string
  readonly isWhole: boolean
  following: Following
  /** Where it was up to date, and what it held there. */
  saved: { place: ReturnType<Following['place']>; rows: ReadonlyMap<string, Row> } | undefined
}

export function modelContract(database: TestDatabase): void {
  let opened: OpenedDatabase
  let db: Db
  const closing: (() => Promise<unknown>)[] = []

  beforeAll(async () => {
    opened = await database.open()
    db = opened.db
  })
  afterAll(() => opened.drop())
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })

  /** One step of a transaction that keeps the sum. */
  async function step(tx: Transaction, random: Random): Promise<void> {
    const id = (): number => 1 + Math.floor(random() * mostId)
    const owner = owners[Math.floor(random() * owners.length)]!
    const amount = Math.floor(random() * 20) - 10
    const [a, b] = [id(), id()]
    const kinds: (() => Promise<unknown>)[] = [
      // Two rows, or one that cancels itself.
      () =>
        tx.query(
          `INSERT INTO entry VALUES ($1, $2, $3, 'new')
           ON CONFLICT (id) DO UPDATE SET amount = entry.amount + excluded.amount`,
          [a, owner, amount],
        ),
      () => tx.query(`UPDATE entry SET owner = $2, note = note || 'x' WHERE id = $1`, [a, owner]),
      () =>
        tx.query(
          `UPDATE entry SET id = $2::integer WHERE id = $1::integer
             AND NOT EXISTS (SELECT FROM entry WHERE id = $2::integer)`,
          [a, b],
        ),
      () => tx.query('DELETE FROM entry WHERE id = $1', [a]),
      () => tx.query('UPDATE entry SET note = NULL WHERE id <> 0 AND id % 3 = $1', [a % 3]),
    ]
    await kinds[Math.floor(random() * kinds.length)]!()
  }

  /** Mends the sum and counts, in the row that every transaction changes. */
  const finish = (tx: Transaction): Promise<unknown> =>
    tx.query(
      `UPDATE entry SET note = (note::integer + 1)::text,
         amount = - (SELECT coalesce(sum(amount), 0) FROM entry WHERE id <> 0) WHERE id = 0`,
    )

  async function writeRandomly(on: Db, random: Random, count: number, done: () => void) {
    for (let i = 0; i < count; i++) {
      const steps = 1 + Math.floor(random() * 4)
      const givesUp = random() < 0.25
      const undoesPart = random() < 0.25
      const work = on.transaction(async (tx) => {
        await tx.script(`SET LOCAL deadlock_timeout = '5ms'`)
        // Writers take turns at the row that counts, so that the sum each sees is the one that it leaves.
        const isLate = random() < 0.5
        if (!isLate) await tx.query('SELECT FROM entry WHERE id = 0 FOR UPDATE')
        for (let n = 0; n < steps; n++) {
          if (isLate && n > 0) await tx.query('SELECT FROM entry WHERE id = 0 FOR UPDATE')
          await step(tx, random)
        }
        if (undoesPart)
          await tx
            .savepoint(async () => {
              await step(tx, random)
              throw new RangeError('undone')
            })
            .catch((error: unknown) => {
              if (!(error instanceof RangeError)) throw error
            })
        await tx.query('SELECT FROM entry WHERE id = 0 FOR UPDATE')
        await finish(tx)
        if (givesUp) throw new RangeError('gives up')
      })
      await work.catch((error: unknown) => {
        const code = (error as { code?: string }).code ?? ''
        // Deadlocks and keys that another writer was first to take are part of the game.
        if (!(error instanceof RangeError) && !['40P01', '23505'].includes(code)) throw error
      })
      done()
    }
  }

  function checkWhole(seed: number) {
    let counted = -1
    return (rows: ReadonlyMap<string, Row>): void => {
      const values = [...rows.values()]
      const count = Number(values.find((row) => row['id'] === 0)?.['note'])
      const sum = values.reduce((all, row) => all + Number(row['amount']), 0)
      expect({ seed, sum, isForward: count >= counted }).toEqual({ seed, sum: 0, isForward: true })
      counted = count
    }
  }

  test('random transactions, readers that come and go, an engine that starts anew', async () => {
    const random = seeded('shape model')
    await db.script(table)
    let engine: ShapeEngine
    let serve: (request: Request) => Promise<Response>
    const start = (): void => {
      engine = createShapeEngine(
        { db, clock: systemClock },
        { longPollMs: 2000, eventsMs: 1500, chunkBytes: 700, wakesItself: random.next() < 0.5 },
      )
      serve = createShapeServer({ engine, report: () => {} })
    }
    start()
    closing.push(() => engine.close())
    function connect(reader: Omit<Reader, 'following'>): Following {
      const check = reader.isWhole ? checkWhole(random.seed) : () => {}
      const { saved } = reader
      const following = follow((request) => serve(request), {
        url: 'http://shapes.test/v1/shape',
        params: reader.params,
        liveSse: reader.liveSse,
        ...(saved && { ...saved.place, rows: saved.rows }),
        // A client knows its next place before it tells what comes before it: the two are saved together.
        onUpToDate(rows) {
          check(rows)
          if (readers.some((each) => each.following === following))
            reader.saved = { place: following.place(), rows: new Map(rows) }
        },
      })
      return following
    }
    const readers: Reader[] = [
      { where: undefined, truth: 'true', isWhole: true },
      { where: `owner = 'ada'`, truth: `owner = 'ada'`, isWhole: false },
      { where: 'amount > 0', truth: 'amount > 0', isWhole: false },
      {
        where: `owner = 'bea' AND id % 2 = 0`,
        truth: `owner = 'bea' AND id % 2 = 0`,
        isWhole: false,
      },
    ].flatMap(({ where, ...rest }) =>
      [false, true].map((liveSse) => {
        const params = { table: 'entry', ...(where && { where }) }
        return { params, liveSse, ...rest, saved: undefined } as Omit<Reader, 'following'> as Reader
      }),
    )
    for (const each of readers) each.following = connect(each)
    closing.unshift(async () => readers.forEach(({ following }) => following.stop()))

    const connections = Array.from({ length: 3 }, () =>
      opened.url === undefined ? db : createPgDb({ url: opened.url, connections: 1 }),
    )
    const state = { isOver: false }
    const writers = Promise.all(
      connections.map((on) => writeRandomly(on, random.next, 40, () => engine.changed())),
    ).finally(() => (state.isOver = true))

    /** Stops a reader and lets another go on from there; a new engine now and then. */
    async function disturb(): Promise<void> {
      while (!state.isOver) {
        const reader = readers[Math.floor(random.next() * readers.length)]!
        await reader.following.until(() => true)
        reader.following.stop()
        if (random.next() < 0.25) {
          const old = engine
          start()
          await old.close()
        }
        reader.following = connect(reader)
      }
    }
    await Promise.all([writers, disturb()])
    for (const on of connections) if (on !== db) await on.close()
    engine!.changed()
    for (const { following, truth } of readers) {
      const rows = await db.query(`SELECT * FROM entry WHERE ${truth} ORDER BY id`)
      const held = (): string =>
        JSON.stringify(
          [...following.rows.values()].toSorted((a, b) => Number(a['id']) - Number(b['id'])),
        )
      await following.until(() => held() === JSON.stringify(rows))
    }
    expect({
      seed: random.seed,
      refetches: readers.map(({ following }) => following.refetches()),
    }).toEqual({ seed: random.seed, refetches: readers.map(() => 0) })
  })
}
