/**
 * The local database: one writer, transactions that are durable when they resolve, and a signal after
 * each commit. Everything the SDK keeps is in here.
 *
 * Values: `bytea` ↔ Uint8Array, `bigint` and `integer` → number (bigint above 2^53), `date`, `uuid` →
 * text, `jsonb` → parsed.
 */
import { PGlite, types, type PGliteOptions, type Transaction } from '@electric-sql/pglite'
import { Problem } from '@selene/shapes'
import { createSignal, type Signal } from '../core/signal.ts'
import type { StoreFiles, StoreKind } from './files.ts'
import { upgrade, type Upgrade } from './upgrade.ts'

export type SqlValue =
  | string
  | number
  | bigint
  | boolean
  | Uint8Array
  | null
  | readonly (string | number)[]
export type Row = Readonly<Record<string, unknown>>

export interface Reader {
  query<R extends object = Row>(sql: string, params?: readonly SqlValue[]): Promise<R[]>
}
export interface StoreTx extends Reader {
  script(sql: string): Promise<void>
}
export interface Store extends Reader {
  readonly kind: StoreKind
  /**
   * Runs `work` in one transaction; resolved = durable. Writers wait for each other. When it fails,
   * `undo` ends before the next writer begins: it takes back what `work` had changed in memory.
   */
  write<T>(work: (tx: StoreTx) => Promise<T>, undo?: () => Promise<void>): Promise<T>
  /** Runs one statement that can only read what `readerRole` may see, and leaves no trace. */
  read<R extends object = Row>(sql: string, params?: readonly SqlValue[]): Promise<R[]>
  /** Emits after every commit of {@link Store.write}, and when the store closes. */
  readonly committed: Signal
  /** Lets writes under way end; everything later is `store/closed`. */
  close(): Promise<void>
}

/** The database role under which an app's own queries run. */
export const readerRole = 'selene_reader'

const bufferKilobytes = 16 * 1024
const settings = {
  shared_buffers: `${bufferKilobytes}kB`,
  // With these Postgres syncs its log at each commit, on files that know how to.
  fsync: 'on',
  wal_sync_method: 'fsync',
}
const options = {
  startParams: [
    // `-F` would switch fsync off.
    ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ],
  initDbStartParams: ['--wal-segsize=1'],
  parsers: { [types.DATE]: (text: string) => text },
} satisfies PGliteOptions

const onTransaction = (tx: Transaction): StoreTx => ({
  query: async <R extends object>(sql: string, params: readonly SqlValue[] = []) =>
    (await tx.query<R>(sql, [...params])).rows,
  script: async (sql) => void (await tx.exec(sql)),
})

/**
 * Opens the store, creating it on first use, and brings its tables up to date.
 * @throws {@link Problem} store/in-use, store/newer-format.
 */
export async function openStore(files: StoreFiles, upgrades: readonly Upgrade[]): Promise<Store> {
  const open = await files.open()
  const pg = new PGlite({
    ...options,
    fs: open.filesystem,
    ...(open.template && { loadDataDir: open.template }),
  })
  const committed = createSignal()
  let closing: Promise<void> | undefined
  let writing: Promise<unknown> = Promise.resolve()

  const alive = (): void => {
    if (closing) throw new Problem('store/closed')
  }

  async function transact<T>(work: (tx: StoreTx) => Promise<T>): Promise<T> {
    const result = await pg.transaction((tx) => work(onTransaction(tx)))
    // PGlite resolves a transaction before it has flushed; only this makes it durable.
    await pg.syncToFs()
    return result
  }

  async function close(): Promise<void> {
    committed.emit()
    await writing
    try {
      await pg.close()
    } finally {
      await open.release()
    }
  }

  const store: Store = {
    kind: files.kind,
    committed,
    async query<R extends object>(sql: string, params: readonly SqlValue[] = []) {
      alive()
      return (await pg.query<R>(sql, [...params])).rows
    },
    async write(work, undo) {
      alive()
      const written = writing.then(async () => {
        try {
          return await transact(work)
        } catch (error) {
          await undo?.()
          throw error
        }
      })
      writing = written.catch(() => {})
      const result = await written
      committed.emit()
      return result
    },
    async read<R extends object>(sql: string, params: readonly SqlValue[] = []) {
      alive()
      return pg.transaction(async (tx) => {
        await tx.exec(`SET TRANSACTION READ ONLY; SET LOCAL ROLE ${readerRole}`)
        const { rows } = await tx.query<R>(sql, [...params])
        // A statement such as SET ROLE would else outlive its transaction.
        await tx.rollback()
        return rows
      })
    },
    close() {
      closing ??= Promise.resolve().then(close)
      return closing
    },
  }

  try {
    await pg.waitReady
    await store.write((tx) => upgrade(tx, upgrades))
    return store
  } catch (error) {
    await store.close().catch(() => {})
    throw error
  }
}
