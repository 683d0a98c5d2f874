/** What observed ovulations tell about a person: her luteal length, and her usual day of ovulation. */

/** The part of an observed ovulation that is learnt from; one without a luteal length is passed over. */
export interface LutealObservation {
  /** Day of the cycle on which ovulation was, from 1. */
  readonly cycleDay: number
  /** Cycle length less that day, days. */
  readonly lutealLength?: number
}

/** Luteal lengths outside of these, days, are taken for errors of observation. */
const plausible = { min: 7, max: 18 }
/** What is expected of a person of whom nothing is known, days, and the variances, days². */
const expected = { mean: 13.3, variance: 2, ofOne: 4 }
/** Ovulations before their mean says something. */
const needed = 3

const isPlausible = ({ lutealLength: length }: LutealObservation): boolean =>
  length !== undefined && plausible.min <= length && length <= plausible.max

/**
 * A person's luteal length, days: (13.3/2 + Σ l/4) / (1/2 + n/4) over her observed lengths of 7 to 18
 * days, the mean of a normal posterior. Without any it is 13.3.
 */
export function lutealLength(observed: readonly LutealObservation[]): number {
  const lengths = observed.filter(isPlausible).map(({ lutealLength: length }) => length!)
  const sum = lengths.reduce((a, b) => a + b, 0)
  return (
    (expected.mean / expected.variance + sum / expected.ofOne) /
    (1 / expected.variance + lengths.length / expected.ofOne)
  )
}

/** Mean cycle day of the ovulations whose luteal length is plausible; `undefined` of fewer than three. */
export function meanOvulationDay(observed: readonly LutealObservation[]): number | undefined {
  const days = observed.filter(isPlausible).map(({ cycleDay }) => cycleDay)
  return days.length < needed ? undefined : days.reduce((a, b) => a + b, 0) / days.length
}
