/**
 * `npm run bench -- shapes`: the built-in shape engine over a Postgres of its own. This process is the load; the server
 * is another, and the memory told is that one's. With `--large` thousands wait for a minute instead of some seconds.
 */
import { table, type BenchOptions, type Figure } from './report.ts'
import {
  captureFigures,
  crowdFigures,
  embeddedFigures,
  gatekeeperFigures,
  initialFigures,
  liveFigures,
  ownerFigures,
} from './shapes/figures.ts'
import { onGround, type Ground } from './shapes/ground.ts'

async function measure(ground: Ground, { large, say }: BenchOptions): Promise<Figure[]> {
  const figures: Figure[] = []
  const parts = {
    'first sync': () => initialFigures(ground),
    'insert to client': () => liveFigures(ground),
    '300 shapes': () => ownerFigures(ground, 300),
    '1,000 shapes': () => ownerFigures(ground, 1000),
    capture: () => captureFigures(ground),
    gatekeeper: () => gatekeeperFigures(ground),
    embedded: () => embeddedFigures(figures),
    '2,000 readers': () => crowdFigures(ground, large ? 60 : 5),
  }
  for (const [name, part] of Object.entries(parts)) {
    const found = await part()
    figures.push(...found)
    const values = found.map(({ value, unit }) => `${value.toFixed(3)} ${unit}`)
    say(`  ${name}: ${values.join(', ')}\n`)
  }
  return figures
}

export async function benchShapes(options: BenchOptions): Promise<readonly Figure[]> {
  const figures = await onGround((ground) => measure(ground, options))
  const rows = figures.map(({ name, unit, value, against, ratio, bar, ok }) => [
    name,
    unit,
    value,
    against,
    ratio,
    bar,
    ok === null ? null : ok ? 'met' : 'missed',
  ])
  options.say(`\n${table(['', '', 'value', 'beside', 'ratio', 'bar', ''], rows)}`)
  return figures
}
