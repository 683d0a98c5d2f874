import { Problem, shapeRequest, type VaultId } from '@selene/shapes'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { systemClock } from '../core/clock.ts'
import { createElectricUpstream, type ElectricOptions } from './electric.ts'
import type { Upstream } from './upstream.ts'

const request = shapeRequest('vault_log', '11111111-1111-4111-8111-111111111111' as VaultId)
const nobodyLeaves = new AbortController().signal
const problem = (code: string, retryAfterSeconds?: number) =>
  expect.objectContaining({ code, ...(retryAfterSeconds && { retryAfterSeconds }) })

type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** Answers with a status and no more. */
const saying =
  (status: number, headers: Record<string, string> = {}, body = ''): Answer =>
  (_, response) =>
    response.writeHead(status, headers).end(body)

let server: Server
let base: URL
/** Paths that were asked for, health included. */
let asked: string[]
let answer: Answer
let healthy: boolean
let reported: unknown[]
let upstream: Upstream

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  asked = []
  reported = []
  healthy = true
  answer = saying(200, {}, '[]')
  server = createServer((incoming, response) => {
    asked.push(incoming.url ?? '')
    if (incoming.url?.endsWith('/v1/health')) response.writeHead(healthy ? 200 : 202).end()
    else answer(incoming, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  start()
})
afterEach(async () => {
  vi.useRealTimers()
  await upstream.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

function start(options: Partial<ElectricOptions> = {}): void {
  const deps = { fetch, clock: systemClock, report: (error: unknown) => void reported.push(error) }
  upstream = createElectricUpstream(deps, { url: base, secret: 'between us', ...options })
}
const read = (query = 'offset=-1', signal = nobodyLeaves): Promise<Response> =>
  upstream.read(request, new URLSearchParams(query), signal)
const shapesAsked = (): string[] => asked.filter((path) => path.includes('/v1/shape?'))

describe('Electric over HTTP', () => {
  test('is asked at its own address with the secret, and with nothing of the client’s headers', async () => {
    let headers: IncomingMessage['headers'] = {}
    answer = (incoming, response) => {
      ;({ headers } = incoming)
      response.end('[]')
    }
    start({ url: new URL('/under/', base) })
    expect((await read()).status).toBe(200)
    const target = new URL(asked[0]!, base)
    expect(target.pathname).toBe('/under/v1/shape')
    expect(target.searchParams.get('secret')).toBe('between us')
    expect(headers).not.toHaveProperty('authorization')
    expect(headers).not.toHaveProperty('cookie')
  })

  test.each([200, 400, 409])('passes what it says to a client with %d', async (status) => {
    answer = saying(status, { 'electric-handle': 'h', 'x-other': 'y' }, '["body"]')
    const response = await read()
    expect([response.status, response.headers.get('electric-handle')]).toEqual([status, 'h'])
    expect(await response.json()).toEqual(['body'])
  })

  test('passes a body on as it comes', async () => {
    const more = Promise.withResolvers<ServerResponse>()
    answer = (_, response) => {
      response.writeHead(200).write('first ')
      more.resolve(response)
    }
    const reader = (await read()).body!.pipeThrough(new TextDecoderStream()).getReader()
    expect((await reader.read()).value).toBe('first ')
    ;(await more.promise).end('second')
    expect((await reader.read()).value).toBe('second')
  })

  test.each([
    ['refuses the secret', 401],
    ['forbids', 403],
    ['has nothing there', 404],
    ['redirects, where the secret must not go', 302],
    ['breaks', 500],
    ['cannot be reached through its proxy', 502],
  ])('S28 is unavailable when it %s', async (_, status) => {
    answer = saying(status, { location: 'http://127.0.0.1:1/' })
    await expect(read()).rejects.toEqual(problem('server/unavailable', 5))
    expect(shapesAsked()).toHaveLength(1)
  })

  test.each([
    [503, { 'retry-after': '7' }, 7],
    [503, {}, 5],
    [429, { 'retry-after': '86400' }, 300],
    [429, { 'retry-after': 'soon' }, 5],
  ])('S28 is busy when it says %d %j', async (status, headers, seconds) => {
    answer = saying(status, headers)
    for (let n = 0; n < 7; n++)
      await expect(read()).rejects.toEqual(problem('server/overloaded', seconds))
    // That it is busy does not mean that it is down.
    expect(shapesAsked()).toHaveLength(7)
  })

  test('S28 is unavailable when it does not begin to answer in time', async () => {
    answer = () => {}
    start({ answerWithinMs: 20 })
    await expect(read()).rejects.toEqual(problem('server/unavailable', 5))
  })
})

describe('S28 when it is down', () => {
  const fail = async (times: number): Promise<void> => {
    for (let n = 0; n < times; n++)
      await expect(read()).rejects.toEqual(problem('server/unavailable'))
  }
  const pass = (ms: number): unknown => vi.setSystemTime(Date.now() + ms)

  test('it is left alone, and everybody is told when to come again', async () => {
    answer = saying(500)
    await fail(5)
    expect(reported).toEqual([problem('server/unavailable')])
    const before = asked.length
    await expect(read()).rejects.toEqual(problem('server/unavailable', 5))
    pass(3500)
    await expect(read()).rejects.toEqual(problem('server/unavailable', 2))
    expect(asked).toHaveLength(before)
    expect(reported).toHaveLength(1)
  })

  test('one question about its health ends that, and a long poll waits for no other', async () => {
    answer = saying(500)
    await fail(5)
    pass(5000)
    asked = []
    const polls: ServerResponse[] = []
    answer = (_, response) => void polls.push(response)
    const held = [1, 2, 3].map(() => read('offset=1_0&handle=h&live=true'))
    await expect.poll(() => polls.length).toBe(3)
    expect(asked.filter((path) => path === '/v1/health').length).toBeLessThanOrEqual(3)
    for (const poll of polls) poll.end('[]')
    expect((await Promise.all(held)).map(({ status }) => status)).toEqual([200, 200, 200])
  })

  test('it is left alone longer when it is not well yet', async () => {
    answer = saying(500)
    await fail(5)
    pass(5000)
    healthy = false
    asked = []
    await fail(3)
    expect(asked).toEqual(['/v1/health'])
    pass(5000)
    healthy = true
    answer = saying(200, {}, '[]')
    expect((await read()).status).toBe(200)
  })

  test('nobody listens: the same', async () => {
    start({ url: new URL('http://127.0.0.1:1') })
    await fail(6)
    expect(reported).toHaveLength(1)
    expect(reported[0]).toBeInstanceOf(Problem)
  })

  test('clients that leave say nothing about it', async () => {
    answer = () => {}
    for (let n = 0; n < 7; n++) {
      const leaving = new AbortController()
      const reading = read('offset=1_0&handle=h', leaving.signal)
      await expect.poll(shapesAsked).toHaveLength(n + 1)
      leaving.abort()
      await expect(reading).rejects.toEqual(problem('server/unavailable'))
    }
    answer = saying(200, {}, '[]')
    expect((await read()).status).toBe(200)
  })
})

describe('a held request that must end', () => {
  test('is answered as if its time were up', async () => {
    answer = () => {}
    const ending = new AbortController()
    const held = read('offset=12_4&handle=h&live=true&cursor=7', ending.signal)
    await expect.poll(shapesAsked).toHaveLength(1)
    ending.abort()
    const response = await held
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'electric-cursor': '7',
      'electric-handle': 'h',
      'electric-has-data': 'false',
      'electric-offset': '12_4',
      'electric-up-to-date': '',
    })
    expect(await response.json()).toEqual([
      { headers: { control: 'up-to-date', global_last_seen_lsn: '12' } },
    ])
  })

  test('a stream of events just ends, at the place where it was', async () => {
    answer = () => {}
    const held = read('offset=0_inf&handle=h&live=true&live_sse=true')
    await expect.poll(shapesAsked).toHaveLength(1)
    await upstream.close()
    const response = await held
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    expect(response.headers.get('electric-offset')).toBe('0_inf')
    expect(await response.text()).toBe('')
  })

  test('one that comes when all is being closed is not held', async () => {
    await upstream.close()
    const response = await read('offset=0_inf&handle=h&live=true')
    expect([response.headers.get('electric-has-data'), asked]).toEqual(['false', []])
  })
})
