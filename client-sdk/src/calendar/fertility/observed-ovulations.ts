/** The ovulations of a history: what a prediction of the next one can learn from. */
import { daysBetween, type CivilDate } from '../civil-date.ts'
import type { Cycle } from '../cycle.ts'
import type { LoggedDay } from '../logged-day.ts'
import { daysByCycle, evaluateParts } from './evaluate-cycles.ts'
import { ovulation, type OvulationEstimate } from './ovulation.ts'

export interface ObservedOvulation extends OvulationEstimate {
  readonly cycleStart: CivilDate
  /** Day of the cycle, from 1. */
  readonly cycleDay: number
  /** Cycle length less {@link cycleDay}, days; only of a cycle that is over and counts. */
  readonly lutealLength?: number
}

/**
 * The estimates of all cycles in which a sign was complete, oldest first. An estimate on or after the
 * last day of a finished cycle is none: there was no time for anything to follow it.
 */
export function observedOvulations(
  cycles: readonly Cycle[],
  days: readonly LoggedDay[],
): ObservedOvulation[] {
  const parts = daysByCycle(cycles, days)
  return evaluateParts(parts).flatMap((evaluation, i) => {
    const { cycle, days } = parts[i]!
    const estimate = ovulation(evaluation, days)
    if (!estimate) return []
    const cycleDay = daysBetween(cycle.start, estimate.date) + 1
    const luteal = cycle.length === undefined ? undefined : cycle.length - cycleDay
    if (luteal !== undefined && luteal < 1) return []
    const counts = luteal !== undefined && !cycle.notCounted
    const observed = { ...estimate, cycleStart: cycle.start, cycleDay }
    return [counts ? { ...observed, lutealLength: luteal } : observed]
  })
}
