/** Headers of every answer, and which other origins may call. */
import type { MiddlewareHandler } from 'hono'
import { cors } from 'hono/cors'
import { shapeHeaders } from '../shape/headers.ts'

const contentPolicy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const fixed: readonly (readonly [string, string])[] = [
  ['content-security-policy', contentPolicy],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-embedder-policy', 'require-corp'],
  ['referrer-policy', 'no-referrer'],
  ['x-content-type-options', 'nosniff'],
  ['permissions-policy', 'camera=(self), geolocation=(self), microphone=()'],
]
const strictTransport = ['strict-transport-security', 'max-age=31536000'] as const

/**
 * Sets the headers that no route sets for itself. Answers of the API are stored by nobody, pages are
 * asked for again each time.
 */
export function securityHeaders(options: { tls: boolean }): MiddlewareHandler {
  const headers = options.tls ? [...fixed, strictTransport] : fixed
  return async (c, next) => {
    await next()
    // In their place: the context would make the whole answer anew for each header.
    const answered = c.res.headers
    for (const [name, value] of headers) answered.set(name, value)
    if (!answered.has('cache-control'))
      answered.set('cache-control', c.req.path.startsWith('/v1/') ? 'no-store' : 'no-cache')
  }
}

/**
 * Lets pages of the named origins call the API. Answers get their headers when they are there, in their place, as they
 * would be made anew otherwise.
 */
export function allowOrigins(origins: readonly string[]): MiddlewareHandler {
  const answerPreflight = cors({
    origin: (origin) => (origins.includes(origin) ? origin : null),
    allowMethods: ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'],
    allowHeaders: ['authorization', 'content-type'],
    maxAge: 86_400,
  })
  const exposed = [...shapeHeaders, 'x-request-id'].join(',')
  return async (c, next) => {
    if (c.req.method === 'OPTIONS') return answerPreflight(c, next)
    await next()
    const { headers } = c.res
    headers.append('vary', 'Origin')
    headers.set('access-control-expose-headers', exposed)
    const origin = c.req.header('origin')
    if (origin !== undefined && origins.includes(origin))
      headers.set('access-control-allow-origin', origin)
    return undefined
  }
}
