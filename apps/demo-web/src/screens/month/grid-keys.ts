/** Where a key leads from a day of the grid. Pure. */
import { addDays, type CivilDate } from '@selene/client-sdk/calendar'
import { shiftDate, weekdayOf } from '../../calendar/month-grid.ts'

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
      return shiftDate(date, -1)
    case 'PageDown':
      return shiftDate(date, 1)
    default:
      return undefined
  }
}
