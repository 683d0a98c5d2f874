/** The calendar, in English: a month of it, what is expected, and what she is asked about it. */
import type { EpisodeKind } from '@selene/client-sdk/calendar'

const days = (n: number): string => (n === 1 ? '1 day' : `${n} days`)

export const month = {
  previous: 'Previous month',
  next: 'Next month',
  thisMonth: 'This month',
  grid: 'Days of the month',
  todayMark: 'today',
  bleeding: (strength: string) => `bleeding: ${strength.toLowerCase()}`,
  logged: 'something else logged',
  empty: 'nothing logged',
  legend: 'What the marks mean',
  legendLogged: 'Something else',
  keys: 'Arrow keys move between days, Page Up and Page Down between months, Enter opens a day.',
}

export const forecast = {
  views: 'Views of your calendar',
  month: 'Month',
  cycle: 'Cycle',
  insights: 'Insights',
  title: 'What is expected',
  today: 'today',
  tomorrow: 'tomorrow',
  /** A day as an answer to "when". */
  onDay: (date: string) => date,
  /** A day as one end of a time. */
  theDay: (date: string) => date,
  between: (from: string, to: string) => `between ${from} and ${to}`,
  next: (when: string) => `Next period: most likely ${when}`,
  inMostCases: (between: string) => `In 8 of 10 cases it begins ${between}.`,
  overdue: (n: number) => `${days(n)} later than expected`,
  overdueNext: (when: string, between: string) =>
    `Most likely it begins ${when}; in 8 of 10 cases ${between}.`,
  unlogged:
    'By now it is likelier that a period was not logged. Until you say, no new date is given.',
  vouched: 'You said that no period was missed. A new date is given once your next period begins.',
  cycleDay: (n: number) => `Day ${n} of this cycle`,
  ofCycle: (n: number) => `Day ${n} of its cycle`,
  noCycle: 'No forecast yet',
  noCycleText:
    'Log a day with bleeding, and a first forecast is made. With each cycle it knows you better.',
  interrupted: 'No forecast for now',
  interruptedText: 'It begins again with your next period.',
  paused: 'The forecast is paused',
  pausedTexts: {
    pregnancy: 'No period is expected during the pregnancy that you declared.',
    breastfeeding:
      'While you breastfeed it cannot be said when periods come back. An ovulation can come before the first of them.',
    'hormonal-contraception':
      'With hormonal contraception, bleeding is brought by the hormones and not by a cycle.',
    perimenopause: 'No period is expected in the time that you declared.',
  } satisfies Record<EpisodeKind, string>,
  dueDate: (date: string) => `Estimated due date: ${date}.`,
  dueDateHint:
    'This is an estimate, counted from the first day of the last period. Whoever cares for you in the pregnancy can tell better.',
  change: 'Change your special times',
  bringDiary: 'Bring a diary from another app',
  marks: {
    bleeding: {
      1: 'period expected: possible',
      2: 'period expected: likely',
      3: 'period expected: very likely',
    },
    fertile: {
      1: 'fertile day, estimate: possible',
      2: 'fertile day, estimate: likely',
      3: 'fertile day, estimate: very likely',
    },
  },
  legendLogged: 'Logged',
  legendExpected: 'Expected',
  legendBleeding: 'Period: possible, likely, very likely',
  legendFertile: 'Fertile: possible, likely, very likely',
  legendHint:
    'Further ahead dates spread out, and marks end where one day is hardly likelier than another.',
  notContraception:
    'Fertile days are estimates and can be wrong by many days. This is not contraception.',
  askTitle: 'Did you forget to log a period?',
  askText: (date: string) => `The last one that is logged here began on ${date}.`,
  askPast: 'Is a period missing in this cycle?',
  askPastText: (length: number) => `It lasted ${days(length)}, which is long for you.`,
  askLogTitle: 'The period that was not logged',
  askDate: 'It began on',
  askStrength: 'How strong the bleeding was that day',
  askUnknown: 'I don’t know',
  askLog: 'Yes, log it',
  askDateFault: (from: string, to: string) => `Choose a day from ${from} to ${to}.`,
  askNothing: 'No, nothing was missed',
  askNothingHint: (date: string) =>
    `“No” is noted on ${date}: no cycle begins there. You are not asked again for a while.`,
  proposalTitle: (date: string) => `Bleeding began on ${date}. Is it a new period?`,
  proposalText: (n: number) =>
    `It came ${days(n)} after the last period began. You decide if it counts as the start of a cycle.`,
  proposalYes: 'Yes, a cycle begins',
  proposalNo: 'No, it does not',
  worthALook: 'Something may be worth a look',
}
