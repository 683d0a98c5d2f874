/** What a report is made of. Everything comes in, the date on which it is made too. */
import { compare, type CivilDate } from '../calendar/civil-date.ts'
import type { Cycle } from '../calendar/cycle.ts'
import type { LoggedDay } from '../calendar/logged-day.ts'
import type { ReportWords } from './words.ts'

export interface DateRange {
  readonly from: CivilDate
  /** Last day. */
  readonly to: CivilDate
}

/** What every kind of report needs. */
export interface ReportInput {
  readonly words: ReportWords
  readonly range: DateRange
  /** The day on which the report is made. */
  readonly madeOn: CivilDate
  /** In any order; a date occurs once. Days outside the range are left out. */
  readonly days: readonly LoggedDay[]
  /** In order, as `cyclesFromDays` gives them. */
  readonly cycles: readonly Cycle[]
  /** Sentences of the app on what stands out, in the language of the report. */
  readonly insights?: readonly string[]
}

const isWithin = ({ from, to }: DateRange, date: CivilDate): boolean => from <= date && date <= to

/** The days of the range on which there is anything, in order. */
export const reportedDays = ({ days, range }: ReportInput): LoggedDay[] =>
  days
    .filter(({ date, values }) => isWithin(range, date) && Object.keys(values).length > 0)
    .toSorted((a, b) => compare(a.date, b.date))

/** The cycles that begin within the range. */
export const reportedCycles = ({ cycles, range }: ReportInput): Cycle[] =>
  cycles.filter(({ start }) => isWithin(range, start))
