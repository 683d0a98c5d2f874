/** Days, times and ages in words. */
import type { CivilDate } from '@selene/client-sdk/calendar'

/** A civil date for people; it belongs to no time zone, so it is read in UTC. */
export const dateText = (
  date: CivilDate,
  locale: string,
  options: Intl.DateTimeFormatOptions,
): string =>
  new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(
    Date.parse(`${date}T00:00:00Z`),
  )

/** A moment as she would say it: the time alone when it is today. */
export function momentText(at: number, locale: string, now: number): string {
  const sameDay = new Date(at).toDateString() === new Date(now).toDateString()
  return new Intl.DateTimeFormat(locale, {
    ...(!sameDay && { dateStyle: 'medium' }),
    timeStyle: 'short',
  }).format(at)
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** How long ago, in the largest whole unit; `now` for less than a minute, and for the future. */
export function ageText(
  at: number,
  clock: { locale: string; now: number; justNow: string },
): string {
  const age = clock.now - at
  const unit = units.find(([, length]) => age >= length)
  if (!unit) return clock.justNow
  const [name, length] = unit
  return new Intl.RelativeTimeFormat(clock.locale).format(-Math.floor(age / length), name)
}

/** A wall-clock time `HH:MM` as she reads it; it belongs to no time zone, so it is read in UTC. */
export const clockText = (time: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'UTC' }).format(
    Date.parse(`1970-01-01T${time}:00Z`),
  )
