/** Dates as tables of other programs write them, in one of three orders. */
import { civilDate, type CivilDate } from '../civil-date.ts'

/** The orders of year, month and day that are read. */
export const dateOrders = ['year-month-day', 'day-month-year', 'month-day-year'] as const
export type DateOrder = (typeof dateOrders)[number]

/** Three numbers between `-`, `/` or `.`; a time of day behind them is not looked at. */
const parted = /^(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})(?:[T ,].*)?$/s
const compact = /^(\d{4})(\d{2})(\d{2})$/

/** Years of two digits as POSIX reads them (strptime `%y`): 69 to 99 are 1969 to 1999. */
function yearOf(digits: string): number | undefined {
  if (digits.length === 4) return Number(digits)
  if (digits.length !== 2) return undefined
  const short = Number(digits)
  return short >= 69 ? 1900 + short : 2000 + short
}

function dateOf(year: number | undefined, month: string, day: string): CivilDate | undefined {
  if (year === undefined || month.length > 2 || day.length > 2) return undefined
  const text = [String(year).padStart(4, '0'), month.padStart(2, '0'), day.padStart(2, '0')]
  return civilDate(text.join('-'))
}

/** Reads a date in an order, or returns `undefined` when there is no such day in it. */
export function readWrittenDate(text: string, order: DateOrder): CivilDate | undefined {
  const cell = text.trim()
  const [, first = '', , second = '', third = ''] = parted.exec(cell) ?? []
  if (order === 'day-month-year') return dateOf(yearOf(third), second, first)
  if (order === 'month-day-year') return dateOf(yearOf(third), first, second)
  const [, year = first, month = second, day = third] = compact.exec(cell) ?? []
  return year.length === 4 ? dateOf(Number(year), month, day) : undefined
}

/** The orders in which every cell that is not blank is a date; all of them when all are blank. */
export function fittingOrders(cells: readonly string[]): DateOrder[] {
  const filled = cells.filter((cell) => cell.trim() !== '')
  return dateOrders.filter((order) =>
    filled.every((cell) => readWrittenDate(cell, order) !== undefined),
  )
}
