/**
 * A device of the sync simulation: a process that may die at any await and comes back on its store, on
 * a link with faults, with a clock of its own that may jump by years, and a server that may lie to it.
 */
import { createHash } from 'node:crypto'
import type { Network } from '@selene/client-sdk'
import {
  memoryKitFile,
  memoryPlatform,
  openClientOn,
  seededRandom,
  type Store,
} from '@selene/client-sdk/testing'
import type { Prng } from '../core/prng.ts'
import { live, mortal } from '../kill/incarnation.ts'
import { mortalClock, mortalKitFiles, mortalSignal, mortalStore } from '../kill/mortal-ports.ts'
import { keepRunning, type Process } from '../kill/process.ts'
import { createLink, type Link } from '../world/link.ts'
import type { Device } from '../world/world.ts'
import { createAsking, type Asking } from './asking.ts'
import { createLyingServer, type LyingServer } from './lying-server.ts'

export interface SyncDevice extends Process, Asking<Device> {
  readonly link: Link
  readonly server: LyingServer
  /** As its process runs now. */
  running(): Promise<Device>
  /** Sets its clock to so many milliseconds beside the true time. */
  skew(ms: number): void
  end(): Promise<void>
}

interface Given {
  readonly seed: string
  readonly name: string
  readonly prng: Prng
  /** Empty, and outlives every process. */
  readonly store: Store
  readonly serve: Network
}

/** Documents get snapshots all the while. */
const compactAfter = { envelopes: 4, bytes: 1_000_000 }

const timers = {
  after(ms: number, due: () => void) {
    const timer = setTimeout(due, ms)
    return () => clearTimeout(timer)
  },
}

/** Stretching secrets is no part of what is simulated, and takes longer than all the rest. */
const unstretched = async ({ secret, salt }: { secret: Uint8Array; salt: Uint8Array }) =>
  new Uint8Array(createHash('sha256').update(salt).update(secret).digest())

export function startSyncDevice({ seed, name, prng, store, serve }: Given): SyncDevice {
  const server = createLyingServer(serve)
  const link = createLink(prng.fork(`link ${name}`), server.network)
  const files = memoryKitFile()
  let record: Uint8Array | undefined
  const kit = {
    ...files,
    load: async () => record,
    save: async (next: Uint8Array) => void (record = next),
  }
  let skewMs = 0
  let lives = 0
  const device = keepRunning(
    name,
    async (life): Promise<Device> => {
      lives += 1
      const { client, parts } = await openClientOn(mortalStore(life, store), {
        platform: memoryPlatform({
          kit: mortalKitFiles(life, kit),
          clock: mortalClock(life, { ...timers, now: () => Date.now() + skewMs }),
          online: mortalSignal(life, link.online),
          network: (request) => mortal(life, () => link.network(request)),
          // Alerts and news come through requests alone.
          sockets: () => ({ addEventListener() {}, send() {}, close() {} }),
          // A process never repeats what one before it drew.
          random: seededRandom(`${seed} ${name} ${lives}`),
          argon2id: unstretched,
          zone: () => 'Europe/Paris',
        }),
        // Electric's client remembers by address what it knows of shapes, for everybody in this process.
        server: `http://${name}.seed-${seed}.test`,
        deviceLabel: name,
        compactAfter,
      })
      return { name, client, parts, link }
    },
    ({ client }) => client.close(),
  )
  return {
    ...device,
    ...createAsking(device),
    link,
    server,
    skew(ms) {
      skewMs = ms
    },
    async end() {
      const life = device.life()
      device.end()
      const running = await device.running().catch(() => undefined)
      if (running) await live(life, () => running.client.close()).catch(() => {})
      life.kill()
    },
  }
}
