import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { databases, type OpenedDatabase } from '../test/databases.ts'
import { runEngine, type EngineProgram } from '../test/engine-program.ts'
import { follow, type Following } from '../test/following.ts'
import { seeded } from '../test/seeded.ts'
import { createPgDb } from './db/pg.ts'

test.each([
  [[], '--database-url is missing'],
  [['--database-url', 'postgres://x', '--port', 'many'], '--port is not a number'],
  [['--database', 'postgres://x'], "Unknown option '--database'"],
])('%j: says what is wrong and exits with 1', async (args, complaint) => {
  const { code, complained } = await runEngine(args).ended
  expect(code).toBe(1)
  expect(complained).toContain(complaint)
})

const postgres = databases.find(({ name }) => name === 'postgres')

describe.skipIf(postgres === undefined)('npm run engine, on Postgres', () => {
  let opened: OpenedDatabase
  const closing: (() => unknown)[] = []
  beforeAll(async () => {
    opened = await postgres!.open()
  })
  afterAll(() => opened.drop())
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })

  function run(args: readonly string[] = [], environment: Record<string, string> = {}) {
    const engine = runEngine(['--database-url', opened.url!, ...args], environment)
    closing.push(() => {
      engine.kill('SIGKILL')
      return engine.ended
    })
    return engine
  }

  test('it makes its schema, serves any table under its flags, and stops with 0', async () => {
    await opened.db.script(`
      DROP SCHEMA shape CASCADE;
      CREATE TABLE fruit (id integer PRIMARY KEY, name text);
      INSERT INTO fruit VALUES (1, 'fig'), (2, 'plum')`)
    const flags = ['--port', '0', '--chunk-bytes', '1', '--cache-max-age', '7']
    const more = ['--cache-stale-age', '9', '--allow-shape-deletion']
    const engine = run([...flags, ...more], { ELECTRIC_SECRET: 'pit' })
    const url = await engine.ready
    const ask = (query: string, method = 'GET'): Promise<Response> =>
      fetch(new URL(`/v1/shape?table=fruit&secret=pit&${query}`, url), { method })
    const { status } = await fetch(new URL('/v1/shape?table=fruit&offset=-1', url))
    expect(status).toBe(401)
    const first = await ask('offset=-1')
    expect(await first.json()).toHaveLength(1)
    const handle = first.headers.get('electric-handle')
    const second = await ask(`offset=0_0&handle=${handle}`)
    expect(second.headers.get('cache-control')).toBe('public, max-age=7, stale-while-revalidate=9')
    const held = ask(`offset=0_inf&handle=${handle}&live=true`)
    await opened.db.script(`INSERT INTO fruit VALUES (3, 'pear')`)
    expect(await (await held).text()).toContain('pear')
    expect((await ask(`handle=${handle}`, 'DELETE')).status).toBe(202)
    const health = await fetch(new URL('/v1/health', url))
    expect(await health.json()).toEqual({ status: 'active' })
    engine.kill('SIGTERM')
    expect(await engine.ended).toEqual({ code: 0, complained: '' })
  })

  /** Writes small transactions, some of which are undone, until it is told to stop. */
  function writeOn(random: () => number) {
    const state = { isOver: false, committed: 0 }
    const db = createPgDb({ url: opened.url!, connections: 1 })
    async function write(): Promise<void> {
      while (!state.isOver) {
        const [id, other] = [Math.floor(random() * 20), Math.floor(random() * 20)]
        const givesUp = random() < 0.2
        await db
          .transaction(async (tx) => {
            await tx.query(
              `INSERT INTO tally VALUES ($1, 1) ON CONFLICT (id) DO UPDATE SET n = tally.n + 1`,
              [Math.min(id, other)],
            )
            if (id !== other)
              await tx.query('DELETE FROM tally WHERE id = $1', [Math.max(id, other)])
            if (givesUp) throw new RangeError('gives up')
          })
          .catch((error: unknown) => {
            if (!(error instanceof RangeError)) throw error
          })
        state.committed += 1
      }
    }
    const done = write().finally(() => db.close())
    return {
      committed: () => state.committed,
      async stop() {
        state.isOver = true
        await done
      },
    }
  }

  /** A whole answer or none: what a killed server began to say is as if it had not been said. */
  async function wholeAnswer(request: Request): Promise<Response> {
    const response = await fetch(request)
    const body = await response.arrayBuffer()
    return new Response(body, { status: response.status, headers: response.headers })
  }

  test(
    'E5 killed while others write: readers go on by the same handle, and end with the rows of the table',
    { timeout: 240_000 },
    async () => {
      const random = seeded('kill')
      await opened.db.script('CREATE TABLE tally (id integer PRIMARY KEY, n integer NOT NULL)')
      let engine: EngineProgram = run(['--port', '0'])
      const url = await engine.ready
      const readers: Following[] = []
      function join(where?: string): Following {
        const following = follow(wholeAnswer, {
          url: new URL('/v1/shape', url).href,
          params: { table: 'tally', ...(where && { where }) },
          backoffOptions: { initialDelay: 10, maxDelay: 200, multiplier: 2 },
        })
        readers.push(following)
        closing.unshift(() => following.stop())
        return following
      }
      await join().until(() => true)
      const handle = readers[0]!.place().handle
      await join('n % 2 = 0').until(() => true)
      const writers = [writeOn(random.next), writeOn(random.next)]
      closing.unshift(() => Promise.all(writers.map((writer) => writer.stop())))
      for (let round = 0; round < 4; round++) {
        const told = readers[0]!.changes.length
        await readers[0]!.until(() => readers[0]!.changes.length > told + 20)
        engine.kill('SIGKILL')
        await engine.ended
        engine = run(['--port', url.port])
        await engine.ready
        await join().until(() => true)
      }
      for (const writer of writers) await writer.stop()
      const rows = (where: string) =>
        opened.db.query<{ id: number; n: number }>(`SELECT * FROM tally WHERE ${where} ORDER BY id`)
      const all = JSON.stringify(await rows('true'))
      const even = JSON.stringify(await rows('n % 2 = 0'))
      for (const [index, reader] of readers.entries())
        await reader.until(
          () =>
            JSON.stringify(
              [...reader.rows.values()].toSorted((a, b) => Number(a['id']) - Number(b['id'])),
            ) === (index === 1 ? even : all),
        )
      expect({
        seed: random.seed,
        refetches: readers.map((reader) => reader.refetches()),
        handles: readers.filter((_, index) => index !== 1).map((reader) => reader.place().handle),
      }).toEqual({
        seed: random.seed,
        refetches: readers.map(() => 0),
        handles: readers.slice(1).map(() => handle),
      })
    },
  )
})
