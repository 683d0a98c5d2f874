/**
 * What the sympto-thermal rules found in a cycle, as a closed union: each finding names its rule by
 * `code` and carries the readings and dates it rests on. An app turns them into sentences.
 */
import type { CivilDate } from '../civil-date.ts'

interface OnDay {
  readonly date: CivilDate
  /** Day of the cycle, from 1. */
  readonly cycleDay: number
}

export interface Reading extends OnDay {
  /** Hundredths of °C, to the nearest 0.05 °C. */
  readonly hundredths: number
}

export interface Observation extends OnDay {
  /** Mucus: 0 t, 1 Ø, 2 f, 3 S, 4 S+. Cervix: 0 closed and hard, 1 anything else. */
  readonly quality: number
}

/** The sign besides temperature that the double check rests on. */
export type SecondarySign = 'mucus' | 'cervix'

/** A rise above the cover line, the highest of the six readings before it. */
interface Rise {
  /** Hundredths of °C. */
  readonly coverLine: number
  /** The six readings before the rise. */
  readonly base: readonly Reading[]
  /** From the first higher measurement on, day after day. */
  readonly high: readonly Reading[]
}

/** What the temperatures of a cycle show. */
export type TemperatureFinding =
  /** Three or four high readings complete the shift on the day of the last; rules 1 and 2 are its exceptions. */
  | (Rise & { readonly code: 'temperature/shift'; readonly rule: 0 | 1 | 2 })
  /** It rises, and the days end before it is decided. */
  | (Rise & { readonly code: 'temperature/rising' })
  /** Readings are missing, so that a rise, or whether there was any, cannot be judged. */
  | { readonly code: 'temperature/too-few-readings'; readonly readings: readonly Reading[] }
  | (Rise & { readonly code: 'temperature/base-too-spread' })
  | (Rise & { readonly code: 'temperature/day-missing'; readonly missing: CivilDate })
  /** There were readings to judge, and no rise in them meets a rule. */
  | { readonly code: 'temperature/no-shift' }

interface Peak {
  readonly sign: SecondarySign
  /** The last day of the best quality so far. */
  readonly peak: Observation
  /** The days of lower quality right after it: three when it is complete. */
  readonly lower: readonly Observation[]
  /** Earlier peaks that were complete until the quality came back. */
  readonly moved: readonly Observation[]
}

/** What mucus or cervix of a cycle show. */
export type SignFinding =
  | (Peak & { readonly code: 'sign/peak' })
  /** The days end before three of lower quality have followed. */
  | (Peak & { readonly code: 'sign/open' })
  /** A day among the three was not observed, so the peak is not known. */
  | (Peak & { readonly code: 'sign/day-missing'; readonly missing: CivilDate })
  /** Never fertile in as many observations, which may be none. */
  | { readonly code: 'sign/no-peak'; readonly sign: SecondarySign; readonly observed: number }

/** Why the cycle begins with so many infertile days, or with none. */
export type BeforeReason =
  /** The cycle before had no complete shift, or there was none: nothing shows that this bleeding was a period. */
  | { readonly code: 'before/no-shift-last-cycle' }
  | { readonly code: 'before/first-five-days'; readonly days: 5 }
  /** The earliest first higher measurement of the last cycles, as a day of its cycle, less 8; 0 is no day at all. */
  | {
      readonly code: 'before/minus-eight'
      readonly days: number
      readonly earliest: number
      readonly cycles: number
    }
  /** A fertile sign, or a rise in temperature, ended it sooner: the day on which it was there. */
  | {
      readonly code: 'before/fertile-sign'
      readonly sign: SecondarySign
      readonly observation: Observation
    }
  | { readonly code: 'before/temperature-rise'; readonly reading: Reading }

/** The double check: both signs are complete, the later one decides. */
export interface DoubleCheck {
  readonly code: 'after/double-check'
  readonly date: CivilDate
  /** Local wall-clock time of that day from which on the days are infertile. */
  readonly time: '18:00'
  readonly laterSign: 'temperature' | SecondarySign | 'both'
}

/** Every reason that a result of this method may carry. */
export type FertilityReason =
  | TemperatureFinding
  | SignFinding
  | BeforeReason
  | DoubleCheck
  /** No temperature, mucus or cervix was logged that the rules could judge. */
  | { readonly code: 'nothing-observed' }
