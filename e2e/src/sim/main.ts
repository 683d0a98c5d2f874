/**
 * `npm run sim -- [NAME] [--seeds N [--from F]] [--seed S] [--cover]`: simulations with more seeds than the
 * tests run. With `--cover` it fails when the seeds together miss an await of the SOS code. Those awaits are
 * instrumented before any of it is loaded, so simulations load late.
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { createPrng } from '../core/prng.ts'
import { instrumentModules } from '../kill/await-points.ts'
import { createReach, type Incarnation, type KillPlan } from '../kill/incarnation.ts'

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

interface Simulation {
  run(seed: string): Promise<object>
  /** After the last seed; what all of them together came to, and whether they left something out. */
  end?(): Promise<{ said: string; whole: boolean }>
}

/** Awaits that one server and apps that read cannot reach. */
const outOfReach = [
  {
    file: 'sync-server/src/live/connection.ts',
    code: 'await taken',
    why: 'an app that takes no more, with 64 KiB waiting for it',
  },
  {
    file: 'sync-server/src/sos/day-keys.ts',
    code: 'await load(day)',
    why: 'two servers that make the key of a day at one moment',
  },
  ...['await lockAlerts(', 'await findsBusy(candidate'].map((code) => ({
    file: 'sync-server/src/sos/due.ts',
    code,
    why: 'somebody who holds the lock of an owner for two seconds',
  })),
] as const

/** Why a point is out of reach; `undefined` for one that was missed. */
function excuseOf(point: string): string | undefined {
  const [file = '', line, column] = point.split(':')
  const source = readFileSync(new URL(file, root), 'utf8').split('\n')
  const code = source[Number(line) - 1]!.slice(Number(column) - 1)
  return outOfReach.find((one) => one.file === file && code.startsWith(one.code))?.why
}

const simulations = {
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
        return { said: 'the world is closed', whole: true }
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
        const points = sosPoints()
        const missed = points.filter((point) => !struck.has(point)).toSorted()
        const reasons = missed.map(excuseOf)
        const list = missed.map((point, i) => `\n  not at ${point}: ${reasons[i] ?? 'missed'}`)
        return {
          said: `${points.length} awaits in the SOS code, killed at ${struck.size}${list.join('')}`,
          whole: reasons.every((reason) => reason !== undefined),
        }
      },
    }
  },
} as const satisfies Record<string, () => Promise<Simulation>>
type Name = keyof typeof simulations

function checked<R extends { readonly differences: readonly string[] }>(report: R): object {
  const { differences, ...counts } = report
  if (differences.length > 0) throw new Error(differences.join('; '))
  return counts
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '10' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    cover: { type: 'boolean', default: false },
  },
})

const isName = (name: string): name is Name => Object.hasOwn(simulations, name)
const names = positionals.length > 0 ? positionals : Object.keys(simulations)
const seeds =
  values.seed === undefined
    ? Array.from({ length: Number(values.seeds) }, (_, i) => String(Number(values.from) + i))
    : [values.seed]

let failures = 0
for (const name of names) {
  if (!isName(name)) {
    process.stderr.write(
      `There is no simulation "${name}". There is: ${Object.keys(simulations).join(', ')}\n`,
    )
    process.exit(2)
  }
  const simulation: Simulation = await simulations[name]()
  for (const seed of seeds)
    try {
      const started = process.hrtime.bigint()
      const report = await simulation.run(seed)
      const seconds = (Number(process.hrtime.bigint() - started) / 1e9).toFixed(1)
      process.stdout.write(`${name} seed ${seed} ok ${seconds} s ${JSON.stringify(report)}\n`)
    } catch (error) {
      failures += 1
      process.stdout.write(
        `${name} seed ${seed} FAILED: ${String(error)}\n  replay: npm run sim -- ${name} --seed ${seed}\n`,
      )
    }
  const end = await simulation.end?.()
  if (end) process.stdout.write(`${name}: ${end.said}\n`)
  if (end && values.cover && !end.whole) failures += 1
}
process.stdout.write(`${seeds.length * names.length - failures} held, ${failures} failed\n`)
// Electric's client keeps a timer for up to a minute; everything of ours is closed.
process.exit(failures > 0 ? 1 : 0)
