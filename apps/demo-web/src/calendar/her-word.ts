/**
 * Her word on periods that may not have been logged. "Nothing was missed" is written where it belongs,
 * into the diary: a day without bleeding on which, as she says, no cycle begins. Pure.
 */
import {
  addDays,
  isBleeding,
  type Cycle,
  type CivilDate,
  type LoggedDay,
} from '@selene/client-sdk/calendar'
import { lastDayOf } from './cycle-of.ts'

/** So many days after her word she is asked again. */
const heldDays = 30

/** The day on which her word is written: the last of the cycle that is over, and of the running one yesterday. */
export const dayOfWord = (cycle: Cycle, today: CivilDate): CivilDate =>
  cycle.length === undefined ? addDays(today, -1) : lastDayOf(cycle, today)

/** A refused proposal says the same of a day with bleeding, and nothing of the others. */
const isWord = ({ values }: LoggedDay): boolean =>
  values['cycle.start'] === false && !isBleeding(values)

/**
 * Whether her word that nothing is missing still stands for the cycle that runs; `days` may hold those of
 * others. Of one that is over the cycle itself says so.
 */
export function isVouchedFor(
  { start }: Cycle,
  days: readonly LoggedDay[],
  today: CivilDate,
): boolean {
  const from = addDays(today, -heldDays)
  return days.some(
    (day) => isWord(day) && day.date >= start && day.date >= from && day.date <= today,
  )
}
