import { Problem } from '@selene/shapes'
import { describe, expect, test } from 'vitest'
import * as v from 'valibot'
import { manualClock } from '../testing/manual-clock.ts'
import { problemResponse, scriptedServer } from '../testing/scripted-server.ts'
import { createBackoff } from './backoff.ts'
import { createHttp, noAnswer } from './http.ts'
import { systemRandom } from './random.ts'

function setUp() {
  const scripted = scriptedServer()
  const clock = manualClock()
  const closing = new AbortController()
  const http = createHttp({
    network: scripted.network,
    server: new URL('https://server.test'),
    clock,
    closing: closing.signal,
  })
  const call = (signal?: AbortSignal) =>
    http.call({
      method: 'POST',
      path: '/x',
      body: {},
      answer: v.object({ n: v.number() }),
      ...(signal && { signal }),
    })
  return { scripted, clock, closing, http, call }
}

describe('a call', () => {
  test('gives the checked answer', async () => {
    const { scripted, call, clock } = setUp()
    scripted.next('/x', { n: 1, more: true })
    expect(await call()).toEqual({ n: 1 })
    expect(clock.waits()).toEqual([])
  })

  test.each([
    ['another form', () => Response.json({ n: 'one' })],
    ['a page instead of JSON', () => new Response('<html>sign in to this network</html>')],
    ['a failure that is not a problem', () => new Response('no', { status: 502 })],
  ])('of %s is server/unintelligible', async (_, answer) => {
    const { scripted, http, call } = setUp()
    scripted.next('/x', answer)
    await expect(call()).rejects.toMatchObject({ code: 'server/unintelligible' })
    scripted.next('/x', () => new Response('<html>'))
    await expect(http.call({ method: 'PUT', path: '/x', answer: noAnswer })).rejects.toMatchObject({
      code: 'server/unintelligible',
    })
  })

  test('that is lost is server/unreachable', async () => {
    const { scripted, call } = setUp()
    scripted.next('/x', 'lost')
    await expect(call()).rejects.toMatchObject({ code: 'server/unreachable' })
  })

  test('that is never answered is given up after a minute', async () => {
    const { scripted, clock, call } = setUp()
    const answer = expect(call()).rejects.toMatchObject({ code: 'server/unreachable' })
    await expect.poll(() => scripted.requests.length).toBe(1)
    clock.advance(60_000)
    await answer
  })

  test('ends with the client, and with its own signal, though the network does not listen', async () => {
    const { http, closing, call } = setUp()
    const deaf = createHttp({
      network: () => new Promise(() => {}),
      server: http.server,
      clock: manualClock(),
      closing: closing.signal,
    })
    const answer = deaf.call({ method: 'GET', path: '/', answer: noAnswer })
    const own = new AbortController()
    const cancelled = call(own.signal)
    own.abort(new Error('cancelled'))
    await expect(cancelled).rejects.toThrow('cancelled')
    closing.abort()
    await expect(answer).rejects.toMatchObject({ code: 'server/unreachable' })
    await expect(call()).rejects.toMatchObject({ code: 'server/unreachable' })
  })

  test('that is refused carries how long to wait, from the body or else the header', async () => {
    const { scripted, call } = setUp()
    scripted.next(
      '/x',
      problemResponse(new Problem('server/overloaded', { retryAfterSeconds: 7 }), {
        'retry-after': '9',
      }),
    )
    await expect(call()).rejects.toMatchObject({ code: 'server/overloaded', retryAfterSeconds: 7 })
    scripted.next('/x', new Response('', { status: 429, headers: { 'retry-after': '9' } }))
    await expect(call()).rejects.toMatchObject({ remedy: 'retry', retryAfterSeconds: 9 })
  })
})

describe('backing off', () => {
  test('is never shorter than the server asks, and no longer than an hour whatever it asks', () => {
    const backoff = createBackoff(systemRandom)
    expect(backoff.next(120)).toBe(120_000)
    for (const absurd of [1e7, Number.POSITIVE_INFINITY])
      expect(backoff.next(absurd)).toBe(3_600_000)
    const waits = Array.from({ length: 20 }, () => backoff.next(-5))
    expect(Math.max(...waits)).toBeLessThanOrEqual(15_000)
    expect(Math.min(...waits)).toBeGreaterThan(0)
  })
})
