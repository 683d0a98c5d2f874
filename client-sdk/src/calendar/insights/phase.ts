/**
 * The phases of a cycle that is over, day by day. Around ovulation where it was observed; else it is
 * reckoned back from the cycle's end, since the time after ovulation varies least.
 */

/** In the order in which they come; a day that could be two is the one that comes first in the rules below. */
export const cyclePhases = [
  'menstrual',
  'follicular',
  'ovulatory',
  'luteal',
  'premenstrual',
] as const
export type CyclePhase = (typeof cyclePhases)[number]

/** Days before and after ovulation that are counted with it: it is known to a day, seldom better. */
const ovulatoryMargin = 1
/** The days in which premenstrual complaints are looked for: the last five (ACOG). */
const premenstrualDays = 5

export interface PhaseRules {
  /** Length of the cycle and of its bleeding, days. */
  readonly length: number
  readonly bleedingDays: number
  /** Day of ovulation, from 1. */
  readonly ovulationDay: number
}

/** The phase of each day of a cycle, the first day first. */
export const phasesOfCycle = ({ length, ...rules }: PhaseRules): CyclePhase[] =>
  Array.from({ length }, (_, i) => phaseOf(i + 1, { length, ...rules }))

function phaseOf(day: number, { length, bleedingDays, ovulationDay }: PhaseRules): CyclePhase {
  if (day <= bleedingDays) return 'menstrual'
  if (Math.abs(day - ovulationDay) <= ovulatoryMargin) return 'ovulatory'
  if (day > length - premenstrualDays) return 'premenstrual'
  return day < ovulationDay ? 'follicular' : 'luteal'
}
