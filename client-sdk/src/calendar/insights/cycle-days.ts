/**
 * Cycles laid out day by day: phase, whether anything was logged, and which symptoms were there. Both
 * the table of symptoms by phase and the search for patterns read from here.
 */
import { addDays, daysBetween, type CivilDate } from '../civil-date.ts'
import { medianOf } from '../statistics.ts'
import type { SeenOvulation } from './insight.ts'
import { phasesOfCycle, type CyclePhase } from './phase.ts'
import type { CountedCycle, Review } from './review.ts'
import { symptomKey, symptomsOf, type Symptom } from './symptom.ts'

/** Some two years: what was so long ago need not be so today. */
const latestCycles = 24
/** Luteal length where none was observed, days: mean of the published 13.3, rounded. */
const usualLuteal = 13
/** From so many observed on, their median takes its place. */
const fewestLuteal = 3

export interface CycleDays {
  readonly start: CivilDate
  readonly phases: readonly CyclePhase[]
  readonly logged: readonly boolean[]
  /** Indices of the days with a symptom, by {@link symptomKey}. */
  readonly marks: ReadonlyMap<string, readonly number[]>
  readonly isOvulationObserved: boolean
}

export interface SymptomDays {
  readonly cycles: readonly CycleDays[]
  readonly symptoms: ReadonlyMap<string, Symptom>
  /** Logged days in each phase, over all cycles. */
  readonly logged: Readonly<Record<CyclePhase, number>>
}

/** Day of ovulation from 1, if it lies within the cycle. */
function observedDay(cycle: CountedCycle, seen: SeenOvulation | undefined): number | undefined {
  const day = seen && daysBetween(cycle.start, seen.date) + 1
  return day !== undefined && day >= 1 && day < cycle.length ? day : undefined
}

/** Luteal length, days: as given, or the days after the day of ovulation. */
export function lutealLengthOf(
  cycle: CountedCycle,
  seen: SeenOvulation | undefined,
): number | undefined {
  const day = observedDay(cycle, seen)
  return day === undefined ? undefined : (seen?.lutealLength ?? cycle.length - day)
}

/** Lays out the latest cycles that are over and count. */
export function cycleDays(
  { counted, values }: Pick<Review, 'counted' | 'values'>,
  ovulations: readonly SeenOvulation[],
): SymptomDays {
  const latest = counted.slice(-latestCycles)
  const byStart = new Map(ovulations.map((seen) => [seen.cycleStart, seen]))
  const observed = latest.flatMap((one) => lutealLengthOf(one, byStart.get(one.start)) ?? [])
  const luteal = observed.length >= fewestLuteal ? Math.round(medianOf(observed)) : usualLuteal
  const symptoms = new Map<string, Symptom>()
  const cycles = latest.map((cycle): CycleDays => {
    const day = observedDay(cycle, byStart.get(cycle.start))
    const ovulationDay = day ?? Math.max(1, cycle.length - luteal)
    const dates = Array.from({ length: cycle.length }, (_, i) => addDays(cycle.start, i))
    const marks = new Map<string, number[]>()
    for (const [i, date] of dates.entries())
      for (const symptom of symptomsOf(values.get(date) ?? {})) {
        const key = symptomKey(symptom)
        symptoms.set(key, symptom)
        if (!marks.get(key)?.push(i)) marks.set(key, [i])
      }
    return {
      start: cycle.start,
      phases: phasesOfCycle({ ...cycle, ovulationDay }),
      logged: dates.map((date) => values.has(date)),
      marks,
      isOvulationObserved: day !== undefined,
    }
  })
  return { cycles, symptoms, logged: loggedByPhase(cycles) }
}

function loggedByPhase(cycles: readonly CycleDays[]): Record<CyclePhase, number> {
  const counts = { menstrual: 0, follicular: 0, ovulatory: 0, luteal: 0, premenstrual: 0 }
  for (const { phases, logged } of cycles)
    for (const [i, phase] of phases.entries()) if (logged[i]) counts[phase] += 1
  return counts
}
