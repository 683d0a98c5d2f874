/** A small world for simulations: one server in this process, any number of devices and people, links with faults. */
import type { Client, Clock, Config as ClientConfig, Sockets } from '@selene/client-sdk'
import {
  memoryFiles,
  memoryPlatform,
  openClient,
  seededRandom,
  systemSockets,
  type ClientParts,
} from '@selene/client-sdk/testing'
import { listen, type Db, type Server, type ServerConfig } from '@selene/sync-server'
import { databases } from '@selene/sync-server/testing'
import { createQuietServer } from '../core/quiet-server.ts'
import { createPrng, type Prng } from '../core/prng.ts'
import { storeImage } from '../core/store-image.ts'
import { createLink, type Link } from './link.ts'

export interface Device {
  readonly name: string
  readonly client: Client
  readonly parts: ClientParts
  readonly link: Link
}

export interface World {
  readonly prng: Prng
  readonly server: Server
  readonly db: Db
  readonly logLines: readonly string[]
  /** Addresses, bodies and answers of every request, and every frame, when the world records them. */
  readonly traffic: readonly string[]
  readonly devices: readonly Device[]
  /** Adds a device: the first registers, later ones are linked by the first. */
  addDevice(name: string): Promise<Device>
  /** A device that has no account yet. */
  openDevice(name: string, own?: { clock: Clock }): Promise<Device>
  /** A device of another person, with an account of its own. */
  addPerson(name: string, own?: { clock: Clock }): Promise<Device>
  /** Links a device of {@link World.openDevice}, by the first one unless told. */
  linkDevice(device: Device, by?: Device): Promise<void>
  close(): Promise<void>
}

export interface WorldOptions {
  /** Keeps every request, answer and frame. */
  readonly record?: boolean
  /** Serves a real port, and with it the live connection. */
  readonly listen?: boolean
  readonly config?: Partial<ServerConfig>
  readonly compactAfter?: ClientConfig['compactAfter']
}

const passphrase = 'seven lamps by the river'
/** Sockets of a world without a port: nobody ever answers. */
const silentSockets: Sockets = () => ({ addEventListener() {}, send() {}, close() {} })
const cheapLogin = { memoryKiB: 1024, passes: 1 }

export async function createWorld(
  seed: string | number,
  options: WorldOptions = {},
): Promise<World> {
  const prng = createPrng(seed)
  const { db, drop } = await databases.find(({ name }) => name === 'pglite')!.open()
  const { server, logLines } = await createQuietServer(db, {
    loginCost: cheapLogin,
    waitMilliseconds: 2_000,
    ...options.config,
  })
  const listener = options.listen ? await listen({ port: 0, fetch: server.fetch }) : undefined
  const address = listener ? `http://127.0.0.1:${listener.port}` : 'http://server.test'
  const opened: Device[] = []
  const devices: Device[] = []
  const traffic: string[] = []

  async function serve(request: Request): Promise<Response> {
    const send = listener ? fetch : server.fetch
    if (!options.record) return send(request)
    traffic.push(`${request.url} ${await request.clone().text()}`)
    const response = await send(request)
    traffic.push(await response.clone().text())
    return response
  }

  const recordedSockets: Sockets = (url, protocols) => {
    const socket = systemSockets(url, protocols)
    socket.addEventListener('message', ({ data }) => void traffic.push(String(data)))
    return {
      addEventListener: socket.addEventListener.bind(socket),
      close: (code) => socket.close(code),
      send(text) {
        traffic.push(text)
        socket.send(text)
      },
    }
  }
  const realSockets = options.record ? recordedSockets : systemSockets

  async function open(name: string, own: { clock?: Clock } = {}): Promise<Device> {
    const link = createLink(prng.fork(`link ${name}`), serve)
    const platform = memoryPlatform({
      files: memoryFiles(await storeImage()),
      network: link.network,
      online: link.online,
      random: seededRandom(`${seed} ${name}`),
      sockets: listener ? realSockets : silentSockets,
      ...own,
    })
    const { client, parts } = await openClient({
      platform,
      server: address,
      deviceLabel: name,
      ...(options.compactAfter && { compactAfter: options.compactAfter }),
    })
    const device = { name, client, parts, link }
    opened.push(device)
    return device
  }

  async function link(device: Device, by = devices[0]!): Promise<void> {
    const joining = await device.client.vault.join()
    const admitted = by.client.vault.admit(joining.code, { label: device.name })
    await Promise.all([admitted, joining.done])
    if (by === devices[0]) devices.push(device)
  }

  return {
    prng,
    server,
    db,
    logLines,
    traffic,
    devices,
    openDevice: open,
    linkDevice: link,
    async addPerson(name, own) {
      const device = await open(name, own)
      await device.client.account.register({ identifier: `${name}@example.org`, passphrase })
      return device
    },
    async addDevice(name) {
      const device = await open(name)
      if (devices.length > 0) await link(device)
      else {
        await device.client.account.register({
          identifier: 'person@example.org',
          passphrase,
        })
        devices.push(device)
      }
      return device
    },
    async close() {
      await Promise.all(opened.map(({ client }) => client.close()))
      await server.stop()
      await listener?.close()
      await drop()
    },
  }
}
