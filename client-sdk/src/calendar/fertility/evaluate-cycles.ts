/** The sympto-thermal evaluation of a whole history, each cycle in the light of those before it. */
import { addDays, compare, type CivilDate } from '../civil-date.ts'
import type { Cycle } from '../cycle.ts'
import type { LoggedDay } from '../logged-day.ts'
import type { PastCycle } from './before-ovulation.ts'
import type { SecondarySign } from './reason.ts'
import { symptothermal, type SymptothermalEvaluation } from './symptothermal.ts'

export interface EvaluationOptions {
  /** Last day to be judged of the cycle that runs; the last logged day unless given. */
  readonly through?: CivilDate
  readonly secondarySign?: SecondarySign
}

export interface CycleDays {
  readonly cycle: Cycle
  readonly end: CivilDate
  /** The logged days of the cycle, in order. */
  readonly days: readonly LoggedDay[]
}

/** Parts days in any order among cycles in order; `through` ends the one that runs. */
export function daysByCycle(
  cycles: readonly Cycle[],
  days: readonly LoggedDay[],
  through?: CivilDate,
): CycleDays[] {
  const sorted = days.toSorted((a, b) => compare(a.date, b.date))
  const last = through ?? sorted.at(-1)?.date
  let at = 0
  return cycles.map((cycle) => {
    const { start, length } = cycle
    const open = last !== undefined && last > start ? last : start
    const end = length === undefined ? open : addDays(start, length - 1)
    while (at < sorted.length && sorted[at]!.date < start) at += 1
    const from = at
    while (at < sorted.length && sorted[at]!.date <= end) at += 1
    return { cycle, end, days: sorted.slice(from, at) }
  })
}

/**
 * Evaluates the cycles that `cyclesFromDays` found, oldest first. A cycle that does not count is
 * evaluated, but those after it take nothing from it: they find no shift in it.
 */
export function evaluateCycles(
  cycles: readonly Cycle[],
  days: readonly LoggedDay[],
  options: EvaluationOptions = {},
): SymptothermalEvaluation[] {
  return evaluateParts(daysByCycle(cycles, days, options.through), options.secondarySign)
}

/** The same for cycles whose days were parted already. */
export function evaluateParts(
  parts: readonly CycleDays[],
  secondarySign?: SecondarySign,
): SymptothermalEvaluation[] {
  const previous: PastCycle[] = []
  return parts.map(({ cycle, end, days }) => {
    const evaluation = symptothermal({
      start: cycle.start,
      end,
      days,
      previous,
      ...(secondarySign && { secondarySign }),
    })
    previous.push(cycle.notCounted ? {} : evaluation)
    return evaluation
  })
}
