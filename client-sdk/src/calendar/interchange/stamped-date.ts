/** Days that other programs write as points of time. */
import { civilDate, type CivilDate } from '../civil-date.ts'
import { member } from './json-value.ts'

/**
 * The day of a member that is a date, alone or with a time of day (`2022-12-13 00:00:00.0`): its first
 * ten characters. Programs that log by days stamp them with a midnight, of whatever zone.
 */
export function stampedDate(entry: unknown, name: string): CivilDate | undefined {
  const written = member(entry, name)
  const [, day] = (typeof written === 'string' && /^(.{10})(?:[T ].*)?$/s.exec(written)) || []
  return day === undefined ? undefined : civilDate(day)
}
