/** What has been, as of today, read out of what a prediction is given. */
import { compare, daysBetween, type CivilDate } from '../civil-date.ts'
import type { Cycle } from '../cycle.ts'
import type { LutealObservation } from '../fertility/luteal.ts'
import type { ObservedOvulation, PredictionInput } from './forecast.ts'

/** A cycle that is over and counts. */
export interface CountedCycle extends Cycle {
  readonly length: number
}

export interface Past {
  /** In order, without the running one. */
  readonly counted: readonly CountedCycle[]
  readonly running: Cycle
  /** Days from the start of the running cycle to today. */
  readonly elapsed: number
  /** Ovulations seen in the cycles that count. */
  readonly observations: readonly LutealObservation[]
  /** Days from the start of the running cycle to an ovulation seen in it. */
  readonly ovulation: number | undefined
}

/** Sorts what is given, and leaves out what lies after today; `undefined` when no cycle has begun. */
export function pastOf({ cycles, today, ovulations = [] }: PredictionInput): Past | undefined {
  const begun = cycles
    .filter(({ start }) => start <= today)
    .toSorted((a, b) => compare(a.start, b.start))
  const running = begun.pop()
  if (!running) return undefined
  const counted = begun.flatMap((cycle) =>
    cycle.length === undefined || cycle.notCounted ? [] : [{ ...cycle, length: cycle.length }],
  )
  const seenIn = (start: CivilDate): number | undefined => dayOfOvulation(ovulations, start, today)
  return {
    counted,
    running,
    elapsed: daysBetween(running.start, today),
    observations: counted.flatMap(({ start, length }) => {
      const day = seenIn(start)
      return day !== undefined && day + 1 < length
        ? [{ cycleDay: day + 1, lutealLength: length - day - 1 }]
        : []
    }),
    ovulation: seenIn(running.start),
  }
}

/** Days from a start to the latest ovulation seen in its cycle. */
function dayOfOvulation(
  ovulations: readonly ObservedOvulation[],
  start: CivilDate,
  today: CivilDate,
): number | undefined {
  const days = ovulations
    .filter(({ cycleStart, date }) => cycleStart === start && start <= date && date <= today)
    .map(({ date }) => daysBetween(start, date))
  return days.length > 0 ? Math.max(...days) : undefined
}
