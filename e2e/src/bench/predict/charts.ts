/** Charts of real people: each cycle foreseen from those before it. */
import { figure, table, type Figure } from '../report.ts'
import { score } from '../score.ts'
import { againstReference, compare, createTrial } from './comparison.ts'
import { foreseeAll, foreseeOvulations, ovulationRivals } from './foresight.ts'
import type { ChartedCycle } from './length-file.ts'
import { meanOfAll, ours } from './rivals.ts'

type Say = (text: string) => void
type Charts = readonly (readonly ChartedCycle[])[]

/**
 * Figures of any charts. The bars are those of 159 women with 1,665 cycles, on which the mean of all
 * errs by 2.123 days.
 *
 * @throws Error when nobody has four cycles.
 */
export function benchCharts(say: Say, charts: Charts): Figure[] {
  const trial = createTrial((rival) => foreseeAll(rival, charts))
  const { count, mae, withinTwo, coverage } = trial.scoreOf(ours)
  if (count === 0) throw new Error('nobody in the file has four cycles')
  say(compare(`${count} cycles of ${charts.length} people, each from those before it`, trial))
  return [
    figure({
      name: 'MAE against the mean of all',
      value: mae,
      unit: 'days',
      against: trial.scoreOf(meanOfAll).mae,
      bar: { of: 'value', most: 2.07 },
    }),
    figure({
      name: 'within two days',
      value: withinTwo,
      unit: 'share',
      bar: { of: 'value', least: 0.705 },
    }),
    figure({
      name: 'coverage of the 80 % interval',
      value: coverage!,
      unit: 'share',
      bar: { of: 'value', least: 0.8, most: 0.88 },
    }),
    ...againstReference('charts', trial),
    ...benchOvulation(say, charts),
  ]
}

function benchOvulation(say: Say, charts: Charts): Figure[] {
  const scores = ovulationRivals.map((rival) => ({
    name: rival.name,
    outcomes: foreseeOvulations(rival, charts),
  }))
  if (scores[0]!.outcomes.length === 0) return []
  const rows = scores.map(({ name, outcomes }) => {
    const { mae, rmse, withinTwo } = score(outcomes)
    return { name, mae, cells: [name, mae, rmse, withinTwo] }
  })
  say(`\nDay of ovulation in ${scores[0]!.outcomes.length} cycles\n`)
  say(
    table(
      ['', 'MAE', 'RMSE', '≤ 2 days'],
      rows.map(({ cells }) => cells),
    ),
  )
  const [found, ...others] = rows
  return others.map(({ name, mae }) =>
    figure({
      name: `day of ovulation, MAE against ${name}`,
      value: found!.mae,
      unit: 'days',
      against: mae,
      bar: { of: 'value', most: 1.88 },
    }),
  )
}
