/**
 * What a reader may rely on, seen through the official client and the routes, whichever upstream answers.
 * Each test has vaults of its own, so that what another left does not matter.
 */
import { Problem, problemToBody, shapeRequest, type VaultId } from '@selene/shapes'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Claims } from '../src/core/claims.ts'
import { systemClock } from '../src/core/clock.ts'
import type { Db } from '../src/db/db.ts'
import { createShapeRoutes, type ShapeRoutes } from '../src/shape/routes.ts'
import type { Upstream } from '../src/shape/upstream.ts'
import { follow, type Following } from './following.ts'
import type { OpenedUpstream, UpstreamKind, UpstreamOptions } from './upstreams.ts'

const url = 'http://selene.test/v1/shape/vault_log'

/** Where the suite writes. */
export interface Ground {
  db(): Db
  /** A vault that has no rows yet. */
  newVault(): Promise<VaultId>
}

export function upstreamContract(ground: Ground, kind: UpstreamKind): void {
  let ada: VaultId
  let bea: VaultId
  let db: Db
  let opened: OpenedUpstream
  let upstream: Upstream
  let shape: ShapeRoutes
  let fetch: (request: Request) => Promise<Response>
  let expiresAt: () => number
  const removed = new Set<string>()
  let letIn = 0
  const followers: Following[] = []
  const problems: unknown[] = []
  const ours = test.runIf(kind.isOurs)

  /** Bearer tokens of this suite are vault ids, and a vault has one device. */
  async function authenticate(request: Request): Promise<Claims> {
    const vault = (request.headers.get('authorization') ?? '').replace('Bearer ', '') as VaultId
    if (removed.has(vault)) throw new Problem('vault/member-removed')
    letIn += 1
    return {
      vault,
      device: vault as unknown as Claims['device'],
      session: vault as unknown as Claims['session'],
      expiresAt: expiresAt(),
    }
  }

  async function start(options: UpstreamOptions = {}): Promise<void> {
    opened = await kind.open(db, options, (problem) => void problems.push(problem))
    ;({ upstream } = opened)
    shape = createShapeRoutes({
      upstream,
      authenticate,
      clock: systemClock,
      standing: async (sessions) => new Set(sessions.filter((session) => !removed.has(session))),
    })
    // Problems become answers, as the server's own HTTP layer does it.
    shape.routes.onError((error, context) =>
      error instanceof Problem
        ? context.json(problemToBody(error), error.status as 400)
        : context.body(null, 500),
    )
    fetch = async (request) => shape.routes.fetch(request)
  }

  async function restart(options: UpstreamOptions = {}): Promise<void> {
    await opened.close()
    await start(options)
  }

  const reader = (options: Parameters<typeof follow>[1] = {}, vault = ada): Following => {
    const following = follow((request) => fetch(request), {
      headers: { authorization: `Bearer ${vault}` },
      ...options,
    })
    followers.push(following)
    return following
  }
  const get = (
    query: string,
    vault = ada,
    { headers, ...init }: { method?: string; headers?: Record<string, string> } = {},
  ): Promise<Response> =>
    fetch(
      new Request(`${url}?${query}`, {
        ...init,
        headers: { authorization: `Bearer ${vault}`, ...headers },
      }),
    )

  const write = async (sql: string, params: Parameters<Db['query']>[1] = []): Promise<void> => {
    await db.query(sql, params)
    opened.wrote()
  }
  const add = (seq: number, vault = ada, text = `entry ${seq}`): Promise<void> =>
    write('INSERT INTO vault_log VALUES ($1, $2, $3, sha256($3::bytea))', [
      vault,
      seq,
      new TextEncoder().encode(text),
    ])
  const seqs = ({ rows }: Following): unknown[] =>
    [...rows.values()].map((row) => row['seq'] as number).toSorted((a, b) => a - b)
  const holds = (following: Following, ...wanted: number[]): Promise<void> =>
    following.until(() => JSON.stringify(seqs(following)) === JSON.stringify(wanted))

  /** The code of a problem; '' for a stream of events, which has none. */
  const codeIn = (text: string): unknown =>
    /^(:|data:|$)/.test(text) ? '' : (JSON.parse(text) as { code?: string }).code

  beforeEach(async () => {
    db = ground.db()
    ;[ada, bea] = [await ground.newVault(), await ground.newVault()]
    removed.clear()
    expiresAt = () => Date.now() + 3_600_000
    await start()
  })
  afterEach(async () => {
    vi.restoreAllMocks()
    for (const following of followers.splice(0)) following.stop()
    await opened.close()
    expect(problems.splice(0)).toEqual([])
  })

  test('a reader gets the rows that are there, then each change as it is made', async () => {
    await add(1)
    await add(2)
    const following = reader()
    await holds(following, 1, 2)
    await add(3)
    await holds(following, 1, 2, 3)
    await write(`UPDATE vault_log SET entry = 'changed' WHERE vault_id = $1 AND seq = 1`, [ada])
    await following.until(() =>
      [...following.rows.values()].some(({ entry }) => entry === '\\x6368616e676564'),
    )
    await write('DELETE FROM vault_log WHERE vault_id = $1 AND seq = 2', [ada])
    await holds(following, 1, 3)
    expect(following.refetches()).toBe(0)
  })

  test('a reader of an empty shape is up to date, and gets the first row', async () => {
    const following = reader()
    await holds(following)
    await add(1)
    await holds(following, 1)
  })

  test('a reader gets its own vault’s rows and is not told of another’s', async () => {
    await add(1, bea)
    const following = reader()
    await holds(following)
    await add(2, bea)
    await add(3)
    await holds(following, 3)
    expect(following.changes.map(({ value }) => value['vault_id'])).toEqual([ada])
  })

  test('a row that moves to another owner leaves one shape and enters the other', async () => {
    await add(1)
    const [from, to] = [reader(), reader({}, bea)]
    await Promise.all([holds(from, 1), holds(to)])
    await write('UPDATE vault_log SET vault_id = $1 WHERE vault_id = $2', [bea, ada])
    await Promise.all([holds(from), holds(to, 1)])
  })

  test('E5 a reader who comes back gets what happened meanwhile, and nothing again', async () => {
    await add(1)
    await add(2)
    const before = reader()
    await holds(before, 1, 2)
    before.stop()
    await add(3)
    await write('DELETE FROM vault_log WHERE vault_id = $1 AND seq = 1', [ada])
    const after = reader({ ...before.place(), rows: before.rows })
    await holds(after, 2, 3)
    expect(after.changes.map(({ headers }) => headers.operation)).toEqual(['insert', 'delete'])
    expect(after.place().handle).toBe(before.place().handle)
  })

  test('E7 handles, snapshots and log survive a restart', async () => {
    await add(1)
    const before = reader()
    await holds(before, 1)
    before.stop()
    await opened.close()
    await db.query(`INSERT INTO vault_log VALUES ($1, 2, 'x', sha256('x'))`, [ada])
    await start()
    const after = reader({ ...before.place(), rows: before.rows })
    await holds(after, 1, 2)
    const newcomer = reader()
    await holds(newcomer, 1, 2)
    expect([after.place().handle, newcomer.place().handle]).toEqual(
      Array.from({ length: 2 }, () => before.place().handle),
    )
  })

  ours('E5 snapshot and log come in chunks, each row once', async () => {
    await restart({ chunkBytes: 1000 })
    for (let seq = 1; seq <= 20; seq++) await add(seq, ada, 'x'.repeat(100))
    const before = reader()
    await before.until(() => before.rows.size === 20)
    before.stop()
    await db.transaction(async (tx) => {
      for (let seq = 21; seq <= 40; seq++)
        await tx.query('INSERT INTO vault_log VALUES ($1, $2, $3, sha256($3::bytea))', [
          ada,
          seq,
          new Uint8Array(100),
        ])
    })
    const newcomer = reader()
    await newcomer.until(() => newcomer.rows.size === 40)
    const after = reader({ ...before.place(), rows: before.rows })
    await after.until(() => after.rows.size === 40)
    expect(after.changes.map(({ headers }) => headers['last'] === true)).toEqual(
      Array.from({ length: 20 }, (_, index) => index === 19),
    )
  })

  test('E7 a truncated table starts everyone anew, those who wait and those who come back', async () => {
    await add(1)
    const following = reader()
    await holds(following, 1)
    const { offset, handle } = following.place()
    await db.script('TRUNCATE vault_log')
    await add(2)
    await holds(following, 2)
    expect(following.refetches()).toBe(1)
    expect(following.place().handle).not.toBe(handle)
    const response = await get(`offset=${offset}&handle=${handle}`)
    expect(response.status).toBe(409)
    expect(response.headers.get('electric-handle')).toBe(following.place().handle)
    expect(await response.json()).toEqual([{ headers: { control: 'must-refetch' } }])
  })

  test('E7 an unknown handle and another reader’s are answered alike, with one’s own', async () => {
    const theirs = (await get('offset=-1', bea)).headers.get('electric-handle')!
    const own = (await get('offset=-1')).headers.get('electric-handle')!
    expect(theirs).not.toBe(own)
    const answers = await Promise.all(
      [theirs, 'nonsense', crypto.randomUUID()].flatMap((handle) =>
        ['0_0', '0_inf', '1_0'].map((offset) => get(`offset=${offset}&handle=${handle}`)),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 409))
    expect(answers.map(({ headers }) => headers.get('electric-handle'))).toEqual(
      answers.map(() => own),
    )
  })

  test('E5 a place beyond the log is out of bounds', async () => {
    await restart({ longPollMs: 100 })
    const handle = (await get('offset=-1')).headers.get('electric-handle')!
    const response = await get(`offset=4611686018427387904_0&handle=${handle}`)
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({
      message: 'Invalid request',
      errors: { offset: ['out of bounds for this shape'] },
    })
  })

  ours('a live request is held no longer than told, then says up to date', async () => {
    await restart({ longPollMs: 50 })
    const handle = (await get('offset=-1')).headers.get('electric-handle')!
    const now = await get('offset=now')
    const place = now.headers.get('electric-offset')!
    const response = await get(`offset=${place}&handle=${handle}&live=true`)
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'electric-has-data': 'false',
      'electric-offset': place,
      'electric-up-to-date': '',
      'electric-cursor': '0',
    })
    expect(await response.json()).toMatchObject([{ headers: { control: 'up-to-date' } }])
  })

  test.each([
    ['a long poll', 'live=true'],
    ['a stream of events', 'live=true&live_sse=true&experimental_live_sse=true'],
  ])('W69 S29 %s never outlives its token', async (_, transport) => {
    await restart({ longPollMs: 600_000 })
    const handle = (await get('offset=-1')).headers.get('electric-handle')!
    const place = (await get('offset=now')).headers.get('electric-offset')!
    expiresAt = () => Date.now() + 20
    const response = await get(`offset=${place}&handle=${handle}&${transport}`)
    expect(response.status).toBe(200)
    expect(await response.text()).not.toContain('"operation"')
  })

  describe.each([
    ['a long poll', 'live=true'],
    ['a stream of events', 'live=true&live_sse=true&experimental_live_sse=true'],
  ])('W69 %s of a device that is removed', (_, transport) => {
    /** Asks, and waits until the request has been let in. */
    async function hold(): Promise<{ text: Promise<string> }> {
      await restart({ longPollMs: 600_000 })
      const handle = (await get('offset=-1')).headers.get('electric-handle')!
      const place = (await get('offset=now')).headers.get('electric-offset')!
      const before = letIn
      const held = get(`offset=${place}&handle=${handle}&${transport}`)
      await expect.poll(() => letIn).toBe(before + 1)
      return { text: held.then((response) => response.text()) }
    }

    test('S29 ends at once', async () => {
      const held = await hold()
      removed.add(ada)
      await shape.check(ada)
      // A stream that has begun just ends; its client hears why when it comes again.
      expect(['', 'vault/member-removed']).toContain(codeIn(await held.text))
    })

    test('S29 brings nothing of what came after', async () => {
      const held = await hold()
      removed.add(ada)
      await add(1, ada, 'after')
      const text = await held.text
      expect(text).not.toContain(Buffer.from('after').toString('hex'))
      expect(['', 'vault/member-removed']).toContain(codeIn(text))
    })
  })

  test('closing ends held requests, and none is held from then on', async () => {
    const handle = (await get('offset=-1')).headers.get('electric-handle')!
    const place = (await get('offset=now')).headers.get('electric-offset')!
    const held = upstream.read(
      shapeRequest('vault_log', ada),
      new URLSearchParams({ offset: place, handle, live: 'true' }),
      new AbortController().signal,
    )
    await upstream.close()
    expect((await held).headers.get('electric-has-data')).toBe('false')
    const late = await get(`offset=${place}&handle=${handle}&live=true`)
    expect(late.headers.get('electric-has-data')).toBe('false')
  })

  test('what the gatekeeper refuses never reaches the upstream', async () => {
    const unknown = await fetch(new Request(url.replace('vault_log', 'accounts')))
    expect([unknown.status, await unknown.json()]).toMatchObject([404, { code: 'shape/unknown' }])
    const refused = await get('offset=-1&where=true')
    expect([refused.status, await refused.json()]).toMatchObject([
      400,
      { code: 'request/invalid', faults: ['"where" is not a parameter of a shape'] },
    ])
  })

  test('answers are one person’s: private, and by authorization', async () => {
    for (const query of ['offset=-1', 'offset=0_inf&handle=x', 'offset=x']) {
      const { headers } = await get(query)
      expect(headers.get('vary')).toBe('Authorization')
      expect(headers.get('cache-control')).toMatch(/^(private,|no-store)/)
      expect(headers.get('cache-control')).not.toMatch(/public|s-maxage/)
    }
  })

  test('S27 who has an answer already is told so, where answers have tags', async () => {
    await add(1)
    const tag = (await get('offset=-1')).headers.get('etag')
    const again = await get('offset=-1', ada, { headers: { 'if-none-match': tag ?? '"x"' } })
    expect(again.status).toBe(tag === null ? 200 : 304)
    expect((await again.text()) === '').toBe(tag !== null)
  })

  test('S27 HEAD gets the headers and no rows', async () => {
    await add(1)
    const whole = await get('offset=-1')
    const head = await get('offset=-1', ada, { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
    for (const name of ['electric-handle', 'electric-offset', 'electric-schema', 'content-type'])
      expect(head.headers.get(name)).toBe(whole.headers.get(name))
    expect(head.headers.get('cache-control')).toBe('private, no-cache')
  })

  test('a client that asks for events follows too', async () => {
    // Streams end with each batch, so after three short ones the client says that it polls instead.
    vi.spyOn(console, 'warn').mockImplementation(() => {})
    await add(1)
    const following = reader({ liveSse: true })
    await holds(following, 1)
    for (const seq of [2, 3, 4, 5]) {
      await add(seq)
      await following.until(() => following.rows.size === seq)
    }
    expect(following.refetches()).toBe(0)
  })

  test('changes only: no rows to start from, and every change from then on', async () => {
    await add(1)
    const following = reader({ log: 'changes_only' })
    await holds(following)
    await add(2)
    await holds(following, 2)
  })

  describe.each([
    ['too many', { maxAgeMs: 3_600_000, maxChanges: 2 }],
    ['too large', { maxAgeMs: 3_600_000, maxChanges: 1000, maxBytes: 1 }],
  ])('when changes are forgotten as they are %s', (_, retention) => {
    let now = 0

    async function startForgetful(): Promise<void> {
      now = Date.now()
      await restart({ retention, clock: { now: () => now } })
    }
    /** Reads once an hour later, which sets forgetting off, and waits until it is done. */
    async function forget(): Promise<void> {
      const horizon = () => db.query<{ forgotten: bigint }>('SELECT forgotten FROM shape.horizon')
      const [before] = await horizon()
      now += 3_600_001
      await get('offset=now', bea)
      for (let after = before; after!.forgotten === before!.forgotten;) [after] = await horizon()
    }

    ours('E8 who came so far goes on, who did not starts anew, newcomers get it all', async () => {
      await startForgetful()
      await add(1)
      const early = reader()
      await holds(early, 1)
      early.stop()
      for (const seq of [2, 3, 4, 5, 6]) await add(seq)
      const late = reader()
      await holds(late, 1, 2, 3, 4, 5, 6)
      late.stop()
      await forget()
      await add(7)
      const goingOn = reader({ ...late.place(), rows: late.rows })
      await holds(goingOn, 1, 2, 3, 4, 5, 6, 7)
      expect(goingOn.refetches()).toBe(0)
      goingOn.stop()
      const tooLate = reader({ ...early.place(), rows: early.rows })
      await holds(tooLate, 1, 2, 3, 4, 5, 6, 7)
      expect(tooLate.refetches()).toBe(1)
      const newcomer = reader()
      await holds(newcomer, 1, 2, 3, 4, 5, 6, 7)
      expect(newcomer.place().handle).not.toBe(late.place().handle)
    })
  })
}
