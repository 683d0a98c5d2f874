/**
 * `npm run bench -- store`: the sealed store beside plain PGlite on a directory. `--large` fills one with a gigabyte
 * instead, which takes minutes.
 */
import { table, type BenchOptions, type Figure } from './report.ts'
import { compareStores } from './store/compare.ts'
import { measureLarge } from './store/large.ts'

const rounds = 5
const largeMebibytes = 1024

export async function benchStore({ say, large }: BenchOptions): Promise<readonly Figure[]> {
  const progress = (done: string): void => say(`  ${done}\n`)
  const figures = large
    ? await measureLarge(largeMebibytes, progress)
    : await compareStores(rounds, progress)
  const rows = figures.map(({ name, value, unit, against, ratio, bar, ok }) => [
    name,
    unit,
    value,
    against,
    ratio,
    bar,
    ok === null ? null : ok ? 'met' : 'missed',
  ])
  say(`\n${table(['', '', 'sealed', 'plain', 'ratio', 'bar', ''], rows)}`)
  return figures
}
