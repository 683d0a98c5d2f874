/**
 * The server of the measurements, in a process of its own that does nothing else. Started with one argument, a
 * {@link ServerKind} as JSON; tells its port, then answers each message.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  createPgDb,
  createPgliteDb,
  listen,
  migrate,
  migrationsDirectory,
  serveEngine,
  type Db,
} from '@selene/sync-server'
import { createQuietServer } from '../../core/quiet-server.ts'

/**
 * What serves: the engine alone or the whole sync server, over a Postgres or an embedded database of its own; or
 * bare Node, which begins every answer and ends none.
 */
export type ServerKind =
  | { readonly serves: 'engine'; readonly databaseUrl: string }
  | { readonly serves: 'engine'; readonly directory: string }
  | { readonly serves: 'everything'; readonly databaseUrl: string }
  | { readonly serves: 'nothing' }

/** `memory`: tell it, after collecting garbage. `cpu`: what has been used so far. `script`: run SQL in the database. `stop` is answered by ending. */
export type Order = 'memory' | 'cpu' | 'stop' | { readonly script: string }
export type Told =
  | { readonly port: number }
  | { readonly bytes: number }
  | { readonly milliseconds: number }
  | { readonly done: true }

const say = (text: string): void => void process.stderr.write(text.startsWith('Ready') ? '' : text)
const settings = {
  port: 0,
  secret: undefined,
  allowsDeletion: true,
  chunkBytes: 10_000_000,
  cacheMaxAge: 60,
  cacheStaleAge: 300,
}

type WithDatabase = Exclude<ServerKind, { serves: 'nothing' }>

const openDb = (kind: WithDatabase): Promise<Db> | Db =>
  'directory' in kind
    ? createPgliteDb({ dataDir: kind.directory, waiting: 20_000 })
    : createPgDb({ url: kind.databaseUrl, connections: 8, waiting: 20_000 })

async function serve(kind: WithDatabase, db: Db) {
  if (kind.serves === 'engine') return serveEngine(db, settings, { say })
  await migrate(db, { directory: migrationsDirectory })
  const { server } = await createQuietServer(db)
  const listener = await listen({ port: 0, fetch: server.fetch })
  return {
    port: listener.port,
    async stop() {
      await server.stop()
      await listener.close()
    },
  }
}

async function serveNothing() {
  const server = createServer((_, response) => response.flushHeaders())
  await new Promise<void>((resolve) => server.listen(0, resolve))
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** Resident bytes once what can be given back has been. */
async function settledMemory(): Promise<number> {
  for (let round = 0; round < 3; round++) {
    globalThis.gc?.()
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return process.memoryUsage.rss()
}

/** Milliseconds of processor time, in user and in system code. */
function usedCpu(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

const kind = JSON.parse(process.argv[2] ?? '') as ServerKind
const db = kind.serves === 'nothing' ? undefined : await openDb(kind)
const started = kind.serves === 'nothing' || !db ? await serveNothing() : await serve(kind, db)

async function stop(): Promise<void> {
  await started.stop()
  await db?.close()
  process.disconnect()
}

async function obey(order: Exclude<Order, 'stop'>): Promise<Told> {
  if (order === 'memory') return { bytes: await settledMemory() }
  if (order === 'cpu') return { milliseconds: usedCpu() }
  await db?.script(order.script)
  return { done: true }
}

const tell = (told: Told): void => void process.send?.(told)
process.on('message', (order: Order) => {
  void (order === 'stop' ? stop() : obey(order).then(tell))
})
// Whoever measures has gone.
process.on('disconnect', () => process.exit())
tell({ port: started.port })
