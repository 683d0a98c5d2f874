/**
 * The world of the sync simulation: one real server, and stores that are emptied between seeds, since
 * making a database takes longer than living through a seed. Each seed brings people of its own.
 */
import { memoryFiles, openStore, upgrades, type Store } from '@selene/client-sdk/testing'
import type { Db } from '@selene/sync-server'
import { databases } from '@selene/sync-server/testing'
import { createQuietServer } from '../core/quiet-server.ts'
import { createPrng, type Prng } from '../core/prng.ts'
import { storeImage } from '../core/store-image.ts'
import type { Wait } from '../kill/incarnation.ts'
import { createFastClock } from './fast-clock.ts'
import { startSyncDevice, type SyncDevice } from './sync-device.ts'

export interface SyncPeople {
  readonly seed: string
  readonly prng: Prng
  readonly db: Db
  /** Starts a device that has no account yet. */
  start(name: string): Promise<SyncDevice>
  /** Where each of their processes waits, for whoever wonders why nothing goes on. */
  waits(): string
  /** Has everybody who reads a shape begin anew. */
  refetch(device: SyncDevice): Promise<void>
  end(): Promise<void>
}

export interface SyncWorld {
  people(seed: string): SyncPeople
  close(): Promise<void>
}

const sayWait = ({ point, since }: Wait): string =>
  `${point} for ${Math.round((performance.now() - since) / 1000)} s`

async function emptied(store: Store): Promise<Store> {
  const tables = await store.query<{ name: string }>(
    `SELECT quote_ident(tablename) AS name FROM pg_tables
     WHERE schemaname = 'public' AND tablename <> 'store_version'`,
  )
  await store.write((tx) => tx.script(tables.map(({ name }) => `DELETE FROM ${name}`).join(';')))
  return store
}

export async function createSyncWorld(): Promise<SyncWorld> {
  const { db, drop } = await databases.find(({ name }) => name === 'pglite')!.open()
  const { server } = await createQuietServer(db, {
    loginCost: { memoryKiB: 1024, passes: 1 },
    waitMilliseconds: 2_000,
  })
  const clock = createFastClock()
  const stores: Store[] = []

  async function storeNumber(index: number): Promise<Store> {
    const store = stores[index]
    if (store) return emptied(store)
    const made: Store = await openStore(memoryFiles(await storeImage()), upgrades)
    stores[index] = made
    return made
  }

  return {
    people(seed) {
      const prng = createPrng(seed)
      const devices: SyncDevice[] = []
      let used = 0
      return {
        seed,
        prng,
        db,
        async start(name) {
          const store = await storeNumber(used++)
          const device = startSyncDevice({ seed, name, prng, store, clock, serve: server.fetch })
          devices.push(device)
          return device
        },
        waits: () =>
          devices
            .map(({ name, life }) => `${name}: ${[...life().waits].map(sayWait).join(', ')}`)
            .join('\n  '),
        async refetch({ link }) {
          link.partition()
          await db.query('DELETE FROM shape.definitions')
          link.heal()
        },
        async end() {
          for (const device of devices) await device.end()
        },
      }
    },
    async close() {
      await server.stop()
      await server.stop()
      for (const store of stores) await store.close()
      await drop()
      clock.stop()
    },
  }
}
