/** Months on the calendar. */
import { civilDate, dayOfMonth, type CivilDate } from '../civil-date.ts'

/**
 * The same day of the month some months later, or the last of that month when it has no such day: a
 * month after 31 January is 28 or 29 February. Throws TypeError outside the years 0001 to 9999.
 */
export function addMonths(date: CivilDate, months: number): CivilDate {
  const count = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months
  const year = String(Math.floor(count / 12)).padStart(4, '0')
  const month = String((count % 12) + 1).padStart(2, '0')
  for (const day of [dayOfMonth(date), 30, 29, 28]) {
    const found = civilDate(`${year}-${month}-${String(day).padStart(2, '0')}`)
    if (found) return found
  }
  throw new TypeError('the day lies outside the years 0001 to 9999')
}

/** Months from one date's month to another's; days of the month play no part. */
export const monthsBetween = (from: CivilDate, to: CivilDate): number =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 +
  Number(to.slice(5, 7)) -
  Number(from.slice(5, 7))
