/** A store as versions made it that did not seal it: Postgres straight on files of PGlite's own, for tests of what becomes of it. */
import { PGlite } from '@electric-sql/pglite'
import type { Filesystem } from '@electric-sql/pglite/basefs'
import { createSignal } from '../core/signal.ts'
import { postgresOptions } from '../store/postgres.ts'
import { transactionOf, type SqlValue, type Store } from '../store/store.ts'
import { upgrade, type Upgrade } from '../store/upgrade.ts'

export async function openPlainStore(
  filesystem: Filesystem,
  upgrades: readonly Upgrade[],
): Promise<Store> {
  const pg = new PGlite({ ...postgresOptions, fs: filesystem })
  await pg.waitReady
  const committed = createSignal()
  const query = async <R extends object>(sql: string, params: readonly SqlValue[] = []) =>
    (await pg.query<R>(sql, [...params])).rows
  const store: Store = {
    kind: 'file',
    committed,
    query,
    read: query,
    async write(work) {
      const result = await pg.transaction((tx) => work(transactionOf(tx)))
      await pg.syncToFs()
      committed.emit()
      return result
    },
    close: () => pg.close(),
  }
  await store.write((tx) => upgrade(tx, upgrades))
  return store
}
