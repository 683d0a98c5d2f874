/**
 * Electric behind the gatekeeper, over HTTP. Bodies stream; what Electric says to a client (200, 400,
 * 409) passes, what it says to this server (a wrong secret, a full queue, nothing at all) becomes a
 * problem with a time to come again. A held request that must end is answered as if its time were up.
 */
import { Problem, type ShapeRequest } from '@selene/shapes'
import type { Clock } from '../core/clock.ts'
import { createBreaker } from './electric-breaker.ts'
import { electricQuery } from './electric-query.ts'
import { timeIsUp } from './time-is-up.ts'
import type { Upstream } from './upstream.ts'

export interface ElectricDeps {
  /** With the meaning of the platform's `fetch`. */
  readonly fetch: (request: Request) => Promise<Response>
  readonly clock: Clock
  /** Told what went wrong where no caller can be. */
  readonly report: (error: unknown) => void
}

export interface ElectricOptions {
  /** Where `/v1/shape` and `/v1/health` are found. */
  readonly url: URL
  readonly secret: string
  /** How long Electric may take to begin an answer, long polls included; 60 s unless told. */
  readonly answerWithinMs?: number
}

/** Answers meant for the client. */
const forClients: ReadonlySet<number> = new Set([200, 400, 409])
/** It is well and has too much to do. */
const isBusy = (status: number): boolean => status === 429 || status === 503
const healthWithinMs = 5000
const busySeconds = 5
const longestAskedSeconds = 300

/** Electric did not answer, or not with anything that makes sense. */
const failed = (cause?: unknown): Problem =>
  new Problem('server/unavailable', { retryAfterSeconds: busySeconds, cause })

function busy(response: Response): Problem {
  const asked = Number(response.headers.get('retry-after'))
  const known = Number.isSafeInteger(asked) && asked > 0
  const retryAfterSeconds = known ? Math.min(asked, longestAskedSeconds) : busySeconds
  return new Problem('server/overloaded', { retryAfterSeconds })
}

/** The same with headers that may be changed. */
const own = ({ status, headers, body }: Response): Response =>
  new Response(body, { status, headers: new Headers(headers) })

const isLive = (protocol: URLSearchParams): boolean =>
  protocol.has('live') && protocol.get('live') !== 'false'

function under(base: URL, path: string): URL {
  const url = new URL(base)
  url.pathname = `${url.pathname.replace(/\/$/, '')}${path}`
  return url
}

export function createElectricUpstream(deps: ElectricDeps, options: ElectricOptions): Upstream {
  const { url, secret, answerWithinMs = 60_000 } = options
  const closing = new AbortController()
  const answering = new Set<Promise<Response>>()

  /** Fetches, and gives up when no answer has begun in time; its body may take longer. */
  async function fetchWithin(target: URL, ms: number, over?: AbortSignal): Promise<Response> {
    const late = new AbortController()
    const timer = setTimeout(() => late.abort(), ms)
    const signal = over ? AbortSignal.any([over, late.signal]) : late.signal
    try {
      // Where a redirect led would be told the secret.
      return await deps.fetch(new Request(target, { signal, redirect: 'manual' }))
    } catch (cause) {
      if (over?.aborted) throw cause
      throw failed(cause)
    } finally {
      clearTimeout(timer)
    }
  }

  async function probe(): Promise<void> {
    const response = await fetchWithin(under(url, '/v1/health'), healthWithinMs)
    await response.body?.cancel()
    // 202: it is starting, or waits for its database.
    if (response.status !== 200) throw failed()
  }

  const breaker = createBreaker({
    clock: deps.clock,
    probe,
    isFailure: (error) => error instanceof Problem && error.code === 'server/unavailable',
    report: deps.report,
  })

  async function ask(target: URL, over: AbortSignal): Promise<Response> {
    const response = await fetchWithin(target, answerWithinMs, over)
    if (forClients.has(response.status)) return own(response)
    await response.body?.cancel()
    throw isBusy(response.status) ? busy(response) : failed()
  }

  async function read(request: ShapeRequest, protocol: URLSearchParams, signal: AbortSignal) {
    const live = isLive(protocol)
    const over = live ? AbortSignal.any([signal, closing.signal]) : signal
    if (live && over.aborted) return timeIsUp(protocol)
    const target = under(url, '/v1/shape')
    target.search = electricQuery(request, protocol, secret).toString()
    try {
      return await breaker.run(() => ask(target, over))
    } catch (error) {
      if (live && over.aborted) return timeIsUp(protocol)
      throw error instanceof Problem ? error : failed(error)
    }
  }

  return {
    async read(request, protocol, signal) {
      const answer = read(request, protocol, signal)
      answering.add(answer)
      return answer.finally(() => answering.delete(answer))
    },
    // Electric hears of every commit by replication.
    changed() {},
    async close() {
      closing.abort()
      await Promise.allSettled(answering)
    },
  }
}
