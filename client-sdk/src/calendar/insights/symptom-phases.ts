/** Symptoms by phase of the cycle: the table that a heat map draws. Counts only, no judgement. */
import { addDays, type CivilDate } from '../civil-date.ts'
import { cycleDays, type CycleDays, type SymptomDays } from './cycle-days.ts'
import type { InsightInput } from './insight.ts'
import { cyclePhases, type CyclePhase } from './phase.ts'
import { reviewOf } from './review.ts'
import type { Symptom } from './symptom.ts'

/** One symptom in one phase, over all cycles of the table. */
export interface PhaseCount {
  readonly phase: CyclePhase
  /** Days with the symptom. */
  readonly days: number
  /** Days of the phase on which anything was logged; on others it is not known. */
  readonly logged: number
  /** Cycles in which the symptom came in this phase. */
  readonly cycles: number
  /** `days / logged`, 0 when nothing was logged. */
  readonly share: number
}

export interface SymptomRow {
  readonly symptom: Symptom
  readonly days: number
  /** Cycles in which it came at all. */
  readonly cycles: number
  /** In the order of `cyclePhases`, each once. */
  readonly phases: readonly PhaseCount[]
}

export interface SymptomPhases {
  /** First and last day of the cycles; absent without any. */
  readonly period?: { readonly from: CivilDate; readonly to: CivilDate }
  /** Cycles that are over and count, 24 at most. */
  readonly cycles: number
  /** Of these, those whose ovulation was observed; the others' phases are reckoned from their end. */
  readonly observedOvulations: number
  /** The most frequent symptom first. */
  readonly rows: readonly SymptomRow[]
}

/** Counts each symptom in each phase of the cycles that are over and count. */
export function symptomPhases(input: InsightInput): SymptomPhases {
  const all = cycleDays(reviewOf(input), input.ovulations ?? [])
  const { cycles, symptoms } = all
  const period = periodOf(cycles)
  return {
    ...(period && { period }),
    cycles: cycles.length,
    observedOvulations: observedOvulations(cycles),
    rows: [...symptoms]
      .map(([key, symptom]) => ({ key, row: rowOf(all, { key, symptom }) }))
      .toSorted((a, b) => b.row.days - a.row.days || (a.key < b.key ? -1 : 1))
      .map(({ row }) => row),
  }
}

/** Cycles whose ovulation was observed. */
export const observedOvulations = (cycles: readonly CycleDays[]): number =>
  cycles.filter(({ isOvulationObserved }) => isOvulationObserved).length

/** First and last day of cycles that follow each other; absent for none. */
export function periodOf(
  cycles: readonly CycleDays[],
): { from: CivilDate; to: CivilDate } | undefined {
  const [first, last] = [cycles[0], cycles.at(-1)]
  return first && last && { from: first.start, to: addDays(last.start, last.phases.length - 1) }
}

function rowOf(all: SymptomDays, { key, symptom }: { key: string; symptom: Symptom }): SymptomRow {
  const phases = phaseCounts(all, key)
  return {
    symptom,
    days: phases.reduce((sum, { days }) => sum + days, 0),
    cycles: all.cycles.filter(({ marks }) => marks.has(key)).length,
    phases,
  }
}

/** Counts a symptom in every phase, in the order of `cyclePhases`. */
export function phaseCounts({ cycles, logged }: SymptomDays, key: string): PhaseCount[] {
  return cyclePhases.map((phase) => {
    const hits = cycles.map(
      ({ marks, phases }) => marks.get(key)?.filter((day) => phases[day] === phase).length ?? 0,
    )
    const days = hits.reduce((sum, count) => sum + count, 0)
    return {
      phase,
      days,
      logged: logged[phase],
      cycles: hits.filter((count) => count > 0).length,
      share: days === 0 ? 0 : days / logged[phase],
    }
  })
}
