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
    for (const [name, value] of headers) c.header(name, value)
    if (!c.res.headers.has('cache-control'))
      c.header('cache-control', c.req.path.startsWith('/v1/') ? 'no-store' : 'no-cache')
  }
}

/** Lets pages of the named origins call the API. */
export const allowOrigins = (origins: readonly string[]): MiddlewareHandler =>
  cors({
    origin: (origin) => (origins.includes(origin) ? origin : null),
    allowMethods: ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'],
    allowHeaders: ['authorization', 'content-type'],
    exposeHeaders: [...shapeHeaders, 'x-request-id'],
    maxAge: 86_400,
  })
