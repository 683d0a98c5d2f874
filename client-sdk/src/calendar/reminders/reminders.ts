/**
 * The next reminders: pure, from settings, forecasts, an instant and a time zone. A device that travels
 * or is told another zone asks again and gets the same wall times there.
 *
 * - A wall time that a clock change leaves out comes by as much later; one that comes twice, once.
 * - What falls into quiet hours waits for their end, but for exact kinds (`isExactReminder`).
 * - What is past is past: nothing is made up for.
 */
import { addDays, type CivilDate } from '../civil-date.ts'
import type { ClockTime } from '../clock-time.ts'
import { nextDue, type Due, type DueReason, type UpcomingPeriod } from './due.ts'
import { afterQuiet } from './quiet-hours.ts'
import { checkReminderSettings } from './reminder-check.ts'
import {
  isExactReminder,
  type ReminderKind,
  type ReminderRule,
  type ReminderSettings,
} from './rule.ts'
import { openZone, type Zone } from './zone.ts'

/** Why a reminder comes, the day it is meant for, and why it does not come at the time of its rule. */
export type ReminderReason = DueReason & {
  readonly date: CivilDate
  readonly moved?: 'quiet-hours' | 'clock-change'
}

export interface Reminder {
  /** Of its rule. */
  readonly id: string
  readonly kind: ReminderKind
  /** Milliseconds since 1970-01-01 UTC. */
  readonly at: number
  /** What calendar and clock will show in the zone. */
  readonly localDate: CivilDate
  readonly localTime: ClockTime
  readonly because: ReminderReason
}

export interface ReminderInput {
  readonly settings: ReminderSettings
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: number
  /** IANA name of the zone in which she is. */
  readonly zone: string
  /**
   * Periods to come, the one of the running cycle first. Its `p90` is that of the forecast made when
   * the cycle began: one made anew each day moves on with the days, and would never be over.
   */
  readonly upcoming?: readonly UpcomingPeriod[]
  /** Days of 24 hours to look ahead; 60 unless given, 800 at most. */
  readonly horizonDays?: number
  /** How many of each rule; 1 unless given, 64 at most. An app that is seldom opened schedules some ahead. */
  readonly perRule?: number
}

const dayMs = 86_400_000
const defaults = { upcoming: [], horizonDays: 60, perRule: 1 }
const mostDays = 800
const mostPerRule = 64

/**
 * A day due earlier may come now: quiet hours move an evening to the next morning, and where the date
 * line was crossed a whole day was left out.
 */
const lookBehindDays = 2

/**
 * The next reminders from `now` on, that instant included, within the horizon; by time, then by the
 * order of the rules. Throws TypeError on settings at fault, an unknown zone or numbers out of range.
 */
export function reminders(input: ReminderInput): Reminder[] {
  const { settings, now, upcoming, horizonDays, perRule } = { ...defaults, ...input }
  const { faults } = checkReminderSettings(settings)
  if (faults.length > 0) throw new TypeError(`reminder settings: ${faults.join('; ')}`)
  if (!Number.isSafeInteger(now)) throw new TypeError('now: whole milliseconds are needed')
  requireWhole('horizonDays', horizonDays, mostDays)
  requireWhole('perRule', perRule, mostPerRule)
  const zone = openZone(input.zone)
  const search = { settings, now, zone, upcoming, until: now + horizonDays * dayMs, perRule }
  return settings.rules
    .filter(({ on }) => on)
    .flatMap((rule) => remindersOf(rule, search))
    .toSorted((a, b) => a.at - b.at)
}

function requireWhole(name: string, value: number, most: number): void {
  if (!Number.isInteger(value) || value < 1 || value > most)
    throw new TypeError(`${name}: a whole number from 1 to ${most} is needed`)
}

interface Search {
  readonly settings: ReminderSettings
  readonly now: number
  readonly zone: Zone
  readonly upcoming: readonly UpcomingPeriod[]
  readonly until: number
  readonly perRule: number
}

function remindersOf(rule: ReminderRule, search: Search): Reminder[] {
  const { now, zone, upcoming, until, perRule } = search
  const lastDate = addDays(zone.wallTime(until).date, 1)
  const found: Reminder[] = []
  let from = addDays(zone.wallTime(now).date, -lookBehindDays)
  while (found.length < perRule) {
    const due = nextDue(rule, from, upcoming)
    if (!due || due.date > lastDate) break
    const reminder = reminderOf(rule, due, search)
    // A day that a zone left out falls on the next: the same instant is not said twice.
    const isNew = reminder.at >= now && reminder.at !== found.at(-1)?.at
    if (isNew && reminder.at <= until) found.push(reminder)
    from = addDays(due.date, 1)
  }
  return found
}

function reminderOf(
  { id, kind, time }: ReminderRule,
  { date, reason }: Due,
  { settings, zone }: Search,
): Reminder {
  const planned = zone.instant({ date, time })
  const quiet = isExactReminder(kind) ? undefined : settings.quietHours
  const at = quiet ? afterQuiet(planned, quiet, zone) : planned
  const shown = zone.wallTime(at)
  const isElsewhere = shown.date !== date || shown.time !== time
  const moved = at !== planned ? 'quiet-hours' : isElsewhere && 'clock-change'
  return {
    id,
    kind,
    at,
    localDate: shown.date,
    localTime: shown.time,
    because: { ...reason, date, ...(moved && { moved }) },
  }
}
