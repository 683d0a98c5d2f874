/**
 * From environment to listening server, saying in plain lines what happens meanwhile. The port is
 * taken first, so that a second start fails at once; until the database is ready it answers 503.
 */
import { Problem } from '@selene/shapes'
import { readConfig, type Config, type Environment } from './config.ts'
import { systemClock } from './core/clock.ts'
import { openDataDirectory, type DataDirectory, type ProcessTable } from './core/data-directory.ts'
import { createLog, type LineSink } from './core/log.ts'
import { systemRandom } from './core/random.ts'
import { systemTimer } from './core/timer.ts'
import type { Db } from './db/db.ts'
import { migrate } from './db/migrate.ts'
import { createPgDb, type PgTimeouts } from './db/pg.ts'
import { createPgliteDb } from './db/pglite.ts'
import type { Fetch } from './http/drain.ts'
import { listen } from './http/listen.ts'
import { problemResponse } from './http/problem-response.ts'
import { createServer, migrationsDirectory } from './server.ts'

export interface StartDeps {
  readonly environment: Environment
  readonly processes: ProcessTable
  /** Takes progress, for people. */
  readonly say: (text: string) => void
  /** Takes log lines, for machines. */
  readonly logSink: LineSink
}

/** Nothing that one person does may hold a connection of the pool for longer. */
const timeouts: PgTimeouts = {
  connect: 10_000,
  statement: 15_000,
  lock: 10_000,
  idleInTransaction: 30_000,
}

/** A server that listens. */
export interface Started {
  stop(): Promise<void>
}

/** @throws Error whose message says what to do, with everything undone. */
export async function start(deps: StartDeps): Promise<Started> {
  const read = readConfig(deps.environment)
  if (!read.ok)
    throw new Error(
      `The configuration is not usable:\n${read.faults.map((f) => `  ${f}`).join('\n')}`,
    )
  const { config } = read
  const undo: (() => Promise<void>)[] = []
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).toReversed()) await step()
  }
  try {
    let answer: Fetch = notReady
    const listener = await listen({
      port: config.port,
      fetch: (request, env) => answer(request, env),
    })
    undo.push(() => listener.close())
    const { db, serverKey } = await openDatabase(config, deps, undo)
    await during(deps, 'Applying migrations', () => migrateTo(config, db))
    const server = await createServer(
      {
        db,
        clock: systemClock,
        random: systemRandom,
        log: createLog(deps.logSink, config.logLevel),
        timer: systemTimer,
      },
      {
        serverKey,
        signingKeys: config.signingKeys,
        publicUrl: config.publicUrl,
        allowedOrigins: config.allowedOrigins,
        electric: config.electric,
        release: config.release,
      },
    )
    undo.push(() => server.stop())
    answer = server.fetch
    deps.say(`Ready on http://localhost:${listener.port}\n`)
    return { stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function openDatabase(
  config: Config,
  deps: StartDeps,
  undo: (() => Promise<void>)[],
): Promise<{ db: Db; serverKey: Uint8Array }> {
  const { databaseUrl, serverKey } = config
  if (databaseUrl !== undefined && serverKey) {
    const db = createPgDb({ url: databaseUrl, timeouts })
    undo.push(() => db.close())
    return { db, serverKey }
  }
  const directory = await openDataDirectory(config.dataDirectory, deps.processes)
  undo.push(() => directory.release())
  const key = serverKey ?? (await directory.serverKey(systemRandom))
  const db = await during(deps, opening(config, directory), () =>
    createPgliteDb({ dataDir: directory.database }),
  )
  undo.push(() => db.close())
  return { db, serverKey: key }
}

/** Migrations may take longer than any request: on Postgres they have a connection without timeouts. */
async function migrateTo({ databaseUrl }: Config, db: Db): Promise<void> {
  const unhurried =
    databaseUrl === undefined ? db : createPgDb({ url: databaseUrl, connections: 1 })
  try {
    await migrate(unhurried, { directory: migrationsDirectory })
  } finally {
    if (unhurried !== db) await unhurried.close()
  }
}

const opening = ({ dataDirectory }: Config, { isNew }: DataDirectory): string =>
  isNew
    ? `Creating the database in ${dataDirectory} (first start, about 15 seconds)`
    : `Opening the database in ${dataDirectory}`

/** Says what is being done, with a dot for every second it takes. */
async function during<T>({ say }: StartDeps, what: string, work: () => Promise<T>): Promise<T> {
  say(`${what} …`)
  const ticking = setInterval(() => say('.'), 1000)
  try {
    return await work()
  } finally {
    clearInterval(ticking)
    say('\n')
  }
}

const notReady: Fetch = () =>
  problemResponse(new Problem('server/unavailable', { retryAfterSeconds: 1, detail: 'starting' }))
