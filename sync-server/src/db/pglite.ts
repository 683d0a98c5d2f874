/**
 * The embedded database: one PGlite with PostGIS, in memory or in a directory. One process, one
 * session: calls run in turn. A commit in a directory is on the disk before it is acknowledged.
 */
import { closeSync, fsyncSync, openSync } from 'node:fs'
import { PGlite, type PGliteInterface, type Results } from '@electric-sql/pglite'
import { postgis } from '@electric-sql/pglite-postgis'
import { keepPlans } from '@selene/shapes/kept-plans'
import { createAdmission } from './admission.ts'
import { checkChannel } from './channel.ts'
import type { Db, Queryable, SqlValue, Transaction, TransactionOptions } from './db.ts'
import { callDriver } from './sql-error.ts'
import { characteristics, withSavepoints } from './transaction.ts'
import { byteaType, parsers, printBytea, sessionSettings, toParameter } from './value.ts'
import { createCopyReader, queryMessage } from './wire.ts'

export interface PgliteOptions {
  /** Where the database lives; in memory when absent. */
  readonly dataDir?: string
  /** A dump of {@link dumpPglite} to start from; only into an empty or absent directory. */
  readonly loadDataDir?: Blob
  /** How many calls may wait for their turn, 512 unless told. */
  readonly waiting?: number
}

const settings = { ...sessionSettings, shared_buffers: '16MB' }
// The default parameters begin with `--single` and hold `-F`, which would switch fsync off.
const startParams = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  ...Object.entries({ ...settings, fsync: 'on', wal_sync_method: 'fsync' }).flatMap(
    ([name, value]) => ['-c', `${name}=${value}`],
  ),
]

interface NodeStream {
  /** Absent for directories. */
  readonly nfd?: number
  readonly node: object
}

/** PGlite's directory file system has no fsync of its own; Postgres calls this one at each commit. */
function makeDurable(pg: PGlite): void {
  const nodeFs = pg.Module.FS.filesystems.NODEFS as unknown as {
    stream_ops: { fsync?: (stream: NodeStream) => void }
    realPath(node: object): string
  }
  nodeFs.stream_ops.fsync = ({ nfd, node }) => {
    if (nfd !== undefined) return fsyncSync(nfd)
    // A directory: its entries are durable once it is synced itself.
    const directory = openSync(nodeFs.realPath(node), 'r')
    try {
      fsyncSync(directory)
    } finally {
      closeSync(directory)
    }
  }
}

async function open({ dataDir, loadDataDir }: PgliteOptions): Promise<PGlite> {
  const pg = await PGlite.create({
    ...(dataDir !== undefined && { dataDir }),
    ...(loadDataDir !== undefined && { loadDataDir }),
    extensions: { postgis },
    startParams,
  })
  if (dataDir !== undefined) makeDurable(pg)
  // Its own parsers of arrays and dates give way to the port's table.
  pg.parsers = { ...parsers }
  pg.serializers[byteaType] = printBytea
  keepPlans(pg)
  return pg
}

interface Session {
  query: PGliteInterface['query']
  exec(sql: string): Promise<Results[]>
}

const queryable = (session: Session): Queryable => ({
  async query<R extends object>(sql: string, params: readonly SqlValue[] = []): Promise<R[]> {
    const { rows } = await callDriver(() => session.query<R>(sql, params.map(toParameter)))
    return rows
  },
  async script(sql) {
    await callDriver(() => session.exec(sql))
  },
})

/** Its own calls read the answer of a copy and throw it away. */
async function copyOut(
  pg: PGlite,
  sql: string,
  take: (message: Uint8Array) => void,
): Promise<void> {
  const reader = createCopyReader(take)
  await pg.execProtocolRawStream(queryMessage(sql), { syncToFs: false, onRawData: reader.read })
  const error = reader.error()
  if (error) throw error
}

function createDb(pg: PGlite, waiting = 512): Db {
  const { admit, inside, close } = createAdmission(1 + waiting)
  const plain = queryable(pg)
  const copy: Transaction['copy'] = (sql, take) => callDriver(() => copyOut(pg, sql, take))

  async function transaction<T>(
    work: (tx: Transaction) => Promise<T>,
    options: TransactionOptions,
  ): Promise<T> {
    const result = await callDriver(() =>
      pg.transaction(async (session) => {
        const tx = withSavepoints({ ...queryable(session), copy })
        const opening = characteristics(options)
        if (opening !== '') await tx.script(`SET TRANSACTION ${opening}`)
        return inside(() => work(tx))
      }),
    )
    // `transaction` resolves without syncing file systems that defer their writes.
    await pg.syncToFs()
    return result
  }

  return {
    kind: 'pglite',
    query: (...call) => admit(() => plain.query(...call)),
    script: (sql) => admit(() => plain.script(sql)),
    transaction: (work, options = {}) => admit(() => transaction(work, options)),
    async listen(channel, heard) {
      const stop = await admit(() => pg.listen(checkChannel(channel), heard))
      return () => stop()
    },
    close: () => close(() => pg.close()),
  }
}

/** Opens the embedded database. */
export const createPgliteDb = async (options: PgliteOptions = {}): Promise<Db> =>
  createDb(await open(options), options.waiting)

/** A compressed copy of a fresh database after `prepare`, for `loadDataDir`. */
export async function dumpPglite(prepare: (db: Db) => Promise<unknown>): Promise<Blob> {
  const pg = await open({})
  const db = createDb(pg)
  await prepare(db)
  const dump = await pg.dumpDataDir('gzip')
  await db.close()
  return dump
}
