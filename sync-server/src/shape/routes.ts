/**
 * `GET /v1/shape/:name`, and `HEAD`: the only way to read a table. Who asks is checked again after the
 * reading, so that nothing that came while an answer was held goes to somebody who may no longer have it.
 */
import { Problem, type VaultId } from '@selene/shapes'
import { Hono } from 'hono'
import type { Authenticate } from '../core/claims.ts'
import type { Clock } from '../core/clock.ts'
import { watchedEvents } from './event-body.ts'
import { admitReader, type Verdict } from './gatekeeper.ts'
import { headersForReader, isUnchanged } from './headers.ts'
import { createHolds, type Hold, type Standing } from './holds.ts'
import type { Upstream } from './upstream.ts'

export interface ShapeRouteDeps {
  readonly upstream: Upstream
  readonly authenticate: Authenticate
  readonly clock: Clock
  readonly standing: Standing
}

export interface ShapeRoutes {
  readonly routes: Hono
  /** Ends what readers of the vault, or all, may not read any more; called after commits, and by the sweep. */
  check(vault?: VaultId): Promise<void>
}

function admitted(verdict: Verdict): Extract<Verdict, { ok: true }> {
  if (verdict.ok) return verdict
  throw new Problem(verdict.code, 'faults' in verdict ? { faults: verdict.faults } : {})
}

const isEvents = (response: Response): boolean =>
  response.headers.get('content-type')?.startsWith('text/event-stream') === true

export function createShapeRoutes(deps: ShapeRouteDeps): ShapeRoutes {
  const { upstream, authenticate } = deps
  const holds = createHolds(deps)

  /** The answer as its reader gets it; the hold is released with its last byte. */
  async function forReader(request: Request, response: Response, hold: Hold): Promise<Response> {
    const { status } = response
    const headers = headersForReader(response.headers)
    if (request.method === 'GET' && isEvents(response) && response.body) {
      const confirm = (): Promise<unknown> => authenticate(request)
      const watch = { signal: hold.signal, confirm, ended: hold.release }
      return new Response(watchedEvents(response.body, watch), { status, headers })
    }
    hold.release()
    const known = request.headers.get('if-none-match') ?? undefined
    const unchanged = status === 200 && isUnchanged(known, headers.get('etag'))
    if (request.method === 'HEAD') headers.set('cache-control', 'private, no-cache')
    if (request.method === 'GET' && !unchanged) return response
    await response.body?.cancel()
    return new Response(null, { status: unchanged ? 304 : status, headers })
  }

  async function answer(request: Request, name: string): Promise<Response> {
    const claims = await authenticate(request)
    const verdict = admitted(admitReader(claims, name, new URL(request.url).searchParams))
    const hold = holds.open(claims, request.signal)
    try {
      const response = await upstream.read(verdict.request, verdict.protocol, hold.signal)
      try {
        await authenticate(request)
      } catch (error) {
        await response.body?.cancel()
        throw error
      }
      return await forReader(request, response, hold)
    } catch (error) {
      hold.release()
      throw error
    }
  }

  const routes = new Hono()
  routes.get('/v1/shape/:name', (c) => answer(c.req.raw, c.req.param('name')))
  return { routes, check: holds.check }
}
