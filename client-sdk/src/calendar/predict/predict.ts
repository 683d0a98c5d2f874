/**
 * Forecasts the cycles to come as distributions over civil dates. Pure: equal input gives an equal
 * answer, in whatever order it comes. Nothing is forecast for a day before today.
 */
import { addDays } from '../civil-date.ts'
import { covers } from '../episode.ts'
import { bleedingByDay } from './bleeding-length.ts'
import { nextStart, startsFrom, type NextStart, type Running } from './course.ts'
import { chancesOf } from './day-forecast.ts'
import type {
  CycleForecast,
  DayForecast,
  Forecast,
  Overdue,
  PredictionInput,
  StartForecast,
} from './forecast.ts'
import { forecastLength, type LengthForecast } from './length-model.ts'
import { lutealPhaseOf, ovulationBefore, startAfter, type LutealPhase } from './luteal-phase.ts'
import { meanOf, quantile, type Masses } from './masses.ts'
import { pastOf, type Past } from './past.ts'
import { dueDate, isInterrupted, pausing } from './pause.ts'
import { priorsFor } from './personal-priors.ts'
import type { LengthPriors } from './priors.ts'

const usualAhead = 6
const mostAhead = 26

/**
 * Forecasts from the cycles so far, or says why it does not.
 *
 * @throws TypeError when `cyclesAhead` is not a whole number from 1 to 26.
 */
export function predict(input: PredictionInput): Forecast {
  const { cycles, today, episodes = [], cyclesAhead = usualAhead } = input
  if (!Number.isInteger(cyclesAhead) || cyclesAhead < 1 || cyclesAhead > mostAhead)
    throw new TypeError(`cyclesAhead is a whole number from 1 to ${mostAhead}`)
  const episode = pausing(episodes, today)
  if (episode) {
    const due = episode.kind === 'pregnancy' ? dueDate(episode, cycles) : undefined
    return { kind: 'paused', episode, ...(due && { estimatedDueDate: due }) }
  }
  const past = pastOf(input)
  if (!past) return { kind: 'none', reason: 'no-cycle' }
  return isInterrupted(episodes, past.running.start, today)
    ? { kind: 'none', reason: 'interrupted' }
    : forecastCycles(input, past, cyclesAhead)
}

/** All that the parts of a forecast are made from; days count from the start of the running cycle. */
interface Outlook {
  readonly past: Past
  readonly model: LengthForecast
  readonly running: Running
  readonly next: NextStart
  readonly luteal: LutealPhase
  readonly ahead: number
}

function forecastCycles(input: PredictionInput, past: Past, ahead: number): CycleForecast {
  const { elapsed, ovulation, counted, observations } = past
  const lengths = counted.map(({ length }) => length)
  const model = forecastLength(lengths, input.priors ?? priorsOf(input))
  const luteal = lutealPhaseOf(observations, model.typical)
  const byOvulation = ovulation === undefined ? undefined : startAfter(ovulation, luteal)
  const running = { elapsed, byOvulation }
  const next = nextStart(model.rhythms, running)
  const outlook = { past, model, running, next, luteal, ahead }
  const starts = startsFrom(next.logged, model.rhythms, ahead)
  const forecasts = starts.map((start, i) => startForecast(start, i, outlook))
  return {
    kind: 'forecast',
    cycleStart: past.running.start,
    cycleDay: elapsed + 1,
    next: forecasts[0]!,
    later: forecasts.slice(1),
    days: daysUntil(quantile(starts.at(-1)!, 0.5), outlook),
    overdue: overdueOf(outlook),
    skipped: counted.map(({ start, nothingMissed }, i) => ({
      start,
      probability: nothingMissed ? 0 : model.missed[i]!,
    })),
  }
}

function priorsOf({ today, episodes = [], person = {} }: PredictionInput): LengthPriors {
  const perimenopause = episodes.some(
    (episode) => episode.kind === 'perimenopause' && covers(episode, today),
  )
  return priorsFor(person, { perimenopause })
}

function startForecast(start: Masses, index: number, { past, luteal }: Outlook): StartForecast {
  const dateOf = (day: number) => addDays(past.running.start, day)
  const seen = index === 0 ? past.ovulation : undefined
  const ovulation = seen ?? quantile(ovulationBefore(start, luteal), 0.5)
  return {
    from: dateOf(start.first),
    probabilities: Array.from(start.values),
    p10: dateOf(quantile(start, 0.1)),
    p50: dateOf(quantile(start, 0.5)),
    p90: dateOf(quantile(start, 0.9)),
    meanDays: meanOf(start) - past.elapsed,
    ...(ovulation >= past.elapsed && { ovulation: dateOf(ovulation) }),
  }
}

function daysUntil(last: number, { past, model, next, luteal, ahead }: Outlook): DayForecast[] {
  const { start, bleedingDays } = past.running
  const surroundings = {
    // One start more, whose ovulation may come before the last day.
    starts: startsFrom(next.ofBody, model.rhythms, ahead + 1),
    luteal,
    ovulation: past.ovulation,
    bleeding: bleedingByDay(past.counted),
    bled: bleedingDays,
  }
  const span = { first: past.elapsed, count: last - past.elapsed + 1 }
  return chancesOf(surroundings, span).map((chances, i) => ({
    date: addDays(start, past.elapsed + i),
    ...chances,
  }))
}

function overdueOf({ past, model, running, next }: Outlook): Overdue {
  const atFirst = nextStart(model.rhythms, { ...running, elapsed: 0 })
  const [expected] = startsFrom(atFirst.logged, model.rhythms, 1)
  return {
    days: Math.max(0, past.elapsed - quantile(expected!, 0.5)),
    unlogged: next.unlogged,
    asks: next.unlogged > 0.5,
  }
}
