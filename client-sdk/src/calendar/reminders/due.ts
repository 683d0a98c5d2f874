/** On which days a rule is due, by the calendar alone: clocks, zones and quiet hours come after. */
import { addDays, daysBetween, type CivilDate } from '../civil-date.ts'
import { addMonths, monthsBetween } from './add-months.ts'
import type { ReminderKind, ReminderRule, RepeatUnit } from './rule.ts'

/** What a forecast says of a period to come. */
export interface UpcomingPeriod {
  /** The most likely first day. */
  readonly p50: CivilDate
  /** The day up to which it begins with 90 % probability, as forecast when the cycle began. */
  readonly p90: CivilDate
  /** First fertile day before it, if one is forecast. */
  readonly fertileFrom?: CivilDate
}

/** Why a reminder comes; days and weeks are counted from 1. */
export type DueReason =
  | { readonly code: 'period-expected'; readonly expected: CivilDate }
  | { readonly code: 'period-overdue'; readonly expectedBy: CivilDate }
  | { readonly code: 'fertile-window-begins' }
  | { readonly code: 'pill-day'; readonly packDay?: number }
  | { readonly code: 'ring-in' | 'ring-out' }
  | { readonly code: 'patch-on' | 'patch-change' | 'patch-off' }
  | { readonly code: 'waking' }
  | { readonly code: 'check-up-due' }
  | { readonly code: 'own' }

export interface Due {
  readonly date: CivilDate
  readonly reason: DueReason
}

type RuleOf<K extends ReminderKind> = Extract<ReminderRule, { kind: K }>

/** Pills, rings and patches all go by packs of four weeks. */
const packDays = 28
const activeDays = { daily: packDays, '21-7': 21, '24-4': 24 } as const
const week = 7

/** The first day from `from` on, that day included, on which a rule is due. */
export function nextDue(
  rule: ReminderRule,
  from: CivilDate,
  upcoming: readonly UpcomingPeriod[],
): Due | undefined {
  switch (rule.kind) {
    case 'period-due':
      return nextPeriod(rule, from, upcoming)
    case 'period-late':
      return overdue(from, upcoming[0])
    case 'fertile-window':
      return nextFertile(from, upcoming)
    case 'pill':
      return nextPill(rule, from)
    case 'ring':
      return nextStep(rule.from, from, ringSteps)
    case 'patch':
      return nextStep(rule.from, from, patchSteps)
    case 'temperature':
      return { date: from, reason: { code: 'waking' } }
    case 'check-up': {
      const every = { every: rule.everyMonths, unit: 'month' as const }
      return { date: nextRepeat(rule.from, from, every), reason: { code: 'check-up-due' } }
    }
    case 'own':
      return nextOwn(rule, from)
  }
}

function nextPeriod(
  { daysBefore }: RuleOf<'period-due'>,
  from: CivilDate,
  upcoming: readonly UpcomingPeriod[],
): Due | undefined {
  const next = upcoming.find(({ p50 }) => addDays(p50, -daysBefore) >= from)
  if (!next) return undefined
  const reason = { code: 'period-expected', expected: next.p50 } as const
  return { date: addDays(next.p50, -daysBefore), reason }
}

/** Only the first period can be overdue: those after it wait for it. */
function overdue(from: CivilDate, first: UpcomingPeriod | undefined): Due | undefined {
  const date = first && addDays(first.p90, 1)
  return date && date >= from
    ? { date, reason: { code: 'period-overdue', expectedBy: first.p90 } }
    : undefined
}

function nextFertile(from: CivilDate, upcoming: readonly UpcomingPeriod[]): Due | undefined {
  const date = upcoming.map(({ fertileFrom }) => fertileFrom).find((day) => day && day >= from)
  return date && { date, reason: { code: 'fertile-window-begins' } }
}

function nextPill({ pack, from: start }: RuleOf<'pill'>, from: CivilDate): Due {
  const date = later(start, from)
  const day = daysBetween(start, date) % packDays
  if (pack === 'daily') return { date, reason: { code: 'pill-day' } }
  return day < activeDays[pack]
    ? { date, reason: { code: 'pill-day', packDay: day + 1 } }
    : { date: addDays(date, packDays - day), reason: { code: 'pill-day', packDay: 1 } }
}

interface Step {
  /** Day of the four weeks, from 0. */
  readonly day: number
  readonly code: 'ring-in' | 'ring-out' | 'patch-on' | 'patch-change' | 'patch-off'
}

const ringSteps: readonly Step[] = [
  { day: 0, code: 'ring-in' },
  { day: 3 * week, code: 'ring-out' },
  { day: packDays, code: 'ring-in' },
]
const patchSteps: readonly Step[] = [
  { day: 0, code: 'patch-on' },
  { day: week, code: 'patch-change' },
  { day: 2 * week, code: 'patch-change' },
  { day: 3 * week, code: 'patch-off' },
  { day: packDays, code: 'patch-on' },
]

function nextStep(start: CivilDate, from: CivilDate, steps: readonly Step[]): Due {
  const date = later(start, from)
  const today = daysBetween(start, date) % packDays
  // The last step is the first of the next four weeks, so one is always ahead.
  const { day, code } = steps.find((step) => step.day >= today)!
  return { date: addDays(date, day - today), reason: { code } }
}

function nextOwn({ from: start, repeat }: RuleOf<'own'>, from: CivilDate): Due | undefined {
  const date = repeat ? nextRepeat(start, from, repeat) : start
  return date >= from ? { date, reason: { code: 'own' } } : undefined
}

/** Counted from the start each time, so that the 31st comes back after a shorter month. */
function nextRepeat(
  start: CivilDate,
  from: CivilDate,
  { every, unit }: { readonly every: number; readonly unit: RepeatUnit },
): CivilDate {
  if (from <= start) return start
  if (unit === 'month') {
    const times = Math.floor(monthsBetween(start, from) / every)
    const date = addMonths(start, times * every)
    return date >= from ? date : addMonths(start, (times + 1) * every)
  }
  const step = unit === 'week' ? every * week : every
  return addDays(start, Math.ceil(daysBetween(start, from) / step) * step)
}

const later = (a: CivilDate, b: CivilDate): CivilDate => (a > b ? a : b)
