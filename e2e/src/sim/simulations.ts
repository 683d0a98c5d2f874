/**
 * The simulations by name. Awaits at which processes may die are instrumented before any of the code is loaded, so
 * simulations load late.
 */
import { createPrng } from '../core/prng.ts'
import { instrumentModules } from '../kill/await-points.ts'
import { createReach, type Incarnation, type KillPlan } from '../kill/incarnation.ts'
import type { SosCover } from './sos-cover.ts'

const root = new URL('../../../', import.meta.url)
const sosCode = [
  'client-sdk/src/sos/',
  'client-sdk/src/sync/live-socket.ts',
  'sync-server/src/sos/',
  'sync-server/src/proximity/',
  'sync-server/src/live/',
]
const syncCode = ['client', 'diary', 'docs', 'sync', 'vault'].map(
  (layer) => `client-sdk/src/${layer}/`,
)
let plan: KillPlan | undefined
let serverLife: (() => Incarnation) | undefined
const orphan = (point: string): Incarnation | undefined =>
  point.startsWith('sync-server/') ? serverLife?.() : undefined
const found = instrumentModules(
  [...sosCode, ...syncCode].map((folder) => new URL(folder, root)),
  createReach(() => plan, orphan),
)
/** Awaits of the SOS code that have been loaded. */
const sosPoints = (): string[] =>
  [...found].filter((point) => sosCode.some((folder) => point.startsWith(folder)))

export interface Simulation {
  /** Lives through a seed. @returns what it came to @throws Error that says what is wrong */
  run(seed: string): Promise<object>
  /** After the last seed. */
  end?(): Promise<SosCover | undefined>
}

export const simulations = {
  async sync(): Promise<Simulation> {
    const { simulateSync } = await import('./sync.ts')
    const { createSyncWorld } = await import('./sync-world.ts')
    const { createKillLottery } = await import('./sync-kills.ts')
    let world = await createSyncWorld()
    return {
      async run(seed) {
        const kills = createKillLottery(createPrng(`kills ${seed}`))
        plan = kills
        try {
          return checked(await simulateSync(world, seed, kills))
        } catch (error) {
          // Who waits for ever may hold its databases.
          void world.close().catch(() => {})
          world = await createSyncWorld()
          throw error
        } finally {
          plan = undefined
        }
      },
      async end() {
        await world.close()
        return undefined
      },
    }
  },
  async outbox(): Promise<Simulation> {
    const { simulateOutbox } = await import('./outbox.ts')
    return { run: async (seed) => checked(await simulateOutbox(seed)) }
  },
  async store(): Promise<Simulation> {
    const { simulateStore } = await import('../store/simulate-store.ts')
    return { run: async (seed) => checked(await simulateStore(seed)) }
  },
  async sos(): Promise<Simulation> {
    const { createPlan, simulateSos, targetsOf } = await import('./sos.ts')
    const { createSosWorld } = await import('./sos-world.ts')
    const world = await createSosWorld()
    serverLife = world.server.life
    const struck = new Set<string>()
    return {
      async run(seed) {
        const own = createPlan(targetsOf(Number(seed), sosPoints()))
        plan = own
        try {
          const { struck: places, ...report } = await simulateSos(world, seed, own)
          return checked({ ...report, kills: places.length })
        } finally {
          for (const { point } of own.struck) struck.add(point)
          plan = undefined
        }
      },
      async end() {
        await world.close()
        serverLife = undefined
        return { points: sosPoints(), struck: [...struck] }
      },
    }
  },
} as const satisfies Record<string, () => Promise<Simulation>>

export type SimulationName = keyof typeof simulations

function checked<R extends { readonly differences: readonly string[] }>(report: R): object {
  const { differences, ...counts } = report
  if (differences.length > 0) throw new Error(differences.join('; '))
  return counts
}
