/** Where the measurements are made: a Postgres, of its own unless one is named, and the engine beside it. */
import { createPgDb, type Db } from '@selene/sync-server'
import { openDatabase } from '../../verify/database.ts'
import { startServer, type MeasuredServer } from './server.ts'

export interface Ground {
  readonly url: string
  readonly db: Db
  readonly server: MeasuredServer
}

/** Makes a database, and a server beside it, for the time of the work. */
export async function onGround<T>(work: (ground: Ground) => Promise<T>): Promise<T> {
  const cluster = await openDatabase(process.env['SELENE_TEST_DATABASE_URL'])
  if (cluster.url === undefined) throw new Error(`There is no Postgres: ${cluster.said}`)
  const admin = createPgDb({ url: cluster.url, connections: 1 })
  const url = Object.assign(new URL(cluster.url), { pathname: '/selene_bench' }).href
  await admin.script('DROP DATABASE IF EXISTS selene_bench WITH (FORCE)')
  await admin.script('CREATE DATABASE selene_bench')
  const db = createPgDb({ url, connections: 8, waiting: 5000 })
  const server = await startServer({ serves: 'engine', databaseUrl: url })
  try {
    return await work({ url, db, server })
  } finally {
    await server.stop()
    await db.close()
    await admin.script('DROP DATABASE selene_bench WITH (FORCE)')
    await admin.close()
    await cluster.close()
  }
}
