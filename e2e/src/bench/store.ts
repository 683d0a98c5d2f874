/**
 * `npm run bench -- store`: the sealed store beside plain PGlite on a directory. `--browser` compares in Chromium, beside
 * `opfs-ahp`; `--large` fills a store with a gigabyte instead, which takes minutes.
 */
import { table, type BenchOptions, type Figure } from './report.ts'
import { compareStores } from './store/compare.ts'
import { compareInBrowser } from './store/in-browser.ts'
import { measureLarge } from './store/large.ts'

const rounds = 5
const largeMebibytes = 1024

function measure(
  { large, browser }: BenchOptions,
  progress: (done: string) => void,
): Promise<Figure[]> {
  if (large) return measureLarge(largeMebibytes, progress)
  return browser ? compareInBrowser(progress) : compareStores(rounds, progress)
}

export async function benchStore(options: BenchOptions): Promise<readonly Figure[]> {
  const { say } = options
  const figures = await measure(options, (done) => say(`  ${done}\n`))
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
