/**
 * The world of the sync simulation. Databases are brought back to their beginning between seeds; all else is each seed's
 * own: people, server, and time.
 */
import { createHash, generateKeyPairSync } from 'node:crypto'
import { until, type Network } from '@selene/client-sdk'
import {
  memoryFiles,
  openStore,
  seededRandom,
  upgrades,
  type Store,
} from '@selene/client-sdk/testing'
import type { Db } from '@selene/sync-server'
import { databases } from '@selene/sync-server/testing'
import { createQuietServer } from '../core/quiet-server.ts'
import { createPrng, type Prng } from '../core/prng.ts'
import { storeImage } from '../core/store-image.ts'
import { apart, type Wait } from '../kill/incarnation.ts'
import { noteBeginning, ofServer, ofStore } from './beginning.ts'
import { startSyncDevice, type SyncDevice } from './sync-device.ts'
import { beginVirtualTime, type VirtualTime } from './virtual-time.ts'

export interface SyncPeople {
  readonly seed: string
  readonly prng: Prng
  readonly time: VirtualTime
  readonly db: Db
  /** Starts a device that has no account yet. */
  start(name: string): Promise<SyncDevice>
  /** Where each of their processes waits, for whoever wonders why nothing goes on. */
  waits(): string
  /** Has everybody who reads a shape begin anew. */
  refetch(device: SyncDevice): Promise<void>
  /** Says what was asked of the server, and when: two runs that went the same way have the same. */
  trace(): string
  end(): Promise<void>
}

export interface SyncWorld {
  people(seed: string): Promise<SyncPeople>
  close(): Promise<void>
}

/** Any day will do, and it is the same for each seed. */
const begin = Date.UTC(2026, 3, 1)
/** Of one seed. */
const mostDevices = 6
const loginCost = { memoryKiB: 1024, passes: 1 }

/** Its signatures are made in this thread, for which it must be extractable. */
const signingKey = {
  ...generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }),
  kid: 'simulation',
  ext: true,
}

const sayWait = ({ point, since }: Wait): string =>
  `${point} for ${Math.round((performance.now() - since) / 1000)} s`

/** Notes what is asked, by whom and when. */
function createTrace(time: VirtualTime) {
  let sum = ''
  return {
    of:
      (name: string, serve: Network): Network =>
      (request) => {
        const { pathname, searchParams } = new URL(request.url)
        const asked = [time.elapsed(), name, request.method, pathname, searchParams.get('offset')]
        sum = createHash('sha256')
          .update(`${sum} ${asked.join(' ')}`)
          .digest('hex')
        // Their server does not die with them, nor hold for ever what it had begun for the dead.
        return apart(() => serve(request))
      },
    sum: () => sum.slice(0, 8),
  }
}

/** What a server makes in its database when it is first asked, as triggers of shapes, is there for every seed. */
async function warmUp({ time, start, end }: SyncPeople): Promise<void> {
  await time.live(async () => {
    const { client } = await (await start('first')).running()
    const identifier = 'first@example.org'
    await client.account.register({ identifier, passphrase: 'seven lamps by the river' })
    await until(client.sync.state, ({ phase }) => phase === 'live')
    await end()
  }, 60_000)
  time.end()
}

export async function createSyncWorld(): Promise<SyncWorld> {
  const { db, drop } = await databases.find(({ name }) => name === 'pglite')!.open()
  const beginAgain = [await noteBeginning(ofServer(db))]
  const stores: Store[] = []
  // Made before there is any seed: a device that joins in the middle finds its store.
  for (let index = 0; index < mostDevices; index++) {
    const files = memoryFiles(await storeImage())
    const store = await openStore(files, upgrades, { durability: 'relaxed' })
    beginAgain.push(await noteBeginning(ofStore(store)))
    stores.push(store)
  }

  async function people(seed: string): Promise<SyncPeople> {
    const prng = createPrng(seed)
    for (const begin of beginAgain) await begin()
    const time = beginVirtualTime(begin, prng.fork('Math.random').next)
    const { server } = await createQuietServer(
      db,
      { loginCost, signingKeys: [signingKey] },
      { random: seededRandom(`${seed} server`) },
    )
    const devices: SyncDevice[] = []
    const trace = createTrace(time)
    let used = 0
    return {
      seed,
      prng,
      time,
      db,
      async start(name) {
        const store = stores[used++]!
        const serve = trace.of(name, server.fetch)
        const device = startSyncDevice({ seed, name, prng, store, serve })
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
      trace: trace.sum,
      async end() {
        for (const device of devices) await device.end()
        await server.stop()
      },
    }
  }

  await warmUp(await people('warm-up'))
  return {
    people,
    async close() {
      for (const store of stores) await store.close()
      await drop()
    },
  }
}
