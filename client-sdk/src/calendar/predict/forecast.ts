/** What is asked of a prediction, and what it answers. An estimate, never a contraceptive. */
import type { CivilDate } from '../civil-date.ts'
import type { Cycle } from '../cycle.ts'
import type { Episode } from '../episode.ts'
import type { Person } from './personal-priors.ts'
import type { LengthPriors } from './priors.ts'

/** An ovulation that was seen, by temperature, mucus or test. */
export interface ObservedOvulation {
  readonly cycleStart: CivilDate
  readonly date: CivilDate
}

export interface PredictionInput {
  /** In any order; those that begin after today are left out. */
  readonly cycles: readonly Cycle[]
  readonly today: CivilDate
  readonly episodes?: readonly Episode[]
  readonly ovulations?: readonly ObservedOvulation[]
  readonly person?: Person
  /** How many starts to forecast, 1 to 26; 6 unless given. Fourteen reach over a year. */
  readonly cyclesAhead?: number
  /** Instead of those that follow from what she says of herself. */
  readonly priors?: LengthPriors
}

/** When a cycle will begin. */
export interface StartForecast {
  /** Probability of each day from `from` on; they sum to 1. */
  readonly from: CivilDate
  readonly probabilities: readonly number[]
  /** The first day by which the cycle has begun with a probability of 10, 50 and 90 %. */
  readonly p10: CivilDate
  readonly p50: CivilDate
  readonly p90: CivilDate
  /** Mean number of days from today. */
  readonly meanDays: number
  /** The likeliest day of ovulation before this start; absent when it lies before today. */
  readonly ovulation?: CivilDate
}

/** One day, from today on. */
export interface DayForecast {
  readonly date: CivilDate
  /** Probability of bleeding. */
  readonly bleeding: number
  /** Probability of lying within the five days before ovulation or on its day. */
  readonly fertile: number
}

/** A cycle that is over, and whether it may be several. */
export interface SkippedLog {
  readonly start: CivilDate
  /** Probability that at least one start in it was not logged; 0 where she says that none is missing. */
  readonly probability: number
}

/**
 * With a higher {@link SkippedLog.probability} a period is taken to be missing: the length says nothing, and she is asked.
 */
export const likelyMissed = 0.5

export interface Overdue {
  /** Days since the day by which the next start was half expected; 0 until then. */
  readonly days: number
  /** Probability that the next start to be logged is not the next: one in between is or will be missing. */
  readonly unlogged: number
  /** It is likelier than not: stop moving the date, and ask whether a period was not logged. */
  readonly asks: boolean
}

/** A forecast, or why there is none. */
export type Forecast =
  | { readonly kind: 'none'; readonly reason: 'no-cycle' | 'interrupted' }
  | {
      readonly kind: 'paused'
      readonly episode: Episode
      /** In a pregnancy: the day of birth by Naegele's rule, which is an estimate and to be called so. */
      readonly estimatedDueDate?: CivilDate
    }
  | CycleForecast

export interface CycleForecast {
  readonly kind: 'forecast'
  /** Start of the running cycle, and the day of it that today is, from 1. */
  readonly cycleStart: CivilDate
  readonly cycleDay: number
  /** The next start that will be logged. */
  readonly next: StartForecast
  /** The starts after it. */
  readonly later: readonly StartForecast[]
  /** From today to the likeliest day of the last start. */
  readonly days: readonly DayForecast[]
  readonly overdue: Overdue
  /** For each cycle that is over and counts, in order. */
  readonly skipped: readonly SkippedLog[]
}
