/** Reminders: when they come, and how they are made, in English. */
import type { Reminders } from '@selene/client-sdk'
import type {
  PillPack,
  ReminderKind,
  ReminderReason,
  RepeatUnit,
} from '@selene/client-sdk/calendar'

export const reminders = {
  title: 'Reminders',
  /** What a reminder says, whatever it is about; others may see it. */
  notice: 'A note for you',
  open: 'See your reminders',
  reachTitle: 'When they come',
  reach: {
    always: 'Reminders come even while the app is closed.',
    'while-open':
      'On the web, reminders come only while this page is open in a tab. While it is closed, none comes.',
    none: 'This browser shows no reminders. They are listed here, and no more.',
  } satisfies Record<Reminders['reach'], string>,
  neutral: (notice: string) =>
    `A reminder says “${notice}” and no more: whoever sees your screen does not learn what it is about.`,
  permission: {
    default: 'They show on this page. Your system can show them too, above other windows.',
    granted: 'Your system shows them too, where this browser can.',
    denied:
      'They show on this page only: this browser does not let it send system notices. You can allow them in the browser’s settings for this site.',
    unsupported: 'They show on this page only: this browser has no system notices for it.',
  },
  allow: 'Allow system notices',
  cameTitle: 'Has come',
  putAway: 'Put away',
  nextTitle: 'Coming up',
  nextNone: 'Nothing is coming up.',
  moment: (day: string, time: string) => `${day}, ${time}`,
  movedQuiet: 'Waits for the end of the quiet hours.',
  movedClock: 'Later than usual: the clocks change.',
  because: {
    'period-expected': 'Period expected soon',
    'period-overdue': 'Period later than expected',
    'fertile-window-begins': 'Fertile days begin',
    'pill-day': 'Pill',
    'ring-in': 'Put the ring in',
    'ring-out': 'Take the ring out',
    'patch-on': 'Put a patch on',
    'patch-change': 'Change the patch',
    'patch-off': 'Take the patch off',
    waking: 'Measure temperature',
    'check-up-due': 'Check-up',
    own: 'Your own reminder',
  } satisfies Record<ReminderReason['code'], string>,
  expected: (date: string) => `Expected around ${date}`,
  expectedBy: (date: string) => `Expected by ${date}`,
  packDay: (n: number) => `Day ${n} of the pack`,
  rulesTitle: 'Your reminders',
  none: 'You have none yet.',
  add: 'Add a reminder',
  addTitle: 'A new reminder',
  changeTitle: 'Change the reminder',
  changeLabel: (what: string) => `Change: ${what}`,
  removeLabel: (what: string) => `Remove: ${what}`,
  removeTitle: (what: string) => `Remove “${what}”?`,
  removeText: 'It comes no more. To silence it for a while, switch it off instead.',
  kind: 'What it is about',
  kinds: {
    'period-due': 'Period coming',
    'period-late': 'Period late',
    'fertile-window': 'Fertile days',
    pill: 'Pill',
    ring: 'Ring',
    patch: 'Patch',
    temperature: 'Temperature',
    'check-up': 'Check-up',
    own: 'Something else',
  } satisfies Record<ReminderKind, string>,
  meanings: {
    'period-due': 'Before the most likely first day of your next period. It needs a forecast.',
    'period-late': 'Once, when your period has not come by the day it was expected.',
    'fertile-window': 'On the first fertile day, by an estimate. It is not contraception.',
    pill: 'On each day with a pill.',
    ring: 'In for three weeks, out for one.',
    patch: 'A new one each week for three weeks, one week without.',
    temperature: 'Every day, when you wake.',
    'check-up': 'At a doctor’s or by yourself, every few months.',
    own: 'Once, or again and again.',
  } satisfies Record<ReminderKind, string>,
  time: 'Time',
  timeFault: 'Choose a time.',
  dateFault: 'Choose a day.',
  wholeFault: (min: number, max: number) => `Enter a whole number from ${min} to ${max}.`,
  labelFault: (max: number) => `At most ${max} characters.`,
  daysBefore: 'Days before',
  pack: 'How they are packed',
  packs: {
    daily: 'Every day',
    '21-7': '21 of 28 days',
    '24-4': '24 of 28 days',
  } satisfies Record<PillPack, string>,
  from: {
    pill: 'First day of a pack',
    ring: 'Day on which the ring goes in',
    patch: 'Day of the first patch',
    'check-up': 'First time',
    own: 'First time',
  },
  onceOn: 'Day',
  everyMonths: 'Months from one to the next',
  repeat: 'How often',
  repeats: {
    once: 'Once',
    day: 'Daily',
    week: 'Weekly',
    month: 'Monthly',
  } satisfies Record<RepeatUnit | 'once', string>,
  every: {
    day: 'Days from one to the next',
    week: 'Weeks from one to the next',
    month: 'Months from one to the next',
  } satisfies Record<RepeatUnit, string>,
  label: 'What it is',
  labelHint: 'For your eyes: it is shown in this list only.',
  pastOdd: 'This time is over: nothing would come.',
  quietOdd: 'This time lies in your quiet hours: the reminder waits for their end.',
  quietExact: 'This time lies in your quiet hours: the reminder comes nonetheless.',
  summary: {
    daily: (time: string) => `Every day at ${time}`,
    at: (time: string) => `At ${time}`,
    'period-due': (days: number, time: string) =>
      days === 0
        ? `On the day it is expected, at ${time}`
        : days === 1
          ? `1 day before, at ${time}`
          : `${days} days before, at ${time}`,
    pack: (pack: string, time: string) => `${pack}, at ${time}`,
    once: (date: string, time: string) => `Once on ${date}, at ${time}`,
    every: {
      day: (n: number, time: string) =>
        n === 1 ? `Every day at ${time}` : `Every ${n} days, at ${time}`,
      week: (n: number, time: string) =>
        n === 1 ? `Every week, at ${time}` : `Every ${n} weeks, at ${time}`,
      month: (n: number, time: string) =>
        n === 1 ? `Every month, at ${time}` : `Every ${n} months, at ${time}`,
    } satisfies Record<RepeatUnit, (n: number, time: string) => string>,
  },
  silence: {
    forecast: 'It waits for a forecast.',
    past: 'Its time is over.',
    later: 'It comes in more than two months.',
  },
  quietTitle: 'Quiet hours',
  quietLead:
    'Reminders wait until they end. Only the pill and the temperature come at their time all the same.',
  quiet: 'Keep hours without reminders',
  quietFrom: 'From',
  quietTo: 'Until',
  quietFault: 'Choose two different times.',
}
