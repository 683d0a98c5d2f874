/** `GET /v1/shape/:name`: the only way to read a table. */
import { Hono } from 'hono'
import { Problem } from '@selene/shapes'
import type { Authenticate } from '../core/claims.ts'
import type { Clock } from '../core/clock.ts'
import { admitReader } from './gatekeeper.ts'
import { headersForReader } from './headers.ts'
import type { Upstream } from './upstream.ts'

export interface ShapeRouteDeps {
  readonly upstream: Upstream
  readonly authenticate: Authenticate
  readonly clock: Clock
}

/** Longer than any answer is held; a timer may not be set for much more than 24 days. */
const longestHoldMs = 3_600_000

/** Runs `answer` with a signal that is aborted when the client leaves or the token ends. */
async function untilExpiry<T>(
  client: AbortSignal,
  remainingMs: number,
  answer: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const expiry = new AbortController()
  const held = Math.min(Math.max(remainingMs, 0), longestHoldMs)
  const timer = setTimeout(() => expiry.abort(), held)
  try {
    return await answer(AbortSignal.any([client, expiry.signal]))
  } finally {
    clearTimeout(timer)
  }
}

export function createShapeRoutes({ upstream, authenticate, clock }: ShapeRouteDeps): Hono {
  const routes = new Hono()
  routes.get('/v1/shape/:name', async (context) => {
    const request = context.req.raw
    const claims = await authenticate(request)
    const parameters = new URL(request.url).searchParams
    const verdict = admitReader(claims, context.req.param('name'), parameters)
    if (!verdict.ok)
      throw new Problem(verdict.code, 'faults' in verdict ? { faults: verdict.faults } : {})
    const response = await untilExpiry(request.signal, claims.expiresAt - clock.now(), (signal) =>
      upstream.read(verdict.request, verdict.protocol, signal),
    )
    return new Response(response.body, {
      status: response.status,
      headers: headersForReader(response.headers),
    })
  })
  return routes
}
