/**
 * The world of the SOS simulation: one server and four people, each a process that can be killed and
 * comes back on what it had stored, on real sockets and one clock that runs faster than the real one.
 */
import { Problem, until, type Clock } from '@selene/client-sdk'
import { listen, type Db, type Listener, type Timer } from '@selene/sync-server'
import { databases } from '@selene/sync-server/testing'
import { createQuietServer } from '../core/quiet-server.ts'
import { live, type Incarnation } from '../kill/incarnation.ts'
import { mortalDb } from '../kill/mortal-ports.ts'
import { keepRunning, type Process } from '../kill/process.ts'
import { createFastClock, type FastClock } from './fast-clock.ts'
import { startPerson, type Person } from './sos-person.ts'

export interface SosWorld {
  readonly db: Db
  readonly clock: FastClock
  /** With the log lines of its last life. */
  readonly server: Process & { logLines(): readonly string[] }
  readonly people: Readonly<Record<'raiser' | 'friend' | 'passerBy' | 'stranger', Person>>
  close(): Promise<void>
}

/** Repeats by the world's clock as long as that life lasts; each round begins after the one before it. */
const mortalTimer = (life: Incarnation, clock: Clock): Timer => ({
  every(ms, work) {
    let cancelled = false
    let cancelNext = next()
    function next(): () => void {
      return clock.after(ms, () => void round())
    }
    async function round(): Promise<void> {
      if (cancelled || life.isDead()) return
      await live(life, async () => work())
      if (!cancelled) cancelNext = next()
    }
    const cancel = (): void => {
      cancelled = true
      cancelNext()
    }
    life.death.catch(cancel)
    return cancel
  },
})

function startServer(world: { db: Db; clock: Clock }) {
  let port = 0
  const serverKey = crypto.getRandomValues(new Uint8Array(32))
  let listener: Listener | undefined
  let said: readonly string[] = []
  const server = keepRunning(
    'server',
    async (life) => {
      const db = mortalDb(life, world.db)
      const time = { clock: { now: world.clock.now }, timer: mortalTimer(life, world.clock) }
      const config = {
        serverKey,
        loginCost: { memoryKiB: 1024, passes: 1 },
        release: { minAccountDays: 0, minCellDays: 0, releasesPerAlert: 99, releasesPerDay: 99 },
      }
      const { server: started, logLines } = await createQuietServer(db, config, time)
      said = logLines
      const opened = await listen({
        port,
        fetch: (request, env) => live(life, () => started.fetch(request, env)),
      })
      port = opened.port
      listener = opened
      life.death.catch(() => opened.close())
      return { url: new URL(`http://127.0.0.1:${port}`), stop: started.stop }
    },
    (running) => running.stop(),
  )
  return { ...server, logLines: () => said, close: async () => listener?.close() }
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
      // Only opting in sends a cell at once; while sharing, the beat does.
      await client.location.set({ sharing: false })
      await client.location.set({ sharing: true, position: { ...place, accuracyMetres: 10, at } })
      const { sentAt = 0 } = await until(client.location.state, () => true)
      // A beat that a dying server swallowed is left to the next one, minutes later.
      if (sentAt < at) throw new Problem('server/unreachable')
    })
}

/** What the stranger's phone reports on a day on which it makes no sense: beyond the map, and a leap. */
const nonsense = [
  { latitude: 89, longitude: 0 },
  otherTown,
  { latitude: -33.86, longitude: 151.21 },
]

/** The rest of what people and servers do: leave and come back, move too fast, restart in good order. */
export async function liveOn({ people, server, clock }: SosWorld): Promise<void> {
  const { stranger, raiser, friend } = people
  for (const place of nonsense)
    await stranger.insist(async (client) => {
      const position = { ...place, accuracyMetres: 10, at: clock.now() }
      await client.location.set({ sharing: false })
      await client.location.set({ sharing: true, position })
    })
  await stranger.forgetCell().catch(() => {}) // The server may be dying.
  await stranger.insist((client) => client.location.set({ sharing: false }))
  await friend.restart()
  await raiser.restart()
  await server.restart()
}

/** Opens the world and makes its people known to each other; nobody is killed meanwhile. */
export async function createSosWorld(): Promise<SosWorld> {
  const { db, drop } = await databases.find(({ name }) => name === 'pglite')!.open()
  const clock = createFastClock()
  const server = startServer({ db, clock })
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
    async close() {
      for (const person of Object.values(people)) await person.close()
      const { stop } = await server.running()
      server.end()
      await stop()
      await server.close()
      await drop()
      clock.stop()
    },
  }
}
