/** Simulated people, each with ten lengths from which the eleventh is foreseen. */
import { createPrng } from '../../core/prng.ts'
import { figure, type BenchOptions, type Figure } from '../report.ts'
import { ratioError } from '../score.ts'
import { againstReference, compare, createTrial } from './comparison.ts'
import { foreseeLast } from './foresight.ts'
import { forgetful, logLengths, others, type People } from './people.ts'
import { knowing, meanOfAll, medianOfAll, ours, widened, type Rival } from './rivals.ts'

const lengthsBefore = 10
const forgetfulCount = 2000
const othersCount = 1000

const simulate = (people: People, seed: string, count: number): number[][] => {
  const prng = createPrng(seed).fork(people.name)
  return Array.from({ length: count }, (_, i) =>
    logLengths(prng.fork(String(i)), people, lengthsBefore + 1),
  )
}

/** The group of the bars: people who now and then do not log a period. */
export function benchForgetful({ say, seed }: BenchOptions): Figure[] {
  const lengths = simulate(forgetful, seed, forgetfulCount)
  const trial = createTrial((rival) => foreseeLast(rival, lengths))
  say(compare(`${forgetfulCount} people who do not log every period`, trial, [knowing]))
  const error = ratioError(trial.outcomesOf(ours), trial.outcomesOf(medianOfAll))
  say(`The ratio of our MAE to that of the median has a standard error of ${error.toFixed(4)}.\n`)
  const { mae, coverage } = trial.scoreOf(ours)
  const bySide = (name: string, rival: Rival, most: number) =>
    figure({
      name,
      value: mae,
      unit: 'days',
      against: trial.scoreOf(rival).mae,
      bar: { of: 'ratio', most },
    })
  return [
    bySide('MAE against the median of 10', medianOfAll, 0.975),
    bySide('MAE against the mean of 10', meanOfAll, 0.8),
    figure({
      name: 'coverage of the 80 % interval',
      value: coverage!,
      unit: 'share',
      bar: { of: 'value', least: 0.78, most: 0.88 },
    }),
    ...againstReference(forgetful.name, trial),
  ]
}

/** Other groups: what suits people who forget must not harm those who do not. */
export const benchOthers = ({ say, seed }: BenchOptions): Figure[] =>
  others.flatMap((people) => {
    const lengths = simulate(people, seed, othersCount)
    const trial = createTrial((rival) => foreseeLast(rival, lengths))
    const more = people.widening > 1 ? [widened] : []
    say(compare(`${othersCount} people who are ${people.name}`, trial, more))
    return againstReference(people.name, trial)
  })
