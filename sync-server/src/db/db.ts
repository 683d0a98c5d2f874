/**
 * The database port. Laws, the same for every implementation: a transaction commits whole or not at
 * all; a failed savepoint leaves the transaction usable; a notification is delivered after commit to
 * every listener of its channel, in commit order per sender; when too many callers wait, a call fails
 * at once with `server/overloaded` instead of queueing for ever; the database called inside its own
 * transaction's work is a TypeError, as it could wait for itself.
 *
 * Values: `bytea` ↔ Uint8Array, `bigint` → bigint, `integer` and floats → number, `timestamptz` ↔
 * Date, `json(b)` → parsed, `boolean` → boolean; every other type (`date`, `uuid`, `numeric`, `xid8`,
 * arrays) is the text Postgres prints, with ISO dates, UTC and hexadecimal `bytea` on every session.
 * A statement's error carries its SQLSTATE as `code` and never a value.
 */
export type SqlValue = string | number | bigint | boolean | Uint8Array | Date | null
export type Row = Readonly<Record<string, unknown>>

export interface QueryOptions {
  /** The statement comes often: its plan may be kept with the connection. Its text is one of few. */
  readonly often?: boolean
}

export interface Queryable {
  /** Runs one statement with `$1…` parameters and returns its rows. */
  query<R extends object = Row>(
    sql: string,
    params?: readonly SqlValue[],
    options?: QueryOptions,
  ): Promise<R[]>
  /** Runs several statements without parameters: migrations. */
  script(sql: string): Promise<void>
}

export interface Transaction extends Queryable {
  /** Runs `work` behind a savepoint: its failure is thrown on after undoing only its own changes. */
  savepoint<T>(work: () => Promise<T>): Promise<T>
  /**
   * Hands on what `COPY (query) TO STDOUT (FORMAT binary)` sends, message by message: a header, then each row, then an
   * end (PostgreSQL documentation, COPY); the header may come together with the first row. The bytes stand only
   * during the call. What `take` throws is thrown when the copy is over.
   */
  copy(query: string, take: (message: Uint8Array) => void): Promise<void>
}

export interface TransactionOptions {
  readonly isolation?: 'read committed' | 'repeatable read'
  readonly readOnly?: boolean
}

export interface Db extends Queryable {
  readonly kind: 'postgres' | 'pglite'
  transaction<T>(work: (tx: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T>
  /**
   * Calls `heard` for each notification until the returned function is called, and with an empty
   * payload when some may have been missed. Channels are plain lower-case identifiers.
   */
  listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>>
  /** Lets running calls finish, refuses new ones, frees everything. */
  close(): Promise<void>
}
