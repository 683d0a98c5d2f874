/** Every implementation of the port `Upstream` that can run here, for suites. */
import { randomUUID } from 'node:crypto'
import { systemClock, type Clock } from '../src/core/clock.ts'
import type { Db } from '../src/db/db.ts'
import { createElectricUpstream } from '../src/shape/electric.ts'
import { createShapeEngine, type EngineOptions } from '../src/shape/engine/engine.ts'
import type { Upstream } from '../src/shape/upstream.ts'
import { serveAsElectric } from './electric-front.ts'

/** What a suite may ask for; a server that runs by itself has its own way. */
export interface UpstreamOptions extends EngineOptions {
  readonly clock?: Clock
}

export interface OpenedUpstream {
  readonly upstream: Upstream
  /** To be called after each commit. */
  wrote(): void
  close(): Promise<void>
}

export interface UpstreamKind {
  readonly name: string
  /** Whether it is as the options say, and its log is in the database to look at. */
  readonly isOurs: boolean
  open(
    db: Db,
    options: UpstreamOptions,
    report: (problem: unknown) => void,
  ): Promise<OpenedUpstream>
}

const holdMs = 20_000

const builtIn: UpstreamKind = {
  name: 'the built-in engine',
  isOurs: true,
  async open(db, { clock = systemClock, ...options }, report) {
    const upstream = createShapeEngine({ db, clock, report }, { longPollMs: holdMs, ...options })
    return { upstream, wrote: () => upstream.changed(), close: () => upstream.close() }
  },
}

const overHttp: UpstreamKind = {
  name: 'Electric, played by the engine over HTTP',
  isOurs: true,
  async open(db, { clock = systemClock, ...options }, report) {
    const secret = randomUUID()
    const engine = createShapeEngine({ db, clock, report }, { longPollMs: holdMs, ...options })
    const front = await serveAsElectric(engine, secret)
    const upstream = createElectricUpstream({ fetch, clock, report }, { url: front.url, secret })
    return {
      upstream,
      wrote: () => engine.changed(),
      async close() {
        await upstream.close()
        await engine.close()
        await front.close()
      },
    }
  },
}

export const upstreams: readonly UpstreamKind[] = [builtIn, overHttp]

/** A server that runs somewhere, on the database that the suite writes to. */
export const runningUpstream = (url: URL, secret: string): UpstreamKind => ({
  name: 'the server that runs',
  isOurs: false,
  async open(_, __, report) {
    const deps = { fetch, clock: systemClock, report }
    const upstream = createElectricUpstream(deps, { url, secret })
    return { upstream, wrote() {}, close: () => upstream.close() }
  },
})
