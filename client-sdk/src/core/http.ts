/**
 * One request to the sync server: JSON in, a checked answer or a typed problem out. Which network
 * carries it is the platform's choice.
 */
import { Problem, problemFromBody } from '@selene/shapes'
import * as v from 'valibot'

/** The platform's way to the network, with the meaning of `fetch`. */
export type Network = (request: Request) => Promise<Response>

export interface Call<S extends v.GenericSchema> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly body?: unknown
  readonly authorization?: string
  /** Shape of the answer; more fields than it names are let through. */
  readonly answer: S
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

export function createHttp(network: Network, server: URL): Http {
  async function send(request: Request): Promise<Response> {
    try {
      return await network(request)
    } catch (cause) {
      if (request.signal.aborted) throw cause
      throw new Problem('server/unreachable', { cause })
    }
  }

  return {
    server,
    send,
    async call({ method, path, body, authorization, answer, signal }) {
      const headers = new Headers({ accept: 'application/json' })
      if (body !== undefined) headers.set('content-type', 'application/json')
      if (authorization !== undefined) headers.set('authorization', authorization)
      const response = await send(
        new Request(new URL(path, server), {
          method,
          headers,
          ...(body !== undefined && { body: JSON.stringify(body) }),
          ...(signal && { signal }),
        }),
      )
      const parsed = await readJson(response)
      if (!response.ok) throw problemFromBody(parsed)
      const checked = v.safeParse(answer, parsed)
      if (!checked.success) throw new Problem('server/unintelligible')
      return checked.output
    },
  }
}

/** The body as JSON; `undefined` for an empty one and for anything that is not JSON. */
async function readJson(response: Response): Promise<unknown> {
  try {
    const body = await response.text()
    return body === '' ? undefined : JSON.parse(body)
  } catch (cause) {
    if (response.ok) throw new Problem('server/unreachable', { cause })
    return undefined
  }
}
