import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Problem } from '@selene/shapes'
import { Hono } from 'hono'
import { afterAll, describe, expect, test } from 'vitest'
import { createLog } from '../core/log.ts'
import { systemRandom } from '../core/random.ts'
import { createApp, type AppOptions } from './app.ts'

const publicDirectory = mkdtempSync(join(tmpdir(), 'selene-public-'))
writeFileSync(join(publicDirectory, 'index.html'), '<!doctype html><title>Front page</title>')
writeFileSync(join(publicDirectory, '..', 'selene-outside.txt'), 'outside')
mkdirSync(join(publicDirectory, 'assets'))
writeFileSync(join(publicDirectory, 'assets', 'page-1a2b.js'), 'plain')
writeFileSync(join(publicDirectory, 'assets', 'page-1a2b.js.br'), 'compressed')
afterAll(() => {
  rmSync(publicDirectory, { recursive: true })
  rmSync(join(publicDirectory, '..', 'selene-outside.txt'))
})

const routes = new Hono()
routes.get('/v1/things/:id', (c) => c.json({ id: c.req.param('id') }))
routes.put('/v1/things/:id', (c) => c.body(null, 204))
routes.get('/v1/cached', (c) => c.json({}, 200, { 'cache-control': 'private, max-age=5' }))
routes.get('/v1/busy', () => {
  throw new Problem('server/overloaded', { retryAfterSeconds: 7 })
})
routes.get('/v1/broken', () => {
  throw new TypeError('MARKER in a message')
})

function open(options: Partial<AppOptions> = {}) {
  const lines: string[] = []
  let now = 0
  const app = createApp(
    {
      log: createLog({ write: (line) => lines.push(line) }),
      clock: { now: () => (now += 3) },
      random: systemRandom,
      routes: [routes],
    },
    { allowedOrigins: ['https://app.example'], tls: false, publicDirectory, ...options },
  )
  const get = async (path: string, init: RequestInit = {}) =>
    app.fetch(new Request(`http://localhost${path}`, init))
  return { get, lines }
}

describe('S6 every fault is problem+json', () => {
  const { get, lines } = open()

  test('a problem of ours as it is, with Retry-After', async () => {
    const response = await get('/v1/busy')
    expect(response.status).toBe(503)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(response.headers.get('retry-after')).toBe('7')
    expect(await response.json()).toEqual({
      type: 'urn:selene:problem:server/overloaded',
      title: 'The server is busy',
      status: 503,
      code: 'server/overloaded',
      remedy: 'retry',
      retry_after_seconds: 7,
    })
  })

  test('any other error without a word of it, and the log says where it was', async () => {
    const response = await get('/v1/broken')
    const body = await response.text()
    expect(JSON.parse(body)).toEqual({
      type: 'urn:selene:problem:server/unexpected',
      title: 'Unexpected error',
      status: 500,
      code: 'server/unexpected',
      remedy: 'retry',
    })
    const log = lines.join('')
    expect(log).not.toContain('MARKER')
    expect(log).toContain('app.test.ts')
    expect(log).toContain(response.headers.get('x-request-id'))
  })

  test('an unknown path is 404, whatever the method', async () => {
    for (const init of [{}, { method: 'POST' }]) {
      const response = await get('/v1/nothing', init)
      expect(response.status).toBe(404)
      expect(await response.json()).toMatchObject({ code: 'request/not-found' })
    }
  })

  test('S7 another method on a known path is 405 with Allow', async () => {
    const response = await get('/v1/things/5', { method: 'DELETE' })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('GET, HEAD, PUT, OPTIONS')
    expect(await response.json()).toMatchObject({ code: 'request/method-not-allowed' })
    expect((await get('/v1/things/5/more', { method: 'DELETE' })).status).toBe(404)
  })
})

describe('headers', () => {
  test('every answer has the safe ones, faults and pages too', async () => {
    const { get } = open()
    for (const path of ['/', '/v1/things/1', '/v1/broken', '/v1/nothing']) {
      const { headers } = await get(path)
      expect(headers.get('content-security-policy')).toContain("default-src 'self'")
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
      expect(headers.has('strict-transport-security')).toBe(false)
    }
    const overTls = await open({ tls: true }).get('/')
    expect(overTls.headers.get('strict-transport-security')).toMatch(/^max-age=/)
  })

  test('what the API answers is stored by nobody, unless the route says so', async () => {
    const { get } = open()
    expect((await get('/v1/things/1')).headers.get('cache-control')).toBe('no-store')
    expect((await get('/v1/cached')).headers.get('cache-control')).toBe('private, max-age=5')
    expect((await get('/')).headers.get('cache-control')).toBe('no-cache')
  })

  test('S9 only pages of named origins may call', async () => {
    const { get } = open()
    const from = (origin: string, init: RequestInit = {}) =>
      get('/v1/things/1', { ...init, headers: { origin } })
    const named = await from('https://app.example')
    expect(named.headers.get('access-control-allow-origin')).toBe('https://app.example')
    expect(named.headers.get('access-control-expose-headers')).toContain('electric-handle')
    const other = await from('https://elsewhere.example')
    expect(other.headers.has('access-control-allow-origin')).toBe(false)
    const preflight = await from('https://app.example', { method: 'OPTIONS' })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization')
  })
})

test('S4 the access line has the pattern, never path, query, agent or address', async () => {
  const { get, lines } = open()
  await get('/v1/things/MARKER?token=MARKER', {
    headers: { 'user-agent': 'MARKER', 'x-forwarded-for': 'MARKER', authorization: 'MARKER' },
  })
  await get('/MARKER')
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    { method: 'GET', route: '/v1/things/:id', status: 200, ms: 3, text: 'request' },
    { method: 'GET', route: '/*', status: 404 },
  ])
  expect(lines.join('')).not.toContain('MARKER')
})

describe('the front page', () => {
  const { get } = open()

  test('is served at /', async () => {
    const response = await get('/')
    expect(response.headers.get('content-type')).toContain('text/html')
    expect(await response.text()).toContain('Front page')
  })

  test('what has a hash in its name is kept by browsers for good, what has none is asked for again', async () => {
    const asset = await get('/assets/page-1a2b.js')
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect((await get('/assets/gone-3c4d.js')).headers.get('cache-control')).toBe('no-cache')
    expect((await get('/')).headers.get('cache-control')).toBe('no-cache')
  })

  test('who accepts it gets the file that was compressed ahead of time', async () => {
    const accepting = await get('/assets/page-1a2b.js', {
      headers: { 'accept-encoding': 'gzip, br' },
    })
    expect(accepting.headers.get('content-encoding')).toBe('br')
    expect(accepting.headers.get('content-type')).toContain('text/javascript')
    expect(await accepting.text()).toBe('compressed')
    expect(await (await get('/assets/page-1a2b.js')).text()).toBe('plain')
  })

  test('a server without a built app still answers', async () => {
    const unbuilt = open({ publicDirectory: join(publicDirectory, 'nowhere') })
    expect((await unbuilt.get('/')).status).toBe(404)
    expect((await unbuilt.get('/v1/things/1')).status).toBe(200)
  })

  test.each(['/../selene-outside.txt', '/%2e%2e/selene-outside.txt', '/..%2fselene-outside.txt'])(
    'nothing outside its directory is: %s',
    async (path) => {
      expect((await get(path)).status).toBe(404)
    },
  )
})
