/** The days of a month as rows of weeks. Pure. */
import {
  addDays,
  civilDate,
  dayOfMonth,
  daysBetween,
  monthOf,
  type CivilDate,
} from '@selene/client-sdk/calendar'

/** 2001-01-01 was a Monday. */
const someMonday = civilDate('2001-01-01')!

/** Monday 1 to Sunday 7. */
export const weekdayOf = (date: CivilDate): number =>
  (((daysBetween(someMonday, date) % 7) + 7) % 7) + 1

/** First day of a month `YYYY-MM`. */
export const firstDayOf = (month: string): CivilDate => {
  const first = civilDate(`${month}-01`)
  if (!first) throw new TypeError('a month is written YYYY-MM')
  return first
}

/** The month `by` months later, or earlier when negative. */
export function shiftMonth(month: string, by: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const count = year * 12 + (number - 1) + by
  return `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}`
}

export const lastDayOf = (month: string): CivilDate => addDays(firstDayOf(shiftMonth(month, 1)), -1)

/** The same day `by` months later, or the last one where that month is shorter. */
export function shiftDate(date: CivilDate, by: number): CivilDate {
  const month = shiftMonth(monthOf(date), by)
  const last = dayOfMonth(lastDayOf(month))
  return addDays(firstDayOf(month), Math.min(dayOfMonth(date), last) - 1)
}

/** Weeks of seven places; a place outside the month is empty. */
export function weeksOf(month: string, firstWeekday: number): (CivilDate | undefined)[][] {
  const first = firstDayOf(month)
  const lead = (weekdayOf(first) - firstWeekday + 7) % 7
  const start = addDays(first, -lead)
  const count = Math.ceil((lead + daysBetween(first, lastDayOf(month)) + 1) / 7)
  return Array.from({ length: count }, (_, week) =>
    Array.from({ length: 7 }, (_, day) => {
      const date = addDays(start, week * 7 + day)
      return monthOf(date) === month ? date : undefined
    }),
  )
}

/** First day of the week where the locale is spoken, Monday 1 to Sunday 7; Monday when unknown. */
export function firstWeekdayOf(locale: string): number {
  const known: { getWeekInfo?: () => { firstDay: number } } & Intl.Locale = new Intl.Locale(locale)
  return known.getWeekInfo?.().firstDay ?? 1
}
