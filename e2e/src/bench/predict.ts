/**
 * `npm run bench -- predict`: how well and at what cost the next period is foreseen. People are
 * simulated with a seed, so that a run can be repeated; `--data FILE` measures with charts instead.
 */
import { readFile } from 'node:fs/promises'
import { benchCharts } from './predict/charts.ts'
import { parseLengthFile } from './predict/length-file.ts'
import { benchForgetful, benchOthers } from './predict/simulated.ts'
import { benchSpeed } from './predict/speed.ts'
import { table, type BenchOptions, type Figure } from './report.ts'

/** Measures, tells it as it goes, and returns the figures. */
export async function benchPredict(options: BenchOptions): Promise<readonly Figure[]> {
  const { say, data } = options
  const figures =
    data === undefined
      ? [...benchForgetful(options), ...benchOthers(options)]
      : benchCharts(say, parseLengthFile(await readFile(data, 'utf8')))
  const all = [...figures, ...(await benchSpeed(say))]
  const judged = all.filter(({ ok }) => ok !== null)
  const rows = judged.map(({ name, value, ratio, bar, ok }) => [
    name,
    value,
    ratio,
    bar,
    ok ? 'met' : 'missed',
  ])
  say(`\nBars\n${table(['', 'value', 'ratio', 'bar', ''], rows)}`)
  return all
}
