/** Reminders in words: what they are called, when they come, and why the next one does. Pure. */
import type { PlannedNotice } from '@selene/client-sdk'
import type {
  CivilDate,
  Reminder,
  ReminderKind,
  ReminderReason,
  ReminderRule,
} from '@selene/client-sdk/calendar'
import type { Strings } from '../../strings/en.ts'

/** Dates and times of her language. */
export interface Wording {
  readonly text: Strings
  dateOf(date: CivilDate): string
  clockOf(time: string): string
}

/** Her own word for it, else what it is about. */
export const nameOf = (rule: ReminderRule, { reminders }: Strings): string =>
  (rule.kind === 'own' ? rule.label : undefined) ?? reminders.kinds[rule.kind]

/** When a rule has a reminder come. */
export function summaryOf(rule: ReminderRule, { text, dateOf, clockOf }: Wording): string {
  const { summary, packs } = text.reminders
  const time = clockOf(rule.time)
  switch (rule.kind) {
    case 'period-due':
      return summary['period-due'](rule.daysBefore, time)
    case 'pill':
      return rule.pack === 'daily' ? summary.daily(time) : summary.pack(packs[rule.pack], time)
    case 'temperature':
      return summary.daily(time)
    case 'check-up':
      return summary.every.month(rule.everyMonths, time)
    case 'own':
      return rule.repeat
        ? summary.every[rule.repeat.unit](rule.repeat.every, time)
        : summary.once(dateOf(rule.from), time)
    case 'period-late':
    case 'fertile-window':
    case 'ring':
    case 'patch':
      return summary.at(time)
  }
}

/** What a reminder is about when it comes. */
export const reasonName = (
  { because, id }: Reminder,
  rules: readonly ReminderRule[],
  text: Strings,
): string => {
  const rule = rules.find((one) => one.id === id)
  return because.code === 'own' && rule ? nameOf(rule, text) : text.reminders.because[because.code]
}

function aboutReason(because: ReminderReason, { text, dateOf }: Wording): string | undefined {
  const { expected, expectedBy, packDay } = text.reminders
  if (because.code === 'period-expected') return expected(dateOf(because.expected))
  if (because.code === 'period-overdue') return expectedBy(dateOf(because.expectedBy))
  return because.code === 'pill-day' && because.packDay !== undefined
    ? packDay(because.packDay)
    : undefined
}

/** What else there is to know of a reminder: what it goes by, and why it comes at another time. */
export function detailsOf({ because }: Reminder, wording: Wording): string[] {
  const { movedQuiet, movedClock } = wording.text.reminders
  const moved = because.moved && (because.moved === 'quiet-hours' ? movedQuiet : movedClock)
  return [aboutReason(because, wording), moved].filter((line) => line !== undefined)
}

const forecastKinds: readonly ReminderKind[] = ['period-due', 'period-late', 'fertile-window']

/** Why a rule that is on has no time within the two months for which times are worked out. */
export function silenceOf(rule: ReminderRule, today: CivilDate): 'forecast' | 'past' | 'later' {
  if (forecastKinds.includes(rule.kind)) return 'forecast'
  const isOver = rule.kind === 'own' && rule.repeat === undefined && rule.from <= today
  return isOver ? 'past' : 'later'
}

/** The rule of a notice that has come. */
export const ruleOfNotice = (
  { about }: PlannedNotice,
  rules: readonly ReminderRule[],
): ReminderRule | undefined => rules.find((rule) => rule.id === about)
