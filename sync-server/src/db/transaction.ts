/** The parts of a transaction that are the same SQL on every implementation. */
import type { Queryable, Transaction, TransactionOptions } from './db.ts'

/** What follows `BEGIN` or `SET TRANSACTION`; empty for the default. */
export const characteristics = (options: TransactionOptions): string =>
  [
    ...(options.isolation === 'repeatable read' ? ['ISOLATION LEVEL REPEATABLE READ'] : []),
    ...(options.readOnly ? ['READ ONLY'] : []),
  ].join(' ')

/** What a connection runs inside a transaction; `copy` is given a whole statement. */
type Connection = Queryable & Pick<Transaction, 'copy'>

/** Keeps the first error of `take` until the copy is over: drivers cannot stop in its middle. */
async function copyAll(
  connection: Connection,
  query: string,
  take: (message: Uint8Array) => void,
): Promise<void> {
  let failure: { readonly error: unknown } | undefined
  await connection.copy(`COPY (${query}) TO STDOUT (FORMAT binary)`, (message) => {
    if (failure) return
    try {
      take(message)
    } catch (error) {
      failure = { error }
    }
  })
  if (failure) throw failure.error
}

/** Adds savepoints to a connection inside a transaction. */
export function withSavepoints(connection: Connection): Transaction {
  let depth = 0
  async function savepoint<T>(work: () => Promise<T>): Promise<T> {
    depth += 1
    const name = `nested_${depth}`
    await connection.script(`SAVEPOINT ${name}`)
    try {
      const result = await work()
      await connection.script(`RELEASE SAVEPOINT ${name}`)
      return result
    } catch (error) {
      await connection.script(`ROLLBACK TO SAVEPOINT ${name}`)
      throw error
    } finally {
      depth -= 1
    }
  }
  return {
    query: (...call) => connection.query(...call),
    script: (sql) => connection.script(sql),
    savepoint,
    copy: (query, take) => copyAll(connection, query, take),
  }
}
