/**
 * `npm run bench -- NAME [--json] [--seed S] [--data FILE] [--large] [--browser]`: one benchmark, side by side with what it is
 * compared with. Exits with 0 whatever the figures, with 1 when it could not measure, and with 2 for a
 * name that is none. With `--json` the last line is for machines.
 */
import { parseArgs } from 'node:util'
import { machine, type BenchOptions, type Figure } from './report.ts'

type Bench = (options: BenchOptions) => Promise<readonly Figure[]>

/** Every benchmark; each loads only what it needs. */
const benches = {
  store: async (options) => (await import('./store.ts')).benchStore(options),
  sync: async (options) => (await import('./sync.ts')).benchSync(options),
  predict: async (options) => (await import('./predict.ts')).benchPredict(options),
  shapes: async (options) => (await import('./shapes.ts')).benchShapes(options),
} as const satisfies Record<string, Bench>

const isBench = (name: string | undefined): name is keyof typeof benches =>
  name !== undefined && Object.hasOwn(benches, name)

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    data: { type: 'string' },
    large: { type: 'boolean', default: false },
    browser: { type: 'boolean', default: false },
  },
})
const [name, ...more] = positionals
if (!isBench(name) || more.length > 0) {
  process.stderr.write(
    `Name one benchmark: npm run bench -- NAME. There is: ${Object.keys(benches).join(', ')}\n`,
  )
  process.exit(2)
}
const say = (text: string): void => void process.stdout.write(text)
try {
  const { json, ...options } = values
  const results = await benches[name]({ say, ...options })
  if (json) say(`${JSON.stringify({ bench: name, machine: machine(), results })}\n`)
} catch (error) {
  process.stderr.write(
    `Could not measure: ${error instanceof Error ? error.stack : String(error)}\n`,
  )
  process.exit(1)
}
