/** The routes over an upstream that the test plays, and an authentication that the test turns around. */
import {
  Problem,
  problemToBody,
  shapeRequest,
  type ShapeRequest,
  type VaultId,
} from '@selene/shapes'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Claims } from '../core/claims.ts'
import { systemClock } from '../core/clock.ts'
import { createShapeRoutes, type ShapeRoutes } from './routes.ts'

const mine = '11111111-1111-4111-8111-111111111111' as VaultId
const other = '22222222-2222-4222-8222-222222222222' as VaultId
const origin = 'http://selene.test'
const place = 'offset=1_0&handle=h'

interface Asked {
  readonly request: ShapeRequest
  readonly protocol: URLSearchParams
  readonly signal: AbortSignal
  readonly answer: PromiseWithResolvers<Response>
}

let asked: Asked[]
let shape: ShapeRoutes
/** Why nobody is let in any more. */
let refusal: Problem | undefined
let sessionsAsked: string[][]
let expiresAt: number

beforeEach(() => {
  asked = []
  refusal = undefined
  sessionsAsked = []
  expiresAt = Date.now() + 3_600_000
  shape = createShapeRoutes({
    clock: systemClock,
    async authenticate(request) {
      if (refusal) throw refusal
      const vault = request.headers.get('authorization') as VaultId
      const session = vault as unknown as Claims['session']
      return { vault, device: vault as unknown as Claims['device'], session, expiresAt }
    },
    async standing(sessions) {
      sessionsAsked.push([...sessions])
      return new Set(refusal ? [] : sessions)
    },
    upstream: {
      read(request, protocol, signal) {
        const answer = Promise.withResolvers<Response>()
        asked.push({ request, protocol, signal, answer })
        // As the port says: a held answer ends as if its time were up.
        signal.addEventListener('abort', () => answer.resolve(Response.json([])))
        return answer.promise
      },
      changed() {},
      close: async () => {},
    },
  })
  shape.routes.onError((error, c) =>
    error instanceof Problem
      ? c.json(problemToBody(error), error.status as 400)
      : c.json({ code: 'none', message: error.message }, 500),
  )
})

async function ask(
  query: string,
  { headers, ...init }: { method?: string; headers?: object; signal?: AbortSignal } = {},
): Promise<Response> {
  const url = `${origin}/v1/shape/vault_log?${query}`
  return shape.routes.fetch(
    new Request(url, { ...init, headers: { authorization: mine, ...headers } }),
  )
}
/** Asks, and waits until the upstream has been asked. */
async function held(query = `${place}&live=true`, init: Parameters<typeof ask>[1] = {}) {
  const before = asked.length
  const response = ask(query, init)
  await expect.poll(() => asked.length).toBe(before + 1)
  return { response, ...asked[before]! }
}
const codeOf = async (response: Promise<Response>): Promise<unknown> => {
  const { status } = await response
  return [status, ((await (await response).json()) as { code: string }).code]
}
const revoked = [
  ['removed device', 'vault/member-removed', 403],
  ['ended session', 'auth/session-ended', 401],
] as const

describe('what is asked', () => {
  test.each([
    ['/v1/shape/vault_log?offset=-1', 'vault_log'],
    ['/v1/shape/vault%5Flog?offset=-1', 'vault_log'],
    ['/v1/shape/contacts/../vault_log?offset=-1', 'vault_log'],
    ['/v1/shape/contacts/%2e%2e/vault_log?offset=-1', 'vault_log'],
    ['/v1/shape/%63ontacts?%6Fffset=-1', 'contacts'],
  ] as const)('S24 %s is %s of the reader', async (path, name) => {
    const response = shape.routes.fetch(
      new Request(`${origin}${path}`, { headers: { authorization: mine } }),
    )
    await expect.poll(() => asked.length).toBe(1)
    expect(asked[0]!.request).toEqual(shapeRequest(name, mine))
    expect([...asked[0]!.protocol]).toEqual([['offset', '-1']])
    asked[0]!.answer.resolve(Response.json([]))
    expect((await response).status).toBe(200)
  })

  test.each([
    ['/v1/shape/Vault_Log', 404, 'shape/unknown'],
    ['/v1/shape/vault_log%2F..%2Faccounts', 404, 'shape/unknown'],
    ['/v1/shape/vault_log%00', 404, 'shape/unknown'],
    ['/v1/shape/vault_log%252Faccounts', 404, 'shape/unknown'],
    ['/v1/shape/vault_log?offset=-1&%77here=true', 400, 'request/invalid'],
    ['/v1/shape/vault_log?offset=-1&%2577here=true', 400, 'request/invalid'],
    ['/v1/shape/vault_log?offset=-1&offset=-1', 400, 'request/invalid'],
    ['/v1/shape/vault_log?offset=-1&off%73et=0_0', 400, 'request/invalid'],
    ['/v1/shape/vault_log?params%5B1%5D=x', 400, 'request/invalid'],
  ])('S25 %s is refused', async (path, status, code) => {
    const request = new Request(`${origin}${path}`, { headers: { authorization: mine } })
    expect(await codeOf(Promise.resolve(shape.routes.fetch(request)))).toEqual([status, code])
    expect(asked).toEqual([])
  })

  test('S25 a semicolon separates nothing: what is behind it is part of the value', async () => {
    const { protocol, answer } = await held('offset=-1;where=true')
    expect([...protocol]).toEqual([['offset', '-1;where=true']])
    answer.resolve(Response.json([]))
  })

  test.each(['POST', 'PUT', 'DELETE'])('S25 %s is not a way to read', async (method) => {
    expect((await ask('offset=-1', { method })).status).toBe(404)
    expect(asked).toEqual([])
  })

  test('who is not let in asks nothing', async () => {
    refusal = new Problem('auth/required')
    expect(await codeOf(ask('offset=-1'))).toEqual([401, 'auth/required'])
    expect(asked).toEqual([])
  })
})

describe('what is answered', () => {
  const tagged = () => Response.json(['row'], { headers: { etag: '"h:-1:0_0"' } })

  test('S27 who has it already is told so, without a body', async () => {
    const { response, answer } = await held('offset=-1', {
      headers: { 'if-none-match': '"x", "h:-1:0_0"' },
    })
    answer.resolve(tagged())
    expect((await response).status).toBe(304)
    expect(await (await response).text()).toBe('')
    expect((await response).headers.get('etag')).toBe('"h:-1:0_0"')
    expect((await response).headers.get('vary')).toBe('Authorization')
  })

  test('S27 another tag, or none, brings the rows', async () => {
    for (const headers of [{}, { 'if-none-match': '"h:-1:1_0"' }]) {
      const { response, answer } = await held('offset=-1', { headers })
      answer.resolve(tagged())
      expect(await (await response).json()).toEqual(['row'])
    }
  })

  test('S27 what is not a good answer is never called unchanged', async () => {
    const { response, answer } = await held('offset=-1', { headers: { 'if-none-match': '*' } })
    answer.resolve(Response.json([], { status: 409, headers: { etag: '"h"' } }))
    expect((await response).status).toBe(409)
  })

  test('S27 HEAD gets the same headers, stored by nobody, and no body', async () => {
    let cancelled = false
    const body = new ReadableStream({ cancel: () => void (cancelled = true) })
    const { response, answer } = await held('offset=-1', { method: 'HEAD' })
    answer.resolve(new Response(body, { headers: { 'electric-handle': 'h' } }))
    expect((await response).status).toBe(200)
    expect((await response).headers.get('electric-handle')).toBe('h')
    expect((await response).headers.get('cache-control')).toBe('private, no-cache')
    expect([(await response).body, cancelled]).toEqual([null, true])
  })

  test('a body comes as it is made', async () => {
    const pipe = new TransformStream<Uint8Array, Uint8Array>()
    const { response, answer } = await held('offset=-1')
    answer.resolve(new Response(pipe.readable))
    const reader = (await response).body!.getReader()
    const writer = pipe.writable.getWriter()
    void writer.write(Uint8Array.of(1))
    expect((await reader.read()).value).toEqual(Uint8Array.of(1))
    void writer.close()
    expect((await reader.read()).done).toBe(true)
  })
})

describe('W69 a held answer', () => {
  test('ends when its reader leaves', async () => {
    const leaving = new AbortController()
    const { response, signal } = await held(undefined, { signal: leaving.signal })
    leaving.abort()
    expect(signal.aborted).toBe(true)
    await response
  })

  test('S29 ends when its token does, and is what the token gets from then on', async () => {
    expiresAt = Date.now() + 10
    const { response, signal } = await held()
    signal.addEventListener('abort', () => (refusal = new Problem('auth/expired')))
    expect(await codeOf(response)).toEqual([401, 'auth/expired'])
  })

  test.each(revoked)('S29 of a %s ends at once', async (_, code, status) => {
    const { response } = await held()
    refusal = new Problem(code)
    await shape.check(mine)
    expect(await codeOf(response)).toEqual([status, code])
  })

  test.each(revoked)(
    'S29 of a %s brings nothing, were it answered first',
    async (_, code, status) => {
      const { response, answer } = await held()
      refusal = new Problem(code)
      let cancelled = false
      answer.resolve(
        new Response(new ReadableStream({ cancel: () => void (cancelled = true) }), {
          status: 200,
        }),
      )
      expect(await codeOf(response)).toEqual([status, code])
      expect(cancelled).toBe(true)
    },
  )

  test('S29 of another vault is not looked at, and none when there is none', async () => {
    const { response, signal, answer } = await held()
    await shape.check(other)
    expect(sessionsAsked).toEqual([])
    await shape.check()
    expect([sessionsAsked, signal.aborted]).toEqual([[[mine]], false])
    answer.resolve(Response.json([]))
    await response
    await shape.check()
    expect(sessionsAsked).toHaveLength(1)
  })

  test('is forgotten also when the upstream fails', async () => {
    const { response, answer } = await held()
    answer.reject(new Problem('server/unavailable'))
    expect(await codeOf(response)).toEqual([503, 'server/unavailable'])
    await shape.check()
    expect(sessionsAsked).toEqual([])
  })
})

describe('W69 a stream of events', () => {
  const events = (text: string): Uint8Array => new TextEncoder().encode(`data: ${text}\n\n`)

  async function streaming() {
    let cancelled = false
    let source!: ReadableStreamDefaultController<Uint8Array>
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => void (source = controller),
      cancel: () => void (cancelled = true),
    })
    const { response, signal, answer } = await held(`${place}&live=true&live_sse=true`)
    answer.resolve(new Response(body, { headers: { 'content-type': 'text/event-stream' } }))
    const reader = (await response).body!.pipeThrough(new TextDecoderStream()).getReader()
    return { reader, signal, source, isCancelled: () => cancelled }
  }

  test('passes each event as it comes', async () => {
    const { reader, source } = await streaming()
    for (const text of ['one', 'two']) {
      source.enqueue(events(text))
      expect((await reader.read()).value).toBe(`data: ${text}\n\n`)
    }
    source.close()
    expect((await reader.read()).done).toBe(true)
    await shape.check()
    expect(sessionsAsked).toEqual([])
  })

  test.each(revoked)('S29 of a %s ends at once, without failing', async (_, code) => {
    const { reader, isCancelled } = await streaming()
    const next = reader.read()
    refusal = new Problem(code)
    await shape.check(mine)
    expect((await next).done).toBe(true)
    await expect.poll(isCancelled).toBe(true)
  })

  test.each(revoked)('S29 of a %s brings no further event', async (_, code) => {
    const { reader, source, isCancelled } = await streaming()
    const next = reader.read()
    refusal = new Problem(code)
    source.enqueue(events('secret'))
    expect(await next).toEqual({ done: true, value: undefined })
    await expect.poll(isCancelled).toBe(true)
  })

  test('S29 ends with its token', async () => {
    expiresAt = Date.now() + 50
    const { reader } = await streaming()
    expect((await reader.read()).done).toBe(true)
  })

  test('ends when the upstream fails, and the client comes again', async () => {
    const { reader, source } = await streaming()
    source.error(new Error('lost'))
    expect((await reader.read()).done).toBe(true)
  })

  test('ends upstream when its reader leaves', async () => {
    const { reader, isCancelled } = await streaming()
    await reader.cancel()
    await expect.poll(isCancelled).toBe(true)
    await shape.check()
    expect(sessionsAsked).toEqual([])
  })
})
