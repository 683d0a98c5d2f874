/**
 * `npm run sim -- [NAME] [--seeds N [--from F]] [--seed S] [--workers W] [--cover]`: simulations with more seeds than
 * the tests run, in as many processes as there are cores and memory for. With `--cover` it fails when the seeds together miss
 * an await of the SOS code.
 */
import { availableParallelism, freemem } from 'node:os'
import { parseArgs } from 'node:util'
import { answerParent, runElsewhere, runHere, type SeedRunner } from './seed-runner.ts'
import { simulations, type SimulationName } from './simulations.ts'
import { sumUpCover, type SosCover } from './sos-cover.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '10' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    workers: { type: 'string' },
    cover: { type: 'boolean', default: false },
    child: { type: 'boolean', default: false },
  },
})

/** Of one process: its databases. */
const bytesPerWorker = 2 * 2 ** 30

function workersFor(seeds: number): number {
  const bearable = Math.min(availableParallelism(), Math.floor(freemem() / bytesPerWorker))
  return Math.max(1, Math.min(Number(values.workers ?? bearable), seeds))
}

interface Result {
  readonly failed: readonly string[]
  readonly covers: readonly SosCover[]
}

/** Whoever is free takes the next seed. */
async function runSeeds(name: SimulationName, seeds: readonly string[]): Promise<Result> {
  const workers = workersFor(seeds.length)
  const waiting = seeds.values()
  const failed: string[] = []
  async function work(runner: SeedRunner): Promise<SosCover | undefined> {
    for (const seed of waiting) {
      const { ok, said } = await runner.run(seed)
      process.stdout.write(`${name} seed ${seed} ${said}\n`)
      if (!ok) failed.push(seed)
    }
    return runner.end()
  }
  const runners =
    workers === 1
      ? [await runHere(name)]
      : Array.from({ length: workers }, () => runElsewhere(name))
  const covers = await Promise.all(runners.map(work))
  return { failed, covers: covers.filter((cover) => cover !== undefined) }
}

const isName = (name: string): name is SimulationName => Object.hasOwn(simulations, name)

function namesAsked(): readonly SimulationName[] {
  const names = positionals.length > 0 ? positionals : Object.keys(simulations)
  for (const name of names.filter((each) => !isName(each))) {
    const known = Object.keys(simulations).join(', ')
    process.stderr.write(`There is no simulation "${name}". There is: ${known}\n`)
    process.exit(2)
  }
  return names.filter(isName)
}

/** @returns whether all is well */
async function simulate(name: SimulationName, seeds: readonly string[]): Promise<boolean> {
  const { failed, covers } = await runSeeds(name, seeds)
  const cover = covers.length > 0 ? sumUpCover(covers) : undefined
  if (cover) process.stdout.write(`${name}: ${cover.said}\n`)
  process.stdout.write(
    `${name}: ${seeds.length - failed.length} held, ${failed.length} failed\n${failed
      .map((seed) => `  replay: npm run sim -- ${name} --seed ${seed}\n`)
      .join('')}`,
  )
  return failed.length === 0 && (!values.cover || cover?.isWhole !== false)
}

const names = namesAsked()
if (values.child) {
  await answerParent(names[0]!)
  process.exit(0)
}
const seeds =
  values.seed === undefined
    ? Array.from({ length: Number(values.seeds) }, (_, i) => String(Number(values.from) + i))
    : [values.seed]
let isWell = true
for (const name of names) isWell = (await simulate(name, seeds)) && isWell
// Electric's client keeps a timer for up to a minute; everything of ours is closed.
process.exit(isWell ? 0 : 1)
