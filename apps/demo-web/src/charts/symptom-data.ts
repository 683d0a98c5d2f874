/** The table of symptoms by phase, with names in her language. Pure. */
import {
  cyclePhases,
  type CyclePhase,
  type Symptom,
  type SymptomPhases,
} from '@selene/client-sdk/calendar'
import type { SymptomPhaseData } from '@selene/client-sdk/charts'
import type { Strings } from '../strings/en.ts'

/** Rows that are still taken in at a glance. */
export const mostRows = 8

/** The name of a symptom; her own words are their own name. */
export const symptomName = (symptom: Symptom, { flags }: Pick<Strings, 'flags'>): string =>
  symptom.field === 'symptom.tags' ? symptom.word : flags[symptom.field]

interface Names {
  readonly phases: Readonly<Record<CyclePhase, string>>
  symptom(symptom: Symptom): string
}

/** The most frequent symptoms. */
export function symptomData({ rows }: SymptomPhases, names: Names): SymptomPhaseData {
  const [first] = rows
  return {
    phases: cyclePhases.map((phase, i) => ({
      name: names.phases[phase],
      days: first?.phases[i]?.logged ?? 0,
    })),
    symptoms: rows.slice(0, mostRows).map(({ symptom, phases }) => ({
      name: names.symptom(symptom),
      counts: phases.map(({ days }) => days),
    })),
  }
}
