/** A year at a glance: what was logged, and what is expected of the days that have not come. Pure. */
import type { CivilDate, LoggedDay } from '@selene/client-sdk/calendar'
import type { YearData, YearDay } from '@selene/client-sdk/charts'
import type { ExpectedDay } from '../calendar/forecast-marks.ts'

/** In a drawing this small a day is expected or not: from "likely" on. */
const leastGrade = 2

/** Days of other years are left out. */
export function yearData(
  year: number,
  days: readonly LoggedDay[],
  expected: ReadonlyMap<CivilDate, ExpectedDay>,
): YearData {
  const all = new Map<CivilDate, YearDay>()
  const isInYear = (date: CivilDate): boolean => Number(date.slice(0, 4)) === year
  for (const [date, { bleeding = 0, fertile = 0 }] of expected)
    if (isInYear(date) && Math.max(bleeding, fertile) >= leastGrade)
      all.set(date, {
        date,
        ...(bleeding >= leastGrade && { isBleedingPredicted: true }),
        ...(fertile >= leastGrade && { fertile: 'predicted' }),
      })
  for (const { date, values } of days) {
    const bleeding = values['bleeding.value']
    if (isInYear(date) && bleeding !== undefined) {
      const { fertile } = all.get(date) ?? {}
      all.set(date, { date, bleeding, ...(fertile && { fertile }) })
    }
  }
  return { year, days: [...all.values()] }
}
