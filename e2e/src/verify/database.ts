/** The Postgres that the tests get: the one that is named, else one of their own, else none with a reason. */
import { findLocalPostgres, startCluster } from './postgres.ts'

export interface Database {
  /** Absent when there is none. */
  readonly url?: string
  /** What to tell the person; never the address of a named one, which may hold a password. */
  readonly said: string
  close(): Promise<void>
}

const withoutDatabase = (reason: string): Database => ({
  said: `none, its tests are skipped: ${reason}`,
  close: async () => {},
})

/** Never throws: a Postgres that does not start is none. */
export async function openDatabase(named: string | undefined): Promise<Database> {
  if (named)
    return {
      url: named,
      said: 'the one that SELENE_TEST_DATABASE_URL names',
      close: async () => {},
    }
  const search = findLocalPostgres()
  if (!search.ok) return withoutDatabase(search.reason)
  try {
    const cluster = await startCluster(search.postgres)
    const said = `a throw-away PostgreSQL ${search.postgres.major}`
    return { url: cluster.url, said, close: () => cluster.stop() }
  } catch (error) {
    return withoutDatabase(error instanceof Error ? error.message : String(error))
  }
}
