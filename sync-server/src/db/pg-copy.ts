/**
 * `COPY … TO STDOUT` by the `pg` driver. It has no call for that, but takes whatever speaks the wire's part of a query:
 * the data goes on as bytes and is never made into rows.
 */
import type pg from 'pg'

/** The methods that the driver calls as messages come; of two that end it the first one counts. */
interface CopyQuery extends pg.Submittable {
  /** Set by the driver where a query may take only so long; to be called at the end. */
  callback?: () => void
  handleCopyData(message: { readonly chunk: Uint8Array }): void
  handleCommandComplete(): void
  handleReadyForQuery(): void
  handleError(error: Error): void
}

/** Runs a statement and hands on each message of data; the bytes stand only during the call. */
export function copyOut(
  client: Pick<pg.ClientBase, 'query'>,
  sql: string,
  take: (message: Uint8Array) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const query: CopyQuery = {
      submit: (connection) => connection.query(sql),
      handleCopyData: ({ chunk }) => take(chunk),
      handleCommandComplete() {},
      handleReadyForQuery() {
        query.callback?.()
        resolve()
      },
      handleError(error) {
        query.callback?.()
        reject(error)
      },
    }
    client.query(query)
  })
}
