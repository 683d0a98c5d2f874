/**
 * The peak of mucus or cervix: the last day of the best quality so far that three days of lower quality
 * follow, one after the other (Sensiplan). A day without observation among the three leaves it open.
 */
import { addDays } from '../civil-date.ts'
import type { Observation, SecondarySign, SignFinding } from './reason.ts'

/** Lowest quality that can be a peak: mucus f, a cervix that is not closed and hard. */
const lowestPeak = { mucus: 2, cervix: 1 } as const satisfies Record<SecondarySign, number>

/** Whether a day of this sign is fertile. */
export const isFertile = (sign: SecondarySign, { quality }: Observation): boolean =>
  quality >= lowestPeak[sign]

/** Days of lower quality that complete a peak. */
const daysAfterPeak = 3

export interface PeakRules {
  readonly sign: SecondarySign
  /** Days of the cycle so far. */
  readonly cycleDays: number
  /** Day of the cycle on which the temperature shift was complete; until then the peak may move. */
  readonly shiftDay: number | undefined
}

/** Finds the peak in observations in order. */
export function findPeak(
  observations: readonly Observation[],
  { sign, cycleDays, shiftDay = Infinity }: PeakRules,
): SignFinding {
  let peak: Observation | undefined
  let lower: Observation[] = []
  const moved: Observation[] = []
  for (const observation of observations) {
    const isComplete = lower.length === daysAfterPeak
    if (isComplete && observation.cycleDay > shiftDay) break
    if (isFertile(sign, observation) && observation.quality >= (peak?.quality ?? 0)) {
      if (peak && isComplete) moved.push(peak)
      peak = observation
      lower = []
    } else if (peak && !isComplete && observation.cycleDay === peak.cycleDay + lower.length + 1)
      lower.push(observation)
  }
  if (!peak) return { code: 'sign/no-peak', sign, observed: observations.length }
  const found = { sign, peak, lower, moved }
  if (lower.length === daysAfterPeak) return { code: 'sign/peak', ...found }
  const next = lower.length + 1
  // The last day counts as not over: its observation may still come.
  return peak.cycleDay + next >= cycleDays
    ? { code: 'sign/open', ...found }
    : { code: 'sign/day-missing', ...found, missing: addDays(peak.date, next) }
}
