/**
 * Wall clocks of a time zone, by the platform's own tables (`Intl`). An instant is whole milliseconds
 * since 1970-01-01 UTC. A wall time that a clock change leaves out is moved forward by what the clock
 * skipped, be it an hour, half an hour or a day; one that comes twice is taken the first time. These
 * are the rules of RFC 5545 §3.3.5 for local times.
 */
import { civilDate, type CivilDate } from '../civil-date.ts'
import type { ClockTime } from '../clock-time.ts'

/** A date and a time on the wall. */
export interface WallTime {
  readonly date: CivilDate
  readonly time: ClockTime
}

export interface Zone {
  /** What calendar and clock show at an instant, seconds left off. */
  readonly wallTime: (instant: number) => WallTime
  /** When they show it. */
  readonly instant: (wall: WallTime) => number
}

const dayMs = 86_400_000

/** Opens a zone by its IANA name, such as `Europe/Berlin`; throws TypeError when there is none. */
export function openZone(name: string): Zone {
  const format = formatOf(name)
  const shown = (instant: number): { wall: WallTime; seconds: string } => {
    const part: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {}
    for (const { type, value } of format.formatToParts(instant)) part[type] = value
    const { year = '', month, day, hour, minute, second = '' } = part
    const date = civilDate(`${year.padStart(4, '0')}-${month}-${day}`)
    if (!date) throw new TypeError('the instant lies outside the years 0001 to 9999')
    return { wall: { date, time: `${hour}:${minute}` }, seconds: second }
  }
  /** Milliseconds that the wall clock is ahead of UTC. */
  const offset = (instant: number): number => {
    const { wall, seconds } = shown(instant)
    return asUtc(wall) + Number(seconds) * 1000 - Math.floor(instant / 1000) * 1000
  }
  return {
    wallTime: (instant) => shown(instant).wall,
    instant: (wall) => {
      const utc = asUtc(wall)
      // No zone is a day ahead of or behind UTC, nor changes its clock twice in two days.
      const offsets = [offset(utc - dayMs), offset(utc + dayMs)]
      const first = utc - Math.max(...offsets)
      // A time left out has neither offset; the smaller is then the one before the change.
      return utc - offset(first) === first ? first : utc - Math.min(...offsets)
    },
  }
}

function formatOf(name: string): Intl.DateTimeFormat {
  const two = '2-digit'
  try {
    return new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: two,
      day: two,
      hour: two,
      minute: two,
      second: two,
    })
  } catch (cause) {
    throw new TypeError('no such time zone', { cause })
  }
}

const asUtc = ({ date, time }: WallTime): number => Date.parse(`${date}T${time}:00Z`)
