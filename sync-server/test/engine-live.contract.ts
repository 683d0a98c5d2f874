/** What follows the first answers: waiting, streams of events, starting anew, and rows beside the stream. */
import { ShapeStream, type Message } from '@electric-sql/client'
import { describe, expect, test } from 'vitest'
import { createPgDb } from '../src/db/pg.ts'
import type { TestDatabase } from './databases.ts'
import { shapeServer, type Told } from './engine-server.ts'

/** Reads a stream of events as it comes. */
function eventsOf(response: Response) {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  let isOver = false
  async function more(): Promise<void> {
    const { done, value } = await reader.read()
    isOver = done
    text += value ?? ''
  }
  return {
    /** Messages up to and with the next up-to-date, or all when the stream ends before. */
    async batch(): Promise<Told[]> {
      for (;;) {
        const end = text.indexOf('\n\n', text.indexOf('"up-to-date"'))
        if (text.includes('"up-to-date"') || isOver) {
          const taken = isOver && !text.includes('"up-to-date"') ? text : text.slice(0, end + 2)
          text = text.slice(taken.length)
          return taken
            .split('\n\n')
            .filter((event) => event.startsWith('data: '))
            .map((event) => JSON.parse(event.slice(6)) as Told)
        }
        await more()
      }
    },
    async rest(): Promise<string> {
      while (!isOver) await more()
      return text
    },
    cancel: () => reader.cancel(),
  }
}

export function liveContract(database: TestDatabase): void {
  const server = shapeServer(database)
  const { restart, ask, tell, handleOf, offsetOf, begin, write, reader } = server
  const operations = (messages: readonly Told[]): unknown[] =>
    messages.map(({ headers }) => headers['operation'] ?? headers['control'])

  describe('7 live', () => {
    test('a request is held until something changes, or its time is up', async () => {
      const handle = await begin()
      const quiet = await ask({ offset: '0_inf', handle, live: 'true' })
      expect([quiet.status, quiet.headers.get('electric-has-data')]).toEqual([200, 'false'])
      expect(operations(await tell(quiet))).toEqual(['up-to-date'])
      await restart({ longPollMs: 30_000 })
      const held = ask({ offset: '0_inf', handle, live: '' })
      await write('INSERT INTO item VALUES (1)')
      const answer = await held
      expect(operations(await tell(answer))).toEqual(['insert', 'up-to-date'])
      const place = offsetOf(answer)
      const next = ask({ offset: place, handle, live: 'true', cursor: '1' })
      await write('UPDATE item SET id = id; DELETE FROM item')
      expect(operations(await tell(await next))).toEqual(['delete', 'up-to-date'])
    })

    test('a stream of events goes on over many batches, says that it lives, and ends in time', async () => {
      await restart({ longPollMs: 30_000, eventsMs: 1200, keepAliveMs: 100 })
      const handle = await begin()
      const response = await ask({ offset: '0_inf', handle, live: 'true', live_sse: 'true' })
      expect(response.headers.get('content-type')).toBe('text/event-stream')
      expect(response.headers.get('cache-control')).toBe('public, max-age=0')
      const events = eventsOf(response)
      expect(operations(await events.batch())).toEqual(['up-to-date'])
      for (let id = 1; id <= 3; id++) {
        await write(`INSERT INTO item VALUES (${id})`)
        const batch = await events.batch()
        expect(operations(batch)).toEqual(['insert', 'up-to-date'])
        const { global_last_seen_lsn: seen } = batch[1]!.headers
        expect(BigInt(String(seen))).toBeGreaterThan(BigInt(String(batch[0]!.headers['lsn'])))
      }
      expect(await events.rest()).toMatch(/^(: keep-alive\n\n)+$/)
    })

    test('the official client follows by events, across streams, and misses nothing', async () => {
      await restart({ longPollMs: 30_000, eventsMs: 1100, keepAliveMs: 300 })
      const following = reader({}, { liveSse: true })
      await following.until(() => true)
      for (let id = 1; id <= 30; id++) {
        await write(`INSERT INTO item VALUES (${id}); UPDATE item SET label = '${id}'`)
        await following.until(() => following.rows.size === id)
      }
      await following.until(() =>
        [...following.rows.values()].every((row) => row['label'] === '30'),
      )
      expect(following.refetches()).toBe(0)
    })

    test('E6 a stream that nobody reads any more is let go', async () => {
      await restart({ longPollMs: 30_000 })
      const handle = await begin()
      const leaving = new AbortController()
      const query = { offset: '0_inf', handle, live: 'true', live_sse: 'true' }
      const [left, cancelled] = [
        eventsOf(await ask(query, { signal: leaving.signal })),
        eventsOf(await ask(query)),
      ]
      await left.batch()
      await cancelled.batch()
      leaving.abort()
      await cancelled.cancel()
      await left.rest().catch(() => '')
      // Closing waits for every stream that is still told.
      await server.engine().close()
    })
  })

  describe('8 starting anew', () => {
    const emptied = [
      ['TRUNCATE', 'TRUNCATE item'],
      ['ALTER', 'ALTER TABLE item ADD COLUMN more integer'],
      [
        'a column that is altered there and back',
        `ALTER TABLE item ALTER label TYPE text; ALTER TABLE item ALTER label TYPE varchar(20)`,
      ],
      ['a renamed column', 'ALTER TABLE item RENAME label TO name'],
      [
        'DROP and CREATE',
        'DROP TABLE item; CREATE TABLE item (id integer PRIMARY KEY, label varchar(20), owner uuid)',
      ],
    ] as const
    test.each(emptied)('%s: who waits is told, and who comes later', async (_, sql) => {
      await restart({ longPollMs: 30_000 })
      const handle = await begin()
      const query = { offset: '0_inf', handle, live: 'true' }
      const held = ask(query)
      const events = eventsOf(await ask({ ...query, live_sse: 'true' }))
      await events.batch()
      await write(sql)
      const told = await held
      expect([told.status, await tell(told)]).toEqual([
        409,
        [{ headers: { control: 'must-refetch' } }],
      ])
      const current = handleOf(told)
      expect(current).not.toBe(handle)
      expect(await begin()).toBe(current)
      expect(await events.rest()).toBe('')
      for (const late of [query, { offset: '0_0', handle }]) {
        const answer = await ask(late)
        expect([answer.status, handleOf(answer)]).toEqual([409, current])
      }
    })

    test('DROP: there is no table, and no handle, until there is one', async () => {
      await restart({ longPollMs: 30_000 })
      const handle = await begin()
      const query = { offset: '0_inf', handle, live: 'true' }
      const held = ask(query)
      await eventsOf(await ask({ ...query, live_sse: 'true' })).batch()
      await write('DROP TABLE item')
      const told = await held
      expect([told.status, handleOf(told), told.headers.get('cache-control')]).toEqual([
        409,
        null,
        'public, max-age=1, must-revalidate',
      ])
      expect((await ask({ offset: '-1' })).status).toBe(400)
    })

    test('an unknown handle and another question’s are answered alike', async () => {
      const [mine, other] = [await begin(), await begin({ where: 'id > 0' })]
      for (const handle of ['nonsense', other, '7d4b0e7e-3f43-4c0c-8f8e-3d5d5d0a7a11']) {
        const answer = await ask({ offset: '0_0', handle })
        expect([answer.status, handleOf(answer)]).toEqual([409, mine])
      }
    })

    test('the official client starts anew by itself, by either way of following', async () => {
      await server.db().script(`INSERT INTO item VALUES (1, 'a')`)
      const readers = [reader({}), reader({}, { liveSse: true })]
      for (const each of readers) await each.until(() => each.rows.size === 1)
      await write('TRUNCATE item')
      await write('INSERT INTO item VALUES (2), (3)')
      for (const each of readers) await each.until(() => each.rows.size === 2)
    })
  })

  describe('9 rows beside the stream', () => {
    interface SubsetBody {
      readonly metadata: Record<string, unknown>
      readonly data: readonly Told[]
    }
    const rows = `INSERT INTO item SELECT n, 'n' || n FROM generate_series(1, 5) n`

    test('by GET and by POST, under either form of the body', async () => {
      await server.db().script(rows)
      const asked = { where: 'id > $1', params: ['1'], order_by: 'id DESC', limit: 2, offset: 1 }
      const query = { offset: 'now', log: 'changes_only' }
      const answers = [
        await ask({
          ...query,
          subset__where: asked.where,
          subset__params: JSON.stringify(asked.params),
          subset__order_by: asked.order_by,
          subset__limit: '2',
          subset__offset: '1',
        }),
        await ask(query, { method: 'POST', body: JSON.stringify(asked) }),
        await ask(query, {
          method: 'POST',
          body: JSON.stringify({ subset: { ...asked, params: { 1: '1' } } }),
        }),
      ]
      for (const answer of answers) {
        expect(answer.headers.get('electric-snapshot')).toBe('true')
        expect(answer.headers.get('cache-control')).toBe('no-cache')
        const { metadata, data } = (await answer.json()) as SubsetBody
        const mark = metadata['snapshot_mark']
        expect(data).toEqual(
          ['4', '3'].map((id) => ({
            key: `"public"."item"/"${id}"`,
            value: { id, label: `n${id}`, owner: null },
            headers: { operation: 'insert', relation: ['public', 'item'], snapshot_mark: mark },
          })),
        )
        expect(Object.keys(metadata)).toEqual([
          'xmin',
          'xmax',
          'xip_list',
          'database_lsn',
          'snapshot_mark',
        ])
      }
    })

    test('it asks for no more than the shape has, and only about what it may', async () => {
      await server.db().script(rows)
      const shape = {
        offset: 'now',
        log: 'changes_only',
        where: 'id <> $1',
        'params[1]': '5',
        columns: 'id',
        queryable_columns: 'id',
      }
      const answer = await ask({
        ...shape,
        subset__where: 'id >= $1',
        subset__params: '["4"]',
      })
      const { data } = (await answer.json()) as SubsetBody
      expect(data.map(({ value }) => value)).toEqual([{ id: '4' }])
      for (const [name, text] of [
        ['subset__where', `label = 'n4'`],
        ['subset__where', 'id IN (SELECT 1)'],
        ['subset__where', 'id = 1 OR pg_sleep(1) IS NULL'],
        ['subset__where', 'id = $1'],
        ['subset__order_by', 'id LIMIT 1'],
        ['subset__order_by', '(SELECT 1)'],
        ['subset__order_by', 'pg_sleep(1)'],
        ['subset__order_by', 'id USING >'],
        ['subset__order_by', 'label'],
        ['subset__limit', '1'],
        ['subset__params', 'x'],
      ] as const)
        expect([text, (await ask({ ...shape, [name]: text })).status]).toEqual([text, 400])
    })

    test('bodies that are not what they should be', async () => {
      const post = async (body: string): Promise<unknown> => {
        const answer = await ask({ offset: 'now' }, { method: 'POST', body })
        return [answer.status, await answer.json()]
      }
      expect(await post('{')).toMatchObject([400, { error: 'Invalid JSON in request body' }])
      expect(await post('[1]')).toMatchObject([400, {}])
      expect(await post(`"${'x'.repeat(8_000_001)}"`)).toMatchObject([413, {}])
    })

    test('the official client joins rows and stream: each row once, each change once', async () => {
      await server.db().script(rows)
      const messages: Message[] = []
      const stopping = new AbortController()
      server.atEnd(() => stopping.abort())
      const stream = new ShapeStream({
        url: server.url,
        params: { table: 'item' },
        log: 'changes_only',
        offset: 'now',
        fetchClient: (input, init) => server.send(new Request(input, init)),
        signal: stopping.signal,
      })
      const seen = Promise.withResolvers<void>()
      stream.subscribe((batch) => {
        messages.push(...batch)
        if (JSON.stringify(batch).includes('last one')) seen.resolve()
      })
      for (const method of ['GET', 'POST'] as const) {
        const { data } = await stream.requestSnapshot({
          where: 'id <= $1',
          params: { 1: method === 'GET' ? '2' : '3' },
          method,
        })
        expect(data).toHaveLength(method === 'GET' ? 2 : 3)
      }
      await write(`UPDATE item SET label = 'last one' WHERE id = 1`)
      await seen.promise
      const inserted = messages.filter(({ headers }) => headers['operation'] === 'update')
      expect(inserted).toHaveLength(1)
    })

    if (database.name !== 'postgres') return
    test('a transaction that was open is not in the rows, and comes by the stream', async () => {
      await server.db().script(rows)
      const other = createPgDb({ url: server.databaseUrl(), connections: 1 })
      server.atEnd(() => other.close())
      const handle = await begin({ log: 'changes_only' })
      const took = Promise.withResolvers<void>()
      const end = Promise.withResolvers<void>()
      const open = other.transaction(async (tx) => {
        await tx.query(`UPDATE item SET label = 'open' WHERE id = 1`)
        took.resolve()
        await end.promise
      })
      await took.promise
      await write(`UPDATE item SET label = 'done' WHERE id = 2`)
      const answer = await ask({
        offset: '0_inf',
        handle,
        log: 'changes_only',
        subset__where: 'id < 3',
      })
      const { metadata, data } = (await answer.json()) as SubsetBody
      expect(data.map(({ value }) => value!['label'])).toEqual(['n1', 'done'])
      end.resolve()
      await open
      server.engine().changed()
      const later = await tell(
        await ask({ offset: '0_inf', handle, log: 'changes_only', live: 'true' }),
      )
      const changes = later.filter(({ key }) => key !== undefined)
      const byKey = Object.fromEntries(changes.map((each) => [each.value!['id'], each.headers]))
      const seen = BigInt(String(metadata['database_lsn']))
      const open1 = (byKey['1']!['txids'] as number[])[0]!
      expect(metadata['xip_list']).toContain(String(open1))
      // What the rows have stands below their place, so that the client knows it until then.
      expect(BigInt(String(byKey['2']!['lsn']))).toBeLessThan(seen)
    })
  })
}
