/** A small world for simulations: one server in this process, any number of devices, links with faults. */
import { type Client } from '@selene/client-sdk'
import {
  memoryPlatform,
  openClient,
  seededRandom,
  type ClientParts,
} from '@selene/client-sdk/testing'
import type { Db, Server } from '@selene/sync-server'
import { databases } from '@selene/sync-server/testing'
import { createQuietServer } from '../core/quiet-server.ts'
import { createPrng, type Prng } from '../core/prng.ts'
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
  /** Addresses, bodies and answers of every request, when the world records them. */
  readonly traffic: readonly string[]
  readonly devices: readonly Device[]
  /** Adds a device: the first registers, later ones are linked by the first. */
  addDevice(name: string): Promise<Device>
  /** A device that has no account yet. */
  openDevice(name: string): Promise<Device>
  /** Links a device of {@link World.openDevice} by the first one. */
  linkDevice(device: Device): Promise<void>
  close(): Promise<void>
}

const address = 'http://server.test'
const cheapLogin = { memoryKiB: 1024, passes: 1 }

export async function createWorld(
  seed: string | number,
  options: { record: boolean } = { record: false },
): Promise<World> {
  const prng = createPrng(seed)
  const { db, drop } = await databases.find(({ name }) => name === 'pglite')!.open()
  const { server, logLines } = await createQuietServer(db, {
    loginCost: cheapLogin,
    waitMilliseconds: 2_000,
  })
  const opened: Device[] = []
  const devices: Device[] = []
  const traffic: string[] = []

  async function serve(request: Request): Promise<Response> {
    if (!options.record) return server.fetch(request)
    traffic.push(`${request.url} ${await request.clone().text()}`)
    const response = await server.fetch(request)
    traffic.push(await response.clone().text())
    return response
  }

  async function open(name: string): Promise<Device> {
    const link = createLink(prng.fork(`link ${name}`), serve)
    const platform = memoryPlatform({
      network: link.network,
      online: link.online,
      random: seededRandom(`${seed} ${name}`),
    })
    const { client, parts } = await openClient({ platform, server: address, deviceLabel: name })
    const device = { name, client, parts, link }
    opened.push(device)
    return device
  }

  async function link(device: Device): Promise<void> {
    const joining = await device.client.vault.join()
    const admitted = devices[0]!.client.vault.admit(joining.code, { label: device.name })
    await Promise.all([admitted, joining.done])
    devices.push(device)
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
    async addDevice(name) {
      const device = await open(name)
      if (devices.length > 0) await link(device)
      else {
        await device.client.account.register({
          identifier: 'person@example.org',
          passphrase: 'seven lamps by the river',
        })
        devices.push(device)
      }
      return device
    },
    async close() {
      await Promise.all(opened.map(({ client }) => client.close()))
      await server.stop()
      await drop()
    },
  }
}
