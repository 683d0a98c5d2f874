/** A day and what was logged on it: what every evaluation of the calendar begins with. */
import type { CivilDate } from './civil-date.ts'
import type { DayValues } from './field.ts'

export interface LoggedDay {
  readonly date: CivilDate
  readonly values: DayValues
}
