/** `npm run sim -- [NAME] [--seeds N] [--seed S]`: simulations with more seeds than the tests run. */
import { parseArgs } from 'node:util'
import { simulateConvergence } from './converge.ts'

const simulations = {
  async converge(seed: string) {
    const { differences, ...counts } = await simulateConvergence(seed)
    if (differences.length > 0) throw new Error(differences.join('; '))
    return counts
  },
} as const satisfies Record<string, (seed: string) => Promise<object>>
type Name = keyof typeof simulations

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seeds: { type: 'string', default: '10' }, seed: { type: 'string' } },
})

const isName = (name: string): name is Name => Object.hasOwn(simulations, name)
const names = positionals.length > 0 ? positionals : Object.keys(simulations)
const seeds =
  values.seed === undefined
    ? Array.from({ length: Number(values.seeds) }, (_, i) => String(i + 1))
    : [values.seed]

let failures = 0
for (const name of names) {
  if (!isName(name)) {
    process.stderr.write(
      `There is no simulation "${name}". There is: ${Object.keys(simulations).join(', ')}\n`,
    )
    process.exit(2)
  }
  for (const seed of seeds)
    try {
      const started = performance.now()
      const report = await simulations[name](seed)
      const seconds = ((performance.now() - started) / 1000).toFixed(1)
      process.stdout.write(`${name} seed ${seed} ok ${seconds} s ${JSON.stringify(report)}\n`)
    } catch (error) {
      failures += 1
      process.stdout.write(
        `${name} seed ${seed} FAILED: ${String(error)}\n  replay: npm run sim -- ${name} --seed ${seed}\n`,
      )
    }
}
process.stdout.write(`${seeds.length * names.length - failures} held, ${failures} failed\n`)
// Electric's client keeps a timer for up to a minute; everything of ours is closed.
process.exit(failures > 0 ? 1 : 0)
