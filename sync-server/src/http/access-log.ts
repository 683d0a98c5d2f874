/**
 * One line per request: method, route pattern, status, duration. Never the path itself (it holds
 * identifiers), the query, an address or a user agent. Beats have no line: their rhythm would tell how
 * many people are out, and when (W67).
 */
import { stampUuid } from '@selene/shapes'
import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import type { Random } from '../core/random.ts'

const unlogged: ReadonlySet<string> = new Set(['/v1/location/cell'])

export interface RequestEnv {
  Variables: { requestId: string }
}

/** Names the request and logs it when it is answered. A client's own id is not taken over. */
export function accessLog(deps: {
  log: Log
  clock: Clock
  random: Random
}): MiddlewareHandler<RequestEnv> {
  return async (c, next) => {
    const id = stampUuid(deps.random.bytes(16), 4)
    const started = deps.clock.now()
    c.set('requestId', id)
    await next()
    // In their place: the context would make the whole answer anew for each header.
    c.res.headers.set('x-request-id', id)
    // The route that answered: the last one that was entered.
    const route = routePath(c)
    if (unlogged.has(route)) return
    deps.log.info(
      {
        id,
        method: c.req.method,
        route,
        status: c.res.status,
        ms: deps.clock.now() - started,
      },
      'request',
    )
  }
}
