/** The shape engine as a server of its own, beside any Postgres database: flags, schema, listening. */
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { systemClock } from './core/clock.ts'
import type { Db } from './db/db.ts'
import { createPgDb } from './db/pg.ts'
import { listen } from './http/listen.ts'
import { migrationsDirectory } from './server.ts'
import { createShapeEngine } from './shape/engine/engine.ts'
import { bringForward } from './shape/engine/form.ts'
import { createShapeServer } from './shape/engine/serve.ts'

export interface ServeSettings {
  /** 0: any that is free. */
  readonly port: number
  readonly secret: string | undefined
  readonly allowsDeletion: boolean
  readonly chunkBytes: number
  readonly cacheMaxAge: number
  readonly cacheStaleAge: number
}

export interface EngineSettings extends ServeSettings {
  readonly databaseUrl: string
}

const usage =
  'npm run engine -- --database-url URL [--port 3000] [--allow-shape-deletion] [--chunk-bytes N]\n' +
  '  [--cache-max-age SECONDS] [--cache-stale-age SECONDS]; a secret in ELECTRIC_SECRET\n'

const flags = {
  'database-url': { type: 'string' },
  port: { type: 'string', default: '3000' },
  'allow-shape-deletion': { type: 'boolean', default: false },
  'chunk-bytes': { type: 'string', default: '10000000' },
  'cache-max-age': { type: 'string', default: '60' },
  'cache-stale-age': { type: 'string', default: '300' },
} as const

type Environment = Readonly<Record<string, string | undefined>>

/** @throws Error that says how the program is called. */
export function readEngineSettings(
  args: readonly string[],
  environment: Environment,
): EngineSettings {
  const { values } = parseArgs({ args: [...args], options: flags })
  const databaseUrl = values['database-url'] ?? environment['DATABASE_URL']
  const count = (name: 'port' | 'chunk-bytes' | 'cache-max-age' | 'cache-stale-age'): number => {
    if (!/^\d{1,12}$/.test(values[name])) throw new Error(`--${name} is not a number\n${usage}`)
    return Number(values[name])
  }
  if (!databaseUrl) throw new Error(`--database-url is missing\n${usage}`)
  return {
    databaseUrl,
    port: count('port'),
    secret: environment['ELECTRIC_SECRET'] || undefined,
    allowsDeletion: values['allow-shape-deletion'],
    chunkBytes: Math.max(1, count('chunk-bytes')),
    cacheMaxAge: count('cache-max-age'),
    cacheStaleAge: count('cache-stale-age'),
  }
}

export interface EngineStartDeps {
  /** Takes progress and faults, for people. */
  readonly say: (text: string) => void
}

const connections = 8
/** Readers that wait for a connection are many, and each is answered in its turn. */
const waiting = 20_000

/** A server that listens. */
export interface StartedEngine {
  readonly port: number
  /** Leaves the database open. */
  stop(): Promise<void>
}

/** Serves a database, which it gives the schema that it needs; answers 202 on its health until that has answered. */
export async function serveEngine(
  db: Db,
  settings: ServeSettings,
  { say }: EngineStartDeps,
): Promise<StartedEngine> {
  await bringForward(db, (file) => readFile(new URL(file, migrationsDirectory), 'utf8'))
  const report = (problem: unknown): void =>
    say(`${problem instanceof Error ? problem.message : 'unknown fault'}\n`)
  const engine = createShapeEngine(
    { db, clock: systemClock, report },
    {
      chunkBytes: settings.chunkBytes,
      cacheAges: { maxAge: settings.cacheMaxAge, staleAge: settings.cacheStaleAge },
      wakesItself: true,
    },
  )
  const serve = createShapeServer({ engine, report }, settings)
  const listener = await listen({ port: settings.port, fetch: serve })
  say(`Ready on http://localhost:${listener.port}\n`)
  return {
    port: listener.port,
    async stop() {
      await engine.close()
      await listener.close()
    },
  }
}

/** The same over a Postgres, with connections of its own. */
export async function startEngine(
  settings: EngineSettings,
  deps: EngineStartDeps,
): Promise<StartedEngine> {
  const db = createPgDb({ url: settings.databaseUrl, connections, waiting })
  try {
    const started = await serveEngine(db, settings, deps)
    return {
      ...started,
      async stop() {
        await started.stop()
        await db.close()
      },
    }
  } catch (error) {
    await db.close()
    throw error
  }
}
