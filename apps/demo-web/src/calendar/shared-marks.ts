/** Marks of what somebody else expects, on the days of a calendar. Pure. */
import type { ExpectedPeriod } from '@selene/client-sdk'
import { addDays, type CivilDate } from '@selene/client-sdk/calendar'
import type { ExpectedDay } from './forecast-marks.ts'

/** What another device says may be anything: a longer time says nothing. */
const mostDays = 62

export function sharedMarks(
  periods: readonly ExpectedPeriod[],
): ReadonlyMap<CivilDate, ExpectedDay> {
  const marks = new Map<CivilDate, ExpectedDay>()
  for (const { from, expected, to, ovulation } of periods) {
    for (let date = from, n = 0; date <= to && n < mostDays; date = addDays(date, 1), n += 1)
      marks.set(date, { bleeding: date === expected ? 3 : 1 })
    if (ovulation) marks.set(ovulation, { ...marks.get(ovulation), fertile: 2 })
  }
  return marks
}
