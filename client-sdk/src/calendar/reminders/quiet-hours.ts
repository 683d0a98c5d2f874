/** Quiet hours: whether a time on the wall lies in them, and when they end. */
import { addDays } from '../civil-date.ts'
import type { ClockTime } from '../clock-time.ts'
import type { QuietHours } from './rule.ts'
import type { WallTime, Zone } from './zone.ts'

/** Whether a time lies in the quiet hours; their last minute is the one before `to`. */
export const isQuiet = (time: ClockTime, { from, to }: QuietHours): boolean =>
  from < to ? from <= time && time < to : from <= time || time < to

/** The first instant from a given one on that is not quiet. */
export function afterQuiet(instant: number, quiet: QuietHours, zone: Zone): number {
  const shown = zone.wallTime(instant)
  // A clock change may leave the end out and move it into the next quiet hours: hence again.
  return isQuiet(shown.time, quiet)
    ? afterQuiet(zone.instant(endOf(shown, quiet)), quiet, zone)
    : instant
}

const endOf = ({ date, time }: WallTime, { to }: QuietHours): WallTime => ({
  date: time < to ? date : addDays(date, 1),
  time: to,
})
