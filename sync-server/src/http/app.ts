/**
 * The HTTP application: mounts the features' routes, and gives every answer its request id, headers
 * and log line, and every fault its problem+json.
 */
import { existsSync } from 'node:fs'
import { Problem } from '@selene/shapes'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import type { Random } from '../core/random.ts'
import { accessLog, type RequestEnv } from './access-log.ts'
import { isServerFault, problemResponse } from './problem-response.ts'
import { routedMethods } from './routed-methods.ts'
import { allowOrigins, securityHeaders } from './security-headers.ts'

export interface AppDeps {
  readonly log: Log
  readonly clock: Clock
  readonly random: Random
  readonly routes: readonly Hono[]
}

export interface AppOptions {
  readonly allowedOrigins: readonly string[]
  /** Whether people reach the server over TLS. */
  readonly tls: boolean
  /** Absolute path of the files served at `/`. */
  readonly publicDirectory: string
}

/** A year, in seconds: what a name with a hash holds never changes. */
const immutable = 'public, max-age=31536000, immutable'

/** Serves the web app's files, compressed ahead of time, if it has been built. */
function servePages(app: Hono<RequestEnv>, directory: string): void {
  if (!existsSync(directory)) return
  app.use('/assets/*', async (c, next) => {
    await next()
    if (c.res.ok) c.header('cache-control', immutable)
  })
  app.get('/*', serveStatic({ root: directory, precompressed: true }))
}

export function createApp(deps: AppDeps, options: AppOptions): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>()
  app.use('*', accessLog(deps))
  app.use('*', securityHeaders(options))
  app.use('/v1/*', allowOrigins(options.allowedOrigins))
  app.use('/.well-known/*', allowOrigins(options.allowedOrigins))
  for (const routes of deps.routes) app.route('/', routes)
  const methodsOf = routedMethods(app)
  servePages(app, options.publicDirectory)

  app.notFound((c) => {
    const allowed = methodsOf(c.req.path)
    if (allowed.length === 0) return problemResponse(new Problem('request/not-found'))
    const response = problemResponse(new Problem('request/method-not-allowed'))
    response.headers.set('allow', allowed.join(', '))
    return response
  })
  app.onError((error, c) => {
    if (isServerFault(error)) deps.log.error({ error, id: c.get('requestId') }, 'request failed')
    return problemResponse(error)
  })
  return app
}
