/**
 * Postgres by the `pg` driver: a pool for queries and transactions, one more connection for
 * notifications. It retries nothing by itself but that connection.
 */
import pg from 'pg'
import { createAdmission } from './admission.ts'
import type {
  Db,
  Queryable,
  QueryOptions,
  SqlValue,
  Transaction,
  TransactionOptions,
} from './db.ts'
import { copyOut } from './pg-copy.ts'
import { createListener } from './pg-listener.ts'
import { callDriver } from './sql-error.ts'
import { characteristics, withSavepoints } from './transaction.ts'
import { parserOf, sessionSettings, toParameter } from './value.ts'

/** How long anything is waited for, milliseconds each. */
export interface PgTimeouts {
  /** For a connection of the pool, be it opened or given back. */
  readonly connect: number
  /** For a statement; an answer that does not come counts as lost 5 seconds later. */
  readonly statement: number
  /** For a lock. */
  readonly lock: number
  /** For the next statement of a transaction, before the database ends it. */
  readonly idleInTransaction: number
}

export interface PgOptions {
  readonly url: string
  /** Connections of the pool, 8 unless told. */
  readonly connections?: number
  /** How many calls may wait for a connection, 512 unless told. */
  readonly waiting?: number
  /** Everything is waited for without end, unless told. */
  readonly timeouts?: PgTimeouts
}

const startupOptions = Object.entries(sessionSettings)
  .map(([name, value]) => `-c ${name}=${value}`)
  .join(' ')

/** Binary results are never asked for, so every parser is given text. */
const getTypeParser = ((type: number) => parserOf(type)) as typeof pg.types.getTypeParser

type NameOf = (sql: string) => string | undefined

/**
 * Names under which connections keep the plans of statements that come often. Each connection keeps its own, and each
 * plan some of Postgres' memory, so only so many are kept.
 */
function createNames(most: number): NameOf {
  const names = new Map<string, string>()
  return (sql) => {
    const known = names.get(sql)
    if (known !== undefined || names.size >= most) return known
    const name = `selene_${names.size + 1}`
    names.set(sql, name)
    return name
  }
}

/** Plans that a connection keeps. */
const mostPlans = 100

const queryable = (client: pg.Pool | pg.PoolClient, nameOf: NameOf): Queryable => ({
  async query<R extends object>(
    text: string,
    params: readonly SqlValue[] = [],
    { often = false }: QueryOptions = {},
  ): Promise<R[]> {
    const name = often ? nameOf(text) : undefined
    const values = params.map(toParameter)
    const { rows } = await callDriver(() =>
      client.query<R>({ text, values, ...(name !== undefined && { name }) }),
    )
    return rows
  },
  async script(sql) {
    await callDriver(() => client.query(sql))
  },
})

const settingsOf = (timeouts: PgTimeouts) => ({
  connectionTimeoutMillis: timeouts.connect,
  statement_timeout: timeouts.statement,
  query_timeout: timeouts.statement + 5000,
  lock_timeout: timeouts.lock,
  idle_in_transaction_session_timeout: timeouts.idleInTransaction,
})

/** Opens a pool; nothing is connected until the first call. */
export function createPgDb(options: PgOptions): Db {
  const connections = options.connections ?? 8
  const connection = {
    connectionString: options.url,
    options: startupOptions,
    types: { getTypeParser },
    application_name: 'selene',
    keepAlive: true,
    ...(options.timeouts && settingsOf(options.timeouts)),
  }
  const pool = new pg.Pool({ ...connection, max: connections })
  // An idle connection that breaks is dropped by the pool; the next call opens another.
  pool.on('error', () => {})
  const { admit, inside, close } = createAdmission(connections + (options.waiting ?? 512))
  const listener = createListener(() => new pg.Client(connection))
  const nameOf = createNames(mostPlans)
  const plain = queryable(pool, nameOf)

  async function transaction<T>(
    work: (tx: Transaction) => Promise<T>,
    transactionOptions: TransactionOptions,
  ): Promise<T> {
    const client = await pool.connect()
    let broken: Error | undefined
    const onError = (error: Error): void => {
      broken = error
    }
    client.on('error', onError)
    try {
      await client.query(`BEGIN ${characteristics(transactionOptions)}`)
      const copy: Transaction['copy'] = (sql, take) => callDriver(() => copyOut(client, sql, take))
      const tx = withSavepoints({ ...queryable(client, nameOf), copy })
      const result = await inside(() => work(tx))
      await callDriver(() => client.query('COMMIT'))
      return result
    } catch (error) {
      // A connection that cannot even roll back is thrown away, and the first error told.
      await client.query('ROLLBACK').catch(onError)
      throw error
    } finally {
      client.off('error', onError)
      client.release(broken)
    }
  }

  return {
    kind: 'postgres',
    query: (...call) => admit(() => plain.query(...call)),
    script: (sql) => admit(() => plain.script(sql)),
    transaction: (work, transactionOptions = {}) =>
      admit(() => transaction(work, transactionOptions)),
    listen: (channel, heard) => admit(() => listener.listen(channel, heard)),
    close: () =>
      close(async () => {
        await listener.close()
        await pool.end()
      }),
  }
}
