/** What a prediction costs: warm, as the first thing that a process does, and in memory. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { fileURLToPath } from 'node:url'
import {
  addDays,
  civilDate,
  predict,
  predictionTableBytes,
  type PredictionInput,
} from '@selene/client-sdk/calendar'
import { figure, table, type Figure } from '../report.ts'

const run = promisify(execFile)
const script = fileURLToPath(new URL('first-prediction.ts', import.meta.url))
const warmCount = 300
const coldCount = 7

/** Ten years of cycles of 24 to 34 days. */
export function tenYears(): PredictionInput {
  let start = civilDate('2016-01-04')!
  const cycles = Array.from({ length: 126 }, (_, i) => {
    const cycle = { start, length: 24 + ((i * 7) % 11), bleedingDays: 4 + (i % 3) }
    start = addDays(start, cycle.length)
    return cycle
  })
  return { cycles: [...cycles, { start, bleedingDays: 5 }], today: addDays(start, 20) }
}

/** Milliseconds of one prediction. */
export function timeOnce(input: PredictionInput): number {
  const started = performance.now()
  predict(input)
  return performance.now() - started
}

/** Measures and tells the cost. */
export async function benchSpeed(say: (text: string) => void): Promise<Figure[]> {
  const input = tenYears()
  const times = Array.from({ length: 2 * warmCount }, () => timeOnce(input))
  const figures = [
    figure({
      name: 'prediction from ten years, p95',
      value: partOf(times.slice(warmCount), 0.95),
      unit: 'ms',
      bar: { of: 'value', most: 15 },
    }),
    figure({
      name: `first prediction of a process, median of ${coldCount}`,
      value: partOf(await timeFirst(), 0.5),
      unit: 'ms',
      bar: { of: 'value', most: 60 },
    }),
    figure({
      name: 'tables',
      value: predictionTableBytes,
      unit: 'bytes',
      bar: { of: 'value', most: 2_000_000 },
    }),
  ]
  const rows = figures.map(({ name, value, unit, bar }) => [name, value, unit, bar])
  say(`\nCost\n${table(['', '', '', 'bar'], rows)}`)
  return figures
}

async function timeFirst(): Promise<number[]> {
  const times: number[] = []
  while (times.length < coldCount) {
    const { stdout } = await run(process.execPath, ['--conditions=@selene/source', script])
    times.push(Number(stdout))
  }
  return times
}

/** The least of the values that is not exceeded by a share of them. */
const partOf = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * share) - 1]!
