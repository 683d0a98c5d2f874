/**
 * One request to the sync server: JSON in, a checked answer or a typed problem out. Which network
 * carries it is the platform's choice; one that never answers is given up after a minute.
 */
import { Problem, problemFromBody } from '@selene/shapes'
import * as v from 'valibot'
import type { Clock } from './clock.ts'

/** The platform's way to the network, with the meaning of `fetch`. */
export type Network = (request: Request) => Promise<Response>

export interface Call<S extends v.GenericSchema> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly body?: unknown
  readonly authorization?: string
  /** Shape of the answer; more fields than it names are let through. */
  readonly answer: S
  /** Ends the request; the call then rejects with whatever the network rejects with. */
  readonly signal?: AbortSignal
}

export interface Http {
  /** @throws {@link Problem} the server's own, `server/unreachable` or `server/unintelligible`. */
  call<S extends v.GenericSchema>(call: Call<S>): Promise<v.InferOutput<S>>
  /** Sends a request as it is; a failed connection is `server/unreachable`. */
  send(request: Request): Promise<Response>
  readonly server: URL
}

export const noAnswer = v.unknown()

/** Longer than the server holds any request open. */
const longestWaitMs = 60_000

interface Deps {
  readonly network: Network
  readonly server: URL
  readonly clock: Clock
  /** Aborts when the client closes; ends every request. */
  readonly closing: AbortSignal
}

export function createHttp({ network, server, clock, closing }: Deps): Http {
  /** Ends `work` with its request, after a minute, or with the client, whether the network listens or not. */
  async function inTime<T>(request: Request, work: (request: Request) => Promise<T>): Promise<T> {
    const late = new AbortController()
    const cancel = clock.after(longestWaitMs, () => late.abort())
    const signal = AbortSignal.any([request.signal, late.signal, closing])
    const ended = Promise.withResolvers<never>()
    const end = (): void => ended.reject(signal.reason)
    if (signal.aborted) end()
    signal.addEventListener('abort', end, { once: true })
    try {
      return await Promise.race([ended.promise, work(new Request(request, { signal }))])
    } catch (cause) {
      if (cause instanceof Problem || request.signal.aborted) throw cause
      throw new Problem('server/unreachable', { cause })
    } finally {
      signal.removeEventListener('abort', end)
      cancel()
    }
  }

  return {
    server,
    send: (request) => inTime(request, network),
    async call({ method, path, body, authorization, answer, signal }) {
      const headers = new Headers({ accept: 'application/json' })
      if (body !== undefined) headers.set('content-type', 'application/json')
      if (authorization !== undefined) headers.set('authorization', authorization)
      const asked = new Request(new URL(path, server), {
        method,
        headers,
        ...(body !== undefined && { body: JSON.stringify(body) }),
        ...(signal && { signal }),
      })
      return inTime(asked, async (request) => {
        const response = await network(request)
        if (!response.ok) throw await problemFromResponse(response)
        const checked = v.safeParse(answer, parseJson(await response.text()))
        if (!checked.success) throw new Problem('server/unintelligible')
        return checked.output
      })
    },
  }
}

/** The body as JSON; `undefined` for an empty one. */
function parseJson(body: string): unknown {
  try {
    return body === '' ? undefined : JSON.parse(body)
  } catch (cause) {
    throw new Problem('server/unintelligible', { cause })
  }
}

/** What an answer that is not a success says; what is not one of our problems is `server/unintelligible`. */
export async function problemFromResponse(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => undefined)
  const said = problemFromBody(body)
  const seconds = Number(response.headers.get('retry-after'))
  // A proxy before the server knows the header only (RFC 9110 §10.2.3).
  if (said.retryAfterSeconds !== undefined || !Number.isSafeInteger(seconds) || seconds <= 0)
    return said
  return new Problem(said.code, {
    ...(said.detail !== undefined && { detail: said.detail }),
    ...(said.faults && { faults: said.faults }),
    retryAfterSeconds: seconds,
  })
}
