/** The sync server as a program of its own, which tests stop and start again on one port and one database. */
import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createPgDb } from '@selene/sync-server'

export interface AppServer {
  readonly url: URL
  /** Ends the program; its database stays. */
  stop(): Promise<void>
  /** Starts it again where it was. */
  start(): Promise<void>
  /** Ends it and removes everything. */
  close(): Promise<void>
}

const program = fileURLToPath(new URL('../../../sync-server/src/main.ts', import.meta.url))
const readyLine = /Ready on http:\/\/localhost:(\d+)/

interface Place {
  readonly environment: NodeJS.ProcessEnv
  remove(): Promise<void>
}

async function ownDatabase(adminUrl: string): Promise<Place> {
  const name = `selene_web_${randomUUID().replaceAll('-', '')}`
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  const admin = createPgDb({ url: adminUrl })
  await admin.query(`CREATE DATABASE ${name}`)
  return {
    environment: {
      DATABASE_URL: url.href,
      SERVER_KEY: randomBytes(32).toString('base64url'),
    },
    async remove() {
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
      await admin.close()
    },
  }
}

async function ownDirectory(): Promise<Place> {
  const directory = await mkdtemp(join(tmpdir(), 'selene-web-'))
  return {
    environment: { DATA_DIR: directory },
    remove: () => rm(directory, { recursive: true, force: true }),
  }
}

/** Resolves with the port once the program says that it is ready. */
function ready(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = ''
    const hear = (chunk: Buffer): void => {
      said += chunk.toString()
      const port = readyLine.exec(said)?.[1]
      if (port) resolve(Number(port))
    }
    child.stdout!.on('data', hear)
    child.stderr!.on('data', hear)
    child.once('exit', () => reject(new Error(`the server ended before it was ready:\n${said}`)))
  })
}

/** @param databaseUrl A superuser's Postgres to make a database in; absent: an embedded one. */
export async function openAppServer(databaseUrl: string | undefined): Promise<AppServer> {
  const place = await (databaseUrl ? ownDatabase(databaseUrl) : ownDirectory())
  let child: ChildProcess | undefined
  let port = 0

  async function start(): Promise<void> {
    const { DATABASE_URL: _, ...inherited } = process.env
    child = spawn(process.execPath, [program], {
      env: {
        ...inherited,
        ...place.environment,
        PORT: String(port),
        LOG_LEVEL: 'error',
        RESPONDER_MIN_ACCOUNT_DAYS: '0',
        RESPONDER_MIN_CELL_DAYS: '0',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    port = await ready(child)
  }

  async function stop(): Promise<void> {
    if (!child || child.exitCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
    child = undefined
  }

  await start()
  return {
    url: new URL(`http://localhost:${port}`),
    start,
    stop,
    async close() {
      await stop()
      await place.remove()
    },
  }
}
