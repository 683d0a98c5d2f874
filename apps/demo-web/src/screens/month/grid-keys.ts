/** Where a key leads from a day of the grid. Pure. */
import { addDays, dayOfMonth, type CivilDate } from '@selene/client-sdk/calendar'
import { firstDayOf, lastDayOf, shiftMonth, weekdayOf } from '../../calendar/month-grid.ts'

/** The same day of another month, or its last one where that month is shorter. */
function inMonth(date: CivilDate, by: number): CivilDate {
  const month = shiftMonth(date.slice(0, 7), by)
  const last = dayOfMonth(lastDayOf(month))
  return addDays(firstDayOf(month), Math.min(dayOfMonth(date), last) - 1)
}

export function dateAfterKey(
  key: string,
  date: CivilDate,
  firstWeekday: number,
): CivilDate | undefined {
  const column = (weekdayOf(date) - firstWeekday + 7) % 7
  switch (key) {
    case 'ArrowLeft':
      return addDays(date, -1)
    case 'ArrowRight':
      return addDays(date, 1)
    case 'ArrowUp':
      return addDays(date, -7)
    case 'ArrowDown':
      return addDays(date, 7)
    case 'Home':
      return addDays(date, -column)
    case 'End':
      return addDays(date, 6 - column)
    case 'PageUp':
      return inMonth(date, -1)
    case 'PageDown':
      return inMonth(date, 1)
    default:
      return undefined
  }
}
