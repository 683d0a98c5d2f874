/** What somebody else expects, as far ahead as it tells something, and its marks on a calendar. Pure. */
import type { ExpectedPeriod } from '@selene/client-sdk'
import { addDays, daysBetween, type CivilDate } from '@selene/client-sdk/calendar'
import type { ExpectedDay } from './forecast-marks.ts'

/** A time that is longer says hardly more than that a period comes some day. */
const mostDays = 21
const mostPeriods = 3

const isTelling = ({ from, to }: ExpectedPeriod): boolean => {
  const days = daysBetween(from, to)
  return days >= 0 && days <= mostDays
}

/** The next periods, until dates have spread out. */
export function tellingPeriods(periods: readonly ExpectedPeriod[]): readonly ExpectedPeriod[] {
  const vague = periods.findIndex((period) => !isTelling(period))
  return periods.slice(0, vague < 0 ? mostPeriods : Math.min(vague, mostPeriods))
}

export function sharedMarks(
  periods: readonly ExpectedPeriod[],
): ReadonlyMap<CivilDate, ExpectedDay> {
  const marks = new Map<CivilDate, ExpectedDay>()
  for (const { from, expected, to, ovulation } of tellingPeriods(periods)) {
    for (let date = from; date <= to; date = addDays(date, 1))
      marks.set(date, { ...marks.get(date), bleeding: date === expected ? 3 : 1 })
    if (ovulation) marks.set(ovulation, { ...marks.get(ovulation), fertile: 2 })
  }
  return marks
}
