/**
 * The local database: one writer, transactions that are durable when they resolve, and a signal after
 * each commit. Everything the SDK keeps is in here.
 *
 * Values: `bytea` ↔ Uint8Array, `bigint` and `integer` → number (bigint above 2^53), `date`, `uuid` →
 * text, `jsonb` → parsed.
 */
import type { Transaction } from '@electric-sql/pglite'
import { Problem } from '@selene/shapes'
import type { Clock } from '../core/clock.ts'
import { createSignal, type Signal } from '../core/signal.ts'
import { createTurns } from '../core/turns.ts'
import { openPostgres, type Postgres } from './postgres.ts'
import type { StoreDevice, StoreKind } from './files.ts'
import type { Pack } from './sealed/pack.ts'
import type { Durability } from './sealed/sealed-fs.ts'
import { storeProblem } from './store-problem.ts'
import { createUpkeep, type Upkeep } from './upkeep.ts'
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

/** A store together with what keeps it in good order. */
export interface SealedStore extends Store {
  readonly pack: Pack
  readonly upkeep: Upkeep
  /** From now on nothing can be written: what was until then is in memory (B16). */
  freeze(): void
}

/** The database role under which an app's own queries run. */
export const readerRole = 'selene_reader'

/** In relaxed mode: what loss of power can take, at most. */
const flushMs = 200

/** A transaction of PGlite as ours. */
export const transactionOf = (tx: Transaction): StoreTx => ({
  query: async <R extends object>(sql: string, params: readonly SqlValue[] = []) =>
    (await tx.query<R>(sql, [...params])).rows,
  script: async (sql) => void (await tx.exec(sql)),
})

export interface DatabaseParts {
  readonly kind: StoreKind
  readonly pack: Pack
  readonly device: StoreDevice
  readonly durability: Durability
  readonly clock: Clock
  /** Is told when the file may have another size, or no room to grow. */
  readonly resized: () => void
}

const isFull = (error: unknown): boolean => error instanceof Problem && error.code === 'store/full'

/** Passes on what went wrong as a problem where it is one for the app. */
async function saying<T>(pack: Pack, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (pack.hasFailed) throw new Problem('store/failed', { cause: error })
    throw storeProblem(error)
  }
}

/** In relaxed mode flushes a while after the first commit that was not (B3). */
function createFlusher(postgres: Postgres, { pack, durability, clock }: DatabaseParts) {
  let cancel: (() => void) | undefined
  function flush(): void {
    cancel = undefined
    // What fails here fails the next write too.
    if (!pack.hasFailed) postgres.flush().catch(() => {})
  }
  return {
    wrote() {
      if (durability === 'relaxed') cancel ??= clock.after(flushMs, flush)
    },
    stop: () => cancel?.(),
  }
}

/**
 * Opens the database in a pack, making it in an empty one, and brings its tables up to date. Closing the store closes
 * pack and device.
 * @throws {@link Problem} store/newer-format, store/full, store/failed, store/damaged; all is closed then.
 */
export async function openDatabase(
  parts: DatabaseParts,
  upgrades: readonly Upgrade[],
): Promise<SealedStore> {
  const { pack, clock, kind } = parts
  const postgres = await saying(pack, () => openPostgres(parts))
  const { pg } = postgres
  const committed = createSignal()
  const upkeep = createUpkeep({ pg, pack, clock, done: parts.resized })
  const flusher = createFlusher(postgres, parts)
  let closing: Promise<void> | undefined
  const inTurn = createTurns()
  let isFrozen = false

  const alive = (): void => {
    if (closing) throw new Problem('store/closed')
  }

  async function transact<T>(work: (tx: StoreTx) => Promise<T>): Promise<T> {
    const result = await pg.transaction((tx) => work(transactionOf(tx)))
    // PGlite resolves a transaction before it has asked the files to be stored.
    await pg.syncToFs()
    flusher.wrote()
    upkeep.wrote()
    return result
  }

  async function close(): Promise<void> {
    committed.emit()
    await inTurn(() => Promise.resolve())
    flusher.stop()
    await upkeep.stop().catch(() => {})
    await saying(pack, () => postgres.close())
  }

  const store: SealedStore = {
    kind,
    committed,
    pack,
    upkeep,
    freeze() {
      isFrozen = true
    },
    async query<R extends object>(sql: string, params: readonly SqlValue[] = []) {
      alive()
      return saying(pack, async () => (await pg.query<R>(sql, [...params])).rows)
    },
    async write(work, undo) {
      alive()
      if (isFrozen) throw new Problem('store/read-only')
      const result = await inTurn(async () => {
        try {
          return await saying(pack, () => transact(work))
        } catch (error) {
          await undo?.()
          if (isFull(error)) parts.resized()
          throw error
        }
      })
      committed.emit()
      return result
    },
    async read<R extends object>(sql: string, params: readonly SqlValue[] = []) {
      alive()
      return saying(pack, () =>
        pg.transaction(async (tx) => {
          await tx.exec(`SET TRANSACTION READ ONLY; SET LOCAL ROLE ${readerRole}`)
          const { rows } = await tx.query<R>(sql, [...params])
          // A statement such as SET ROLE would else outlive its transaction.
          await tx.rollback()
          return rows
        }),
      )
    },
    close() {
      closing ??= Promise.resolve().then(close)
      return closing
    },
  }

  try {
    await store.write((tx) => upgrade(tx, upgrades))
    return store
  } catch (error) {
    await store.close().catch(() => {})
    throw error
  }
}
