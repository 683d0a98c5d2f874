/** A person of the SOS simulation: an app on a store, a kit's file and a network, which outlive its processes. */
import { createSignal, type Client, type Clock } from '@selene/client-sdk'
import {
  memoryFiles,
  memoryKitFile,
  memoryPlatform,
  openClientOn,
  openStore,
  upgrades,
  type Store,
} from '@selene/client-sdk/testing'
import { createPrng } from '../core/prng.ts'
import { storeImage } from '../core/store-image.ts'
import {
  mortalClock,
  mortalKitFiles,
  mortalSignal,
  mortalSockets,
  mortalStore,
} from '../kill/mortal-ports.ts'
import { keepRunning, type Process } from '../kill/process.ts'
import { createAsking, type Asking } from './asking.ts'
import { passes } from './fast-clock.ts'

export interface Person extends Process, Asking<Client> {
  /** What its processes find again. */
  readonly store: Store
  /** Resolves once the process runs. */
  client(): Promise<Client>
  cutOff(): void
  reconnect(): void
  /** Has the server forget where she is, past her app. */
  forgetCell(): Promise<void>
  /** What the next process finds of the SOS kit is no record. */
  damageKit(): void
}

/** Now and then a request is on its way for up to so long, so that it crosses what others do. */
const longestLagMs = 4_500
const lagChance = 0.25

export async function startPerson(name: string, url: () => Promise<URL>, clock: Clock) {
  const platform = memoryPlatform({ files: memoryFiles(await storeImage()) })
  const store: Store = await openStore(platform.files, upgrades)
  const kitFile = memoryKitFile()
  const saved = { load: kitFile.load(), record: undefined as Uint8Array | undefined }
  await saved.load
  const files = {
    ...kitFile,
    load: async () => saved.record,
    async save(record: Uint8Array) {
      saved.record = record
    },
  }
  const online = createSignal()
  const network = createPrng(name)
  const lag = async (): Promise<void> => {
    if (network.chance(lagChance)) await passes(clock, network.int(0, longestLagMs))
  }
  let isCutOff = false
  let authorization = ''
  const sockets = new Set<WebSocket>()
  const server = await url()
  const person = keepRunning(
    name,
    async (life) => {
      const { client } = await openClientOn(mortalStore(life, store), {
        platform: {
          ...platform,
          kit: mortalKitFiles(life, files),
          clock: mortalClock(life, clock),
          online: mortalSignal(life, online),
          async network(request) {
            if (isCutOff) throw new TypeError('no network')
            authorization = request.headers.get('authorization') ?? authorization
            await lag()
            const response = await fetch(request)
            if (life.isDead()) return new Promise<never>(() => {})
            return response
          },
          sockets: mortalSockets(life, (to, protocols) => {
            const socket = new WebSocket(to, protocols)
            sockets.add(socket)
            socket.addEventListener('close', () => sockets.delete(socket))
            if (isCutOff) socket.close()
            return socket
          }),
        },
        server,
        deviceLabel: name,
      })
      return client
    },
    (client) => client.close(),
  )
  return {
    ...person,
    store,
    client: person.running,
    ...createAsking(person),
    async forgetCell() {
      const headers = { authorization }
      await fetch(new URL('/v1/location/cell', server), { method: 'DELETE', headers })
    },
    damageKit: () => void (saved.record = new Uint8Array([255])),
    cutOff() {
      isCutOff = true
      for (const socket of sockets) socket.close()
    },
    reconnect() {
      isCutOff = false
      online.emit()
    },
    async close() {
      await (await person.running()).close()
      person.end()
      await store.close()
    },
  }
}
