/** The sync server as people start it, in a process of its own, so that it and what is measured do not share a thread. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface ServerProcess {
  readonly url: string
  stop(): Promise<void>
}

const main = fileURLToPath(new URL('../../../../sync-server/src/main.ts', import.meta.url))

/** @param databaseUrl A Postgres; without one the server's own embedded database. */
export async function startServerProcess(databaseUrl?: string): Promise<ServerProcess> {
  const directory = await mkdtemp(join(tmpdir(), 'selene-bench-server-'))
  const child = spawn(process.execPath, ['--conditions=@selene/source', main], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      DATA_DIR: join(directory, 'data'),
      SERVER_KEY: Buffer.alloc(32, 7).toString('base64url'),
      ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
    },
  })
  const ended = once(child, 'exit')
  const port = await new Promise<string>((resolve, reject) => {
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const [, found] = /Ready on http:\/\/localhost:(\d+)/.exec(said) ?? []
      if (found) resolve(found)
    })
    void ended.then(() => reject(new Error(`the server did not start\n${said}`)))
  })
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGTERM')
      await ended
      await rm(directory, { recursive: true, force: true })
    },
  }
}
