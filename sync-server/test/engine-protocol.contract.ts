/** The protocol clause by clause, on the engine as a server of its own, judged by raw requests. */
import { describe, expect, test } from 'vitest'
import type { TestDatabase } from './databases.ts'
import { shapeServer, type Query, type Told } from './engine-server.ts'

export function protocolContract(database: TestDatabase): void {
  const server = shapeServer(database)
  const { restart, ask, tell, handleOf, offsetOf, begin, faultsOf, write, reader } = server

  describe('1 endpoints', () => {
    test('every reply may be read by a browser, whatever it is', async () => {
      const origin = { origin: 'https://app.test' }
      const replies = [
        await ask({ offset: '-1' }, { headers: origin }),
        await ask({}, { headers: origin }),
        await ask({ offset: '0_0', handle: 'gone' }, { headers: origin }),
        await server.send(new Request('http://shapes.test/nothing', { headers: origin })),
        await server.send(new Request('http://shapes.test/v1/health', { headers: origin })),
      ]
      expect(replies.map(({ status }) => status)).toEqual([200, 400, 409, 404, 200])
      for (const { headers } of replies) {
        expect(headers.get('access-control-allow-origin')).toBe('https://app.test')
        expect(headers.get('access-control-expose-headers')?.split(', ')).toEqual([
          'electric-cursor',
          'electric-handle',
          'electric-has-data',
          'electric-offset',
          'electric-schema',
          'electric-up-to-date',
          'electric-internal-known-error',
          'retry-after',
        ])
        expect(headers.get('access-control-allow-methods')).toBe('GET, POST, HEAD, DELETE, OPTIONS')
        expect(headers.get('electric-server')).toMatch(/^ElectricSQL\/1\.7/)
      }
      const plain = await ask({ offset: '-1' })
      expect(plain.headers.get('access-control-allow-origin')).toBe('*')
    })

    test('OPTIONS needs no secret; everything else does, under either name', async () => {
      await restart({}, { secret: 's' })
      const preflight = await ask({}, { method: 'OPTIONS' })
      expect([preflight.status, preflight.headers.get('access-control-max-age')]).toEqual([
        204,
        '86400',
      ])
      const refused = await ask({ offset: '-1', secret: 'x' })
      expect([refused.status, await refused.json()]).toEqual([
        401,
        { message: 'Unauthorized - Invalid API secret' },
      ])
      expect((await ask({ offset: '-1' })).status).toBe(401)
      const known = [
        await ask({ offset: '-1', secret: 's' }),
        await ask({ offset: '-1', api_secret: 's' }),
      ]
      expect(known.map(({ status }) => status)).toEqual([200, 200])
      expect(new Set(known.map(handleOf)).size).toBe(1)
    })

    test('HEAD is GET without a body; health and the root answer; the rest is not found', async () => {
      const [got, head] = [
        await ask({ offset: '-1' }),
        await ask({ offset: '-1' }, { method: 'HEAD' }),
      ]
      expect([head.status, await head.text(), head.headers.get('cache-control')]).toEqual([
        200,
        '',
        'no-cache',
      ])
      for (const name of ['electric-handle', 'electric-offset', 'electric-schema', 'etag'])
        expect(head.headers.get(name)).toBe(got.headers.get(name))
      const health = await server.send(new Request('http://shapes.test/v1/health'))
      expect([health.status, await health.json(), health.headers.get('cache-control')]).toEqual([
        200,
        { status: 'active' },
        'no-cache, no-store, must-revalidate',
      ])
      const root = await server.send(new Request('http://shapes.test/'))
      expect([root.status, await root.text()]).toEqual([200, ''])
      expect((await server.send(new Request('http://shapes.test/v1/other'))).status).toBe(404)
    })

    test('DELETE drops a shape by handle or definition, when that is allowed', async () => {
      const handle = await begin()
      const held = ask({ offset: '0_inf', handle, live: 'true' })
      const byHandle = await ask({ handle }, { method: 'DELETE' })
      expect([byHandle.status, await byHandle.text()]).toEqual([202, ''])
      expect((await held).status).toBe(409)
      const next = await begin()
      expect(next).not.toBe(handle)
      expect((await ask({}, { method: 'DELETE' })).status).toBe(202)
      expect((await ask({ where: 'id = 1' }, { method: 'DELETE' })).status).toBe(404)
      expect((await ask({ handle }, { method: 'DELETE' })).status).toBe(404)
      await restart({}, { allowsDeletion: false })
      expect((await ask({ handle: await begin() }, { method: 'DELETE' })).status).toBe(405)
    })
  })

  describe('2 parameters', () => {
    test('what is ignored is no part of a shape; what counts is', async () => {
      const handle = await begin()
      for (const same of [
        { 'cache-buster': 'x', expired_handle: 'y', anything: 'z', handle: 'any' },
        { table: 'public.item', columns: 'label, id,owner' },
        { table: '"item"', replica: 'default', log: 'full' },
      ])
        expect(await begin(same)).toBe(handle)
      const others: Query[] = [
        { where: 'id > 0' },
        { columns: 'id' },
        { replica: 'full' },
        { log: 'changes_only' },
        { where: 'id > $1', 'params[1]': '0' },
        { where: 'id > $1', 'params[1]': '1' },
      ]
      const handles = [handle]
      for (const other of others) handles.push(await begin(other))
      expect(new Set(handles).size).toBe(handles.length)
    })

    test('tables: named as SQL names them', async () => {
      await server
        .db()
        .script(`DROP TABLE IF EXISTS "Item"; CREATE TABLE "Item" (id integer PRIMARY KEY)`)
      expect(await begin({ table: 'ITEM' })).toBe(await begin())
      expect((await ask({ table: '"Item"', offset: '-1' })).headers.get('electric-schema')).toBe(
        '{"id":{"type":"int4","pk_index":0,"not_null":true}}',
      )
      for (const table of ['nothing', 'item; drop table item', 'pg_catalog.pg_class', 'a.b.c'])
        expect(await faultsOf(await ask({ table, offset: '-1' }))).toHaveProperty('table')
      expect(await faultsOf(await ask({ table: '', offset: '-1' }))).toEqual({
        table: ["can't be blank"],
      })
    })

    test('columns must be there and hold the key', async () => {
      expect(await faultsOf(await ask({ offset: '-1', columns: 'label' }))).toEqual({
        columns: ['The list of columns must include all primary key columns, missing: id'],
      })
      expect(await faultsOf(await ask({ offset: '-1', columns: 'id,invalid' }))).toEqual({
        columns: ['The following columns are not found on the table: invalid'],
      })
      expect(await faultsOf(await ask({ offset: '-1', columns: 'id,,label' }))).toHaveProperty(
        'columns',
      )
      await write(`INSERT INTO item VALUES (1, 'a')`)
      const [row] = await tell(await ask({ offset: '-1', columns: '"id"' }))
      expect(row?.value).toEqual({ id: '1' })
    })
  })

  describe('2 where: judged by Postgres, and nothing but an expression', () => {
    test.each([
      ['x x', 'At location 17: syntax error at or near "x"'],
      ['id =', 'At location 19: syntax error at end of input'],
      ['nope = 1', 'At location 15: column "nope" does not exist'],
      ['$1 = label AND nope = $2', 'At location 30: column "nope" does not exist'],
      ['id', 'At location 15: argument of WHERE must be type boolean, not type integer'],
      ['id IN (SELECT 1)', 'At location 18: subqueries are not supported'],
      ['EXISTS (SELECT 1)', 'At location 15: subqueries are not supported'],
      ['true) UNION SELECT (1', 'At location 19: syntax error at or near ")"'],
      ['true UNION SELECT 1', 'At location 15: is not one expression'],
      ['true LIMIT 1', 'At location 15: is not one expression'],
      ['true; DROP TABLE item', 'At location 15: is not one expression'],
      ['count(*) > 1', 'At location 15: aggregate functions are not allowed'],
      ['pg_sleep(9) IS NULL', 'only immutable functions may be used'],
      ['now() > now()', 'only immutable functions may be used'],
      [`set_config('a.b', 'c', false) = 'c'`, 'only immutable functions may be used'],
      [`nextval('shape.change_id') > 0`, 'only immutable functions may be used'],
      ['pg_sleep($1) IS NULL', 'only immutable functions may be used'],
      ['CASE WHEN $1 = 1 THEN pg_sleep(9) IS NULL END', 'only immutable functions may be used'],
      [`id = 'x'`, 'At location 20: the values do not fit'],
    ])('%s', async (where, fault) => {
      const response = await ask({ offset: '-1', where, 'params[1]': '1', 'params[2]': '2' })
      expect(await faultsOf(response)).toEqual({ where: [fault] })
      expect(await server.db().query(`SELECT to_regclass('item')::text AS name`)).toEqual([
        { name: 'item' },
      ])
    })

    test('values that do not fit, and ones that are missing', async () => {
      const where = 'owner = $1'
      expect(await faultsOf(await ask({ offset: '-1', where, 'params[1]': 'x' }))).toEqual({
        params: ['the values do not fit'],
      })
      expect(await faultsOf(await ask({ offset: '-1', where }))).toEqual({
        params: ['parameter $1 was not provided'],
      })
      expect(await faultsOf(await ask({ offset: '-1', where, 'params[2]': 'x' }))).toHaveProperty(
        'params',
      )
      expect(
        await faultsOf(await ask({ offset: '-1', where: 'id + $1 > 3', 'params[1]': 'x' })),
      ).toEqual({ where: ['the values do not fit'] })
    })

    test('whatever Postgres accepts on a row works, for first rows and for changes', async () => {
      const me = '0b2c6f7e-6a0e-4c7e-8b36-0d8d5a0b8a11'
      const wheres: [string, ...string[]][] = [
        [`label LIKE $1 || '%' AND id BETWEEN $2 AND 3`, 'yes', '1'],
        ['id IN ($1, $2) -- and so on', '1', '2'],
        ['id = ANY ($1)', '{1,2}'],
        ['"item".owner = $1 AND (label <> $2 OR label IS NULL)', me.toUpperCase(), 'no'],
        [`owner = '${me}'`],
        ['/* mine */ $1 = owner AND label = label', me],
        [`CASE WHEN upper(label) = 'YES' THEN true ELSE false END`],
      ]
      await write(`INSERT INTO item VALUES (1, 'yes', '${me}')`)
      const readers = wheres.map(([where, ...params]) =>
        reader({
          where,
          ...Object.fromEntries(params.map((value, index) => [`params[${index + 1}]`, value])),
        }),
      )
      for (const each of readers) await each.until(() => each.rows.size === 1)
      await write(`INSERT INTO item VALUES (2, 'yes', '${me}'), (9, 'no', gen_random_uuid())`)
      for (const each of readers) await each.until(() => each.rows.size === 2)
      await write(`UPDATE item SET label = 'no', owner = NULL, id = id + 10`)
      for (const each of readers) await each.until(() => each.rows.size === 0)
    })

    test('columns may have the names that the engine uses itself', async () => {
      await write(`
        DROP TABLE IF EXISTS asked;
        CREATE TABLE asked (n integer PRIMARY KEY, row_text text, key text, values text, whole text);
        INSERT INTO asked VALUES (2, 'r', 'k', 'v', 'w')`)
      const where = `n % 2 = 0 AND asked.row_text || key || values || whole <> ''`
      const following = reader({ table: 'asked', where })
      await following.until(() => following.rows.size === 1)
      await write(`INSERT INTO asked SELECT n, 'r', 'k', 'v', 'w' FROM generate_series(3, 4) n`)
      await following.until(() => following.rows.size === 2)
      expect([...following.rows.values()].map((row) => row['n'])).toEqual([2, 4])
    })

    test('it may not write, not even as a user who may', async () => {
      await server.db().script(`
        CREATE OR REPLACE FUNCTION slyly() RETURNS boolean LANGUAGE plpgsql IMMUTABLE
          AS 'BEGIN PERFORM nextval(''shape.change_id''); RETURN true; END';
        GRANT USAGE ON SCHEMA shape TO PUBLIC;
        GRANT ALL ON SEQUENCE shape.change_id TO PUBLIC;
        INSERT INTO item VALUES (1)`)
      server.atEnd(() =>
        server.db().script(`
          REVOKE USAGE ON SCHEMA shape FROM PUBLIC;
          REVOKE ALL ON SEQUENCE shape.change_id FROM PUBLIC`),
      )
      const answer = server
        .engine()
        .answer(
          { table: 'item', where: 'slyly() AND id > 0', params: [] },
          new URLSearchParams('offset=-1'),
          AbortSignal.timeout(5000),
        )
      await expect(answer).rejects.toMatchObject({ code: '25006' })
    })

    test('it is evaluated as a role that may only read the table', async () => {
      await server.db().script(`
        CREATE OR REPLACE FUNCTION secretly() RETURNS boolean LANGUAGE sql IMMUTABLE
          AS 'SELECT count(*) > 0 FROM pg_authid';
        INSERT INTO item VALUES (1)`)
      await expect(
        server
          .engine()
          .answer(
            { table: 'item', where: 'secretly() AND id > 0', params: [] },
            new URLSearchParams('offset=-1'),
            AbortSignal.timeout(5000),
          ),
      ).rejects.toMatchObject({ code: '42501' })
    })
  })

  describe('3 offsets', () => {
    test.each<[Query, Record<string, string[]>]>([
      [{}, { offset: ["can't be blank"] }],
      [{ offset: '1' }, { offset: ['has invalid format'] }],
      [{ offset: '0_0' }, { handle: ["can't be blank when offset != -1"] }],
      [{ offset: '-1', live: '' }, { live: ["can't be true when offset == -1"] }],
      [{ offset: 'now', live: 'true' }, { live: ["can't be true when offset is 'now'"] }],
      [
        { offset: '0_0', handle: 'h', live_sse: 'true' },
        { live_sse: ["can't be true unless live is also true"] },
      ],
    ])('%j', async (query, faults) => {
      expect(await faultsOf(await ask(query))).toEqual(faults)
    })

    test('first rows and log come in chunks whose borders are the same for everyone', async () => {
      await restart({ chunkBytes: 250 })
      await server.db().script(`INSERT INTO item SELECT n, 'n' || n FROM generate_series(1, 5) n`)
      const walk = async (): Promise<[string, number, boolean][]> => {
        const steps: [string, number, boolean][] = []
        for (let offset = '-1', handle = ''; ;) {
          const response = await ask({ offset, ...(handle && { handle }) })
          handle = handleOf(response)
          offset = offsetOf(response)
          const isLast = response.headers.get('electric-up-to-date') === ''
          steps.push([offset, (await tell(response)).length, isLast])
          if (isLast) return steps
        }
      }
      const first = await walk()
      expect(first.map(([offset, count, isLast]) => [offset, count, isLast])).toEqual([
        ['0_0', 2, false],
        ['0_1', 2, false],
        ['0_2', 2, false],
        ['0_inf', 1, true],
      ])
      await write(`INSERT INTO item SELECT n, 'n' || n FROM generate_series(6, 10) n`)
      const [one, two] = [await walk(), await walk()]
      expect(one).toEqual(two)
      // Two changes fill a chunk, so that chunks end inside the transaction.
      expect(one.slice(3).map(([, count]) => count)).toEqual([2, 2, 2])
    })

    test('-1 is a beginning without an end, even of nothing; now is an end without a beginning', async () => {
      const start = await ask({ offset: '-1' })
      expect([offsetOf(start), start.headers.get('electric-up-to-date')]).toEqual(['0_0', null])
      const [end, ...more] = await tell(start)
      expect([end?.headers['control'], more]).toEqual(['snapshot-end', []])
      const now = await ask({ offset: 'now' })
      expect([
        offsetOf(now),
        now.headers.get('electric-has-data'),
        now.headers.get('electric-up-to-date'),
      ]).toEqual(['0_inf', 'false', ''])
      await write(`INSERT INTO item VALUES (1)`)
      const later = await ask({ offset: 'now' })
      const [message] = await tell(later)
      expect(message?.headers).toEqual({
        control: 'up-to-date',
        global_last_seen_lsn: offsetOf(later).split('_')[0],
      })
      const since = await ask({ offset: offsetOf(later), handle: handleOf(later) })
      expect(await tell(since)).toHaveLength(1)
    })

    test('a place beyond the log is waited for, then out of bounds', async () => {
      const handle = await begin()
      expect(await faultsOf(await ask({ offset: '999999_0', handle }))).toEqual({
        offset: ['out of bounds for this shape'],
      })
    })
  })

  describe('4 messages', () => {
    const since = async (handle: string, query: Query = {}): Promise<Told[]> =>
      tell(await ask({ offset: '0_inf', handle, ...query }))

    test('first rows carry operation and relation alone; changes carry where they stand', async () => {
      await server.db().script(`INSERT INTO item VALUES (1, 'a')`)
      const start = await ask({ offset: '-1' })
      const [row, end] = await tell(start)
      expect(row).toEqual({
        key: '"public"."item"/"1"',
        value: { id: '1', label: 'a', owner: null },
        headers: { operation: 'insert', relation: ['public', 'item'] },
      })
      expect(Object.keys(end!.headers)).toEqual(['control', 'xmin', 'xmax', 'xip_list'])
      await write(`BEGIN; UPDATE item SET label = 'b'; INSERT INTO item VALUES (2); COMMIT`)
      const [update, insert, upToDate] = await since(handleOf(start))
      const { lsn, txids } = update!.headers
      expect([typeof lsn, Number.isInteger((txids as number[])[0])]).toEqual(['string', true])
      expect(update).toEqual({
        key: '"public"."item"/"1"',
        value: { id: '1', label: 'b' },
        headers: { operation: 'update', relation: ['public', 'item'], lsn, op_position: 0, txids },
      })
      expect(insert!.headers).toEqual({
        operation: 'insert',
        relation: ['public', 'item'],
        lsn,
        op_position: 2,
        txids,
        last: true,
      })
      const { global_last_seen_lsn: seen } = upToDate!.headers
      expect(BigInt(String(seen))).toBeGreaterThanOrEqual(BigInt(String(lsn)))
    })

    test('replica=full: whole rows, and what they were', async () => {
      await server.db().script(`INSERT INTO item VALUES (1, 'a')`)
      const handle = await begin({ replica: 'full' })
      await write(`UPDATE item SET label = 'b'`)
      await write(`DELETE FROM item`)
      const [update, remove] = await since(handle, { replica: 'full' })
      expect(update).toMatchObject({
        value: { id: '1', label: 'b', owner: null },
        old_value: { label: 'a' },
      })
      expect(remove).toMatchObject({
        value: { id: '1', label: 'b', owner: null },
        headers: { operation: 'delete' },
      })
    })

    test('a changed key is a row gone and a row come that name each other, and a swap is two updates', async () => {
      await server.db().script(`INSERT INTO item VALUES (1, 'a'), (2, 'b')`)
      const handle = await begin()
      await write(`UPDATE item SET id = id + 10`)
      const messages = await since(handle)
      const [one, eleven] = ['"public"."item"/"1"', '"public"."item"/"11"']
      expect(messages.filter(({ key }) => key === one || key === eleven)).toMatchObject([
        { key: one, value: { id: '1' }, headers: { operation: 'delete', key_change_to: eleven } },
        {
          key: eleven,
          value: { id: '11', label: 'a', owner: null },
          headers: { operation: 'insert', key_change_from: one },
        },
      ])
      expect(messages.map(({ headers }) => headers['op_position'])).toEqual([0, 1, 2, 3, undefined])
      await server.db().script(`
        ALTER TABLE item DROP CONSTRAINT item_pkey;
        ALTER TABLE item ADD PRIMARY KEY (id) DEFERRABLE INITIALLY DEFERRED`)
      const later = await begin()
      await write('UPDATE item SET id = 23 - id')
      const swapped = await since(later)
      expect(swapped.slice(-3, -1).map(({ headers }) => headers['operation'])).toEqual([
        'update',
        'update',
      ])
    })

    test('a row moved in is inserted, moved out deleted, and nothing is told of nothing', async () => {
      await server.db().script(`INSERT INTO item VALUES (1, 'in'), (2, 'out')`)
      const where = `label = 'in'`
      const handle = await begin({ where })
      await write(`UPDATE item SET label = CASE label WHEN 'in' THEN 'out' ELSE 'in' END`)
      await write('UPDATE item SET id = id')
      const messages = await since(handle, { where })
      expect(
        messages.map(({ key, headers }) => [key, headers['operation'] ?? headers['control']]),
      ).toEqual([
        ['"public"."item"/"1"', 'delete'],
        ['"public"."item"/"2"', 'insert'],
        [undefined, 'up-to-date'],
      ])
    })
  })

  describe('5, 6 headers', () => {
    test('each kind of reply has its own, and caches may keep it as long', async () => {
      await restart({ cacheAges: { maxAge: 7, staleAge: 8 } })
      const start = await ask({ offset: '-1' })
      const handle = handleOf(start)
      const rest = await ask({ offset: '0_0', handle })
      const live = await ask({ offset: '0_inf', handle, live: 'true' })
      const gone = await ask({ offset: '0_0', handle: 'none' })
      const wrong = await ask({ offset: 'x' })
      const of = (name: string) =>
        [start, rest, live, gone, wrong].map((each) => each.headers.get(name))
      expect(of('cache-control')).toEqual([
        'public, max-age=604800, s-maxage=3600, stale-while-revalidate=2629746',
        'public, max-age=7, stale-while-revalidate=8',
        'public, max-age=5, stale-while-revalidate=5',
        'public, max-age=60, must-revalidate',
        'no-store',
      ])
      expect(wrong.headers.get('surrogate-control')).toBe('no-store')
      expect(of('electric-has-data')).toEqual(['true', 'false', 'false', null, null])
      expect(of('electric-up-to-date')).toEqual([null, '', '', null, null])
      expect(of('electric-schema').map((each) => each !== null)).toEqual([
        true,
        true,
        false,
        false,
        false,
      ])
      expect(of('electric-cursor').map((each) => each !== null)).toEqual([
        false,
        false,
        true,
        false,
        false,
      ])
      expect(JSON.parse(start.headers.get('electric-schema')!)).toEqual({
        id: { type: 'int4', pk_index: 0, not_null: true },
        label: { type: 'varchar', max_length: 20 },
        owner: { type: 'uuid' },
      })
    })

    test('an answer that the client has is not sent again; one without news never is that', async () => {
      const start = await ask({ offset: '-1' })
      const handle = handleOf(start)
      const etag = start.headers.get('etag')!
      expect(etag).toBe(`"${handle}:-1:0_0"`)
      const again = await ask({ offset: '-1' }, { headers: { 'if-none-match': etag } })
      expect([again.status, await again.text(), handleOf(again)]).toEqual([304, '', handle])
      const rest = await ask({ offset: '0_0', handle })
      const quiet = rest.headers.get('etag')!
      const later = await ask({ offset: '0_0', handle }, { headers: { 'if-none-match': quiet } })
      expect(later.status).toBe(200)
      expect(later.headers.get('etag')).not.toBe(quiet)
    })
  })
}
