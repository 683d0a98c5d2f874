/**
 * On which days a pregnancy may begin, once the day of ovulation is known: on it and on the five days
 * before it (Wilcox, Weinberg, Baird, N Engl J Med 1995;333:1517–21).
 */
import { addDays, type CivilDate } from '../civil-date.ts'

/** Days before ovulation on which a pregnancy may begin. */
export const fertileDaysBefore = 5

/** The first of the fertile days that end with an ovulation. */
export const firstFertileDay = (ovulation: CivilDate): CivilDate =>
  addDays(ovulation, -fertileDaysBefore)
