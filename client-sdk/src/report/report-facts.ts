/** The numbers of the summary, worked out once for paper and for FHIR. */
import { daysBetween, type CivilDate } from '../calendar/civil-date.ts'
import { countedLengths, type Cycle } from '../calendar/cycle.ts'
import { statistics, type Statistics } from '../calendar/statistics.ts'
import { reportedCycles, reportedDays, type ReportInput } from './report-input.ts'
import { symptomFields } from './day-wording.ts'

export interface ReportFacts {
  /** First day of the latest period of the range. */
  readonly lastStart?: CivilDate
  /** Lengths of the cycles that count, days. */
  readonly lengths?: Statistics
  readonly notCounted: number
  /** Days of bleeding of complete cycles, from the first to the last bleeding day. */
  readonly durations?: Statistics
  /** Days of spotting, light, medium and heavy bleeding. */
  readonly daysByLevel: readonly [number, number, number, number]
  readonly interferingDays: number
  /** Days of bleeding or spotting that belong to no period. */
  readonly daysOutsidePeriods: number
  /** Days with each symptom, the most frequent first. */
  readonly symptoms: readonly { readonly name: string; readonly days: number }[]
  readonly temperatures?: Statistics
  readonly loggedDays: number
}

const isSaid = ({ notCounted }: Cycle): boolean =>
  notCounted !== 'marked' && notCounted !== 'episode'

/** Works out the numbers of a range. */
export function reportFacts(input: ReportInput): ReportFacts {
  const days = reportedDays(input)
  const cycles = reportedCycles(input)
  const complete = cycles.filter(({ length }) => length !== undefined)
  const lengths = statistics(countedLengths(cycles))
  const durations = statistics(complete.filter(isSaid).map(({ bleedingDays }) => bleedingDays))
  const temperatures = statistics(
    days.flatMap(({ values }) =>
      values['temperature.exclude'] === true ? [] : (values['temperature.value'] ?? []),
    ),
  )
  const lastStart = cycles.at(-1)?.start
  return {
    ...(lastStart && { lastStart }),
    ...(lengths && { lengths }),
    notCounted: complete.filter(({ notCounted }) => notCounted !== undefined).length,
    ...(durations && { durations }),
    daysByLevel: daysByLevel(days),
    interferingDays: days.filter(({ values }) => values['bleeding.interferes'] === true).length,
    daysOutsidePeriods: daysOutsidePeriods(days, input.cycles),
    symptoms: symptomDays(days, input),
    ...(temperatures && { temperatures }),
    loggedDays: days.length,
  }
}

type Days = ReturnType<typeof reportedDays>

const bleedingOf = ({ values }: Days[number]): number | undefined =>
  values['bleeding.exclude'] === true ? undefined : values['bleeding.value']

function daysByLevel(days: Days): [number, number, number, number] {
  const count = (level: number): number => days.filter((day) => bleedingOf(day) === level).length
  return [count(0), count(1), count(2), count(3)]
}

/** Spotting on the two days right before and after a period is part of it. */
function daysOutsidePeriods(days: Days, cycles: readonly Cycle[]): number {
  const isNearPeriod = (date: CivilDate): boolean =>
    cycles.some(({ start, bleedingDays }) => {
      const day = daysBetween(start, date)
      return day >= -2 && day <= bleedingDays + 1
    })
  return days.filter((day) => bleedingOf(day) !== undefined && !isNearPeriod(day.date)).length
}

/** Ticked symptoms, and her own words for others. */
function symptomDays(days: Days, { words }: ReportInput): { name: string; days: number }[] {
  const counts = new Map<string, number>()
  for (const { values } of days) {
    const names = [
      ...symptomFields(values, words).map((field) => words.symptoms[field]),
      ...(values['symptom.tags'] ?? []),
    ]
    for (const name of new Set(names)) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts]
    .map(([name, count]) => ({ name, days: count }))
    .toSorted((a, b) => b.days - a.days)
}
