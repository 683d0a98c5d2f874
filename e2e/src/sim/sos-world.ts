/**
 * The world of the SOS simulation: one server and four people, each a process that can be killed and
 * comes back on what it had stored, on real sockets and one clock that runs faster than the real one.
 */
import { createSignal, Problem, until, type Client, type Clock } from '@selene/client-sdk'
import {
  memoryKitFile,
  memoryPlatform,
  openClientOn,
  openStore,
  upgrades,
} from '@selene/client-sdk/testing'
import { listen, systemTimer, type Db, type Listener, type Timer } from '@selene/sync-server'
import { databases } from '@selene/sync-server/testing'
import { createQuietServer } from '../core/quiet-server.ts'
import { ask, createIncarnation, isKilled, live, type Incarnation } from '../kill/incarnation.ts'
import {
  mortalClock,
  mortalDb,
  mortalKitFiles,
  mortalSignal,
  mortalSockets,
  mortalStore,
} from '../kill/mortal-ports.ts'

/** How much faster its clock runs. */
const speed = 15
const restartMs = 20

export interface Process {
  readonly name: string
  life(): Incarnation
  /** How often it was killed. */
  deaths(): number
}

export interface Person extends Process {
  /** Resolves once the process runs. */
  client(): Promise<Client>
  /** Asks the running process; rejects when that dies before it answers ({@link isKilled}). */
  try<T>(act: (client: Client) => Promise<T>): Promise<T>
  /** Asks again after each death, until there is an answer. */
  insist<T>(act: (client: Client) => Promise<T>): Promise<T>
  cutOff(): void
  reconnect(): void
}

export interface SosWorld {
  readonly db: Db
  readonly clock: Clock & { skip(ms: number): void }
  readonly server: Process
  readonly people: Readonly<Record<'raiser' | 'friend' | 'passerBy' | 'stranger', Person>>
  /** Faults that the server has logged. */
  readonly errors: readonly string[]
  close(): Promise<void>
}

function createFastClock(): SosWorld['clock'] {
  const began = Date.now()
  let skipped = 0
  return {
    now: () => began + (Date.now() - began) * speed + skipped,
    after(ms, due) {
      const timer = setTimeout(due, ms / speed)
      return () => clearTimeout(timer)
    },
    skip(ms) {
      skipped += ms
    },
  }
}

const isWorthRetrying = (error: unknown): boolean =>
  error instanceof Problem && error.remedy === 'retry'

/** A process that is started again whenever it has died. */
function keepRunning<T>(
  name: string,
  start: (life: Incarnation) => Promise<T>,
): Process & { running(): Promise<T>; end(): void } {
  let life = createIncarnation(name)
  let running: Promise<T>
  let deaths = 0
  let ended = false
  const begin = (): void => {
    running = ask(life, () => start(life))
    running.catch(() => {})
    life.death.catch(() => {
      deaths += 1
      life = createIncarnation(name)
      const next = life
      const { promise, resolve } = Promise.withResolvers<void>()
      running = promise.then(() => running)
      running.catch(() => {})
      setTimeout(() => {
        if (!ended && life === next) begin()
        resolve()
      }, restartMs)
    })
  }
  begin()
  return {
    name,
    life: () => life,
    deaths: () => deaths,
    running: () => running,
    end: () => void (ended = true),
  }
}

const mortalTimer = (life: Incarnation): Timer => ({
  every(ms, work) {
    const cancel = systemTimer.every(ms / speed, () => live(life, work))
    life.death.catch(cancel)
    return cancel
  },
})

function startServer(world: { db: Db; clock: Clock; errors: string[] }) {
  let port = 0
  const serverKey = crypto.getRandomValues(new Uint8Array(32))
  let listener: Listener | undefined
  const server = keepRunning('server', async (life) => {
    const db = mortalDb(life, world.db)
    const time = { clock: { now: world.clock.now }, timer: mortalTimer(life) }
    const config = {
      serverKey,
      loginCost: { memoryKiB: 1024, passes: 1 },
      release: { minAccountDays: 0, minCellDays: 0, releasesPerAlert: 99, releasesPerDay: 99 },
    }
    const { server: started, logLines } = await createQuietServer(db, config, time)
    const opened = await listen({
      port,
      fetch: (request, env) => live(life, () => started.fetch(request, env)),
    })
    port = opened.port
    listener = opened
    life.death.catch(() => {
      world.errors.push(...logLines.filter((line) => line.includes('"level":"error"')))
      return opened.close()
    })
    return { url: new URL(`http://127.0.0.1:${port}`), logLines, stop: started.stop }
  })
  return { ...server, close: async () => listener?.close() }
}

async function startPerson(name: string, url: () => Promise<URL>, clock: Clock) {
  const platform = memoryPlatform()
  const store = await openStore(platform.files, upgrades)
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
  let isCutOff = false
  const sockets = new Set<WebSocket>()
  const server = await url()
  const person = keepRunning(name, async (life) => {
    const { client } = await openClientOn(mortalStore(life, store), {
      platform: {
        ...platform,
        kit: mortalKitFiles(life, files),
        clock: mortalClock(life, clock),
        online: mortalSignal(life, online),
        async network(request) {
          if (isCutOff) throw new TypeError('no network')
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
  })
  const tryAct = async <T>(act: (client: Client) => Promise<T>): Promise<T> => {
    const client = await person.running()
    return ask(person.life(), () => act(client))
  }
  return {
    ...person,
    client: person.running,
    try: tryAct,
    async insist<T>(act: (client: Client) => Promise<T>): Promise<T> {
      for (;;)
        try {
          return await tryAct(act)
        } catch (error) {
          if (!isKilled(error) && !isWorthRetrying(error)) throw error
          await new Promise((resolve) => setTimeout(resolve, restartMs))
        }
    },
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

/** Where the raiser calls from; the passer-by is 600 m away, the stranger 60 km. */
export const alertPlace = { latitude: 48.137154, longitude: 11.576124 }
const nextStreet = { latitude: 48.1403, longitude: 11.5695 }
const otherTown = { latitude: 48.3705, longitude: 10.8978 }

async function befriend({ raiser, friend }: SosWorld['people']): Promise<void> {
  const { link } = await raiser.insist((client) => client.contacts.invite('friend'))
  await friend.insist((client) => client.contacts.accept(link.href, 'raiser'))
  await raiser.insist((client) => until(client.sos.readiness, ({ contacts }) => contacts === 1))
}

/** Passer-by and stranger say where they are, as they would with a beat; what is older is forgotten. */
export async function sayWhere({ people, clock }: SosWorld): Promise<void> {
  for (const [person, place] of [
    [people.passerBy, nextStreet],
    [people.stranger, otherTown],
  ] as const)
    await person.insist(async (client) => {
      const at = clock.now()
      await client.location.set({ sharing: true, position: { ...place, accuracyMetres: 10, at } })
      const { sentAt = 0 } = await until(client.location.state, () => true)
      // A beat that a dying server swallowed is left to the next one, minutes later.
      if (sentAt < at) throw new Problem('server/unreachable')
    })
}

/** Opens the world and makes its people known to each other; nobody is killed meanwhile. */
export async function createSosWorld(): Promise<SosWorld> {
  const { db, drop } = await databases.find(({ name }) => name === 'pglite')!.open()
  const clock = createFastClock()
  const errors: string[] = []
  const server = startServer({ db, clock, errors })
  const url = async (): Promise<URL> => (await server.running()).url
  const [raiser, friend, passerBy, stranger] = await Promise.all(
    ['raiser', 'friend', 'passer-by', 'stranger'].map((name) => startPerson(name, url, clock)),
  )
  const people = { raiser: raiser!, friend: friend!, passerBy: passerBy!, stranger: stranger! }
  for (const person of Object.values(people))
    await person.insist((client) =>
      client.account.register({
        identifier: `${person.name}@example.org`,
        passphrase: person.name,
      }),
    )
  await befriend(people)
  return {
    db,
    clock,
    server,
    people,
    errors,
    async close() {
      for (const person of Object.values(people)) await person.close()
      const { stop } = await server.running()
      server.end()
      await stop()
      await server.close()
      await drop()
    },
  }
}
