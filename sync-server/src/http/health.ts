/** `GET /healthz`: the process runs. `GET /readyz`: it can serve, with the database as it should be. */
import { Problem, WIRE_VERSION } from '@selene/shapes'
import { Hono } from 'hono'
import type { Db } from '../db/db.ts'

export interface HealthDeps {
  readonly db: Db
  /** Number of the migration that the program expects to be the last. */
  readonly schemaVersion: number
}

export function createHealthRoutes({ db, schemaVersion }: HealthDeps): Hono {
  const routes = new Hono()
  routes.get('/healthz', (c) => c.json({ status: 'ok' }))
  routes.get('/readyz', async (c) => {
    const migrated = await migratedTo(db)
    if (migrated !== schemaVersion)
      throw new Problem('server/unavailable', { detail: 'migrations are missing' })
    return c.json({
      status: 'ready',
      database: db.kind,
      schema_version: migrated,
      wire_version: WIRE_VERSION,
    })
  })
  return routes
}

async function migratedTo(db: Db): Promise<number | undefined> {
  try {
    const rows = await db.query<{ version: number | null }>(
      'SELECT max(version) AS version FROM schema_migrations',
    )
    return rows[0]?.version ?? undefined
  } catch (cause) {
    throw new Problem('server/unavailable', { detail: 'the database does not answer', cause })
  }
}
