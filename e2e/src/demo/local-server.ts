/** A sync server of the demo's own: embedded database in a folder that goes when the demo ends. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createQuietServer } from '../core/quiet-server.ts'
import type { Query } from '../secrets/plaintext-search.ts'
import { createPgliteDb, listen, migrate, migrationsDirectory } from '@selene/sync-server'

export interface DemoServer {
  readonly url: URL
  /** Reads the server's database; undefined when the demo may not look into it. */
  readonly query: Query | undefined
  /** Which rules of release are lower than they ought to be; absent: none that the demo knows of. */
  readonly lowered?: string
  /** Lines that the server has logged; undefined when they are elsewhere. */
  readonly logLines: readonly string[] | undefined
  close(): Promise<void>
}

export async function startLocalServer(): Promise<DemoServer> {
  const directory = await mkdtemp(join(tmpdir(), 'selene-demo-server-'))
  const db = await createPgliteDb({ dataDir: join(directory, 'database') })
  await migrate(db, { directory: migrationsDirectory })
  const release = { minAccountDays: 0, minCellDays: 0 }
  const { server, logLines } = await createQuietServer(db, { release })
  const listener = await listen({ port: 0, fetch: server.fetch })
  return {
    url: new URL(`http://127.0.0.1:${listener.port}`),
    query: (sql) => db.query(sql),
    logLines,
    lowered: 'accounts may be new, and cells of one day are enough',
    async close() {
      await server.stop()
      await listener.close()
      await db.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
