/**
 * Civil dates: year, month and day of the proleptic Gregorian calendar, years 0001 to 9999. A day is
 * a whole number counted from 0001-01-01, so no time zone, clock change or local midnight plays a part.
 */

declare const brand: unique symbol

/** A date that exists, in its one form `YYYY-MM-DD` (RFC 3339 `full-date`). */
export type CivilDate = string & { readonly [brand]: 'civil-date' }

const daysBeforeMonth = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365]

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

/** Days from 0001-01-01 to the first day of a year. */
const daysBeforeYear = (year: number): number => {
  const past = year - 1
  return past * 365 + Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400)
}

/** Days of a year before one of its months, 1 to 13; the thirteenth month begins the next year. */
const daysBefore = (year: number, month: number): number =>
  daysBeforeMonth[month - 1]! + (month > 2 && isLeap(year) ? 1 : 0)

const lastDay = daysBeforeYear(10_000) - 1

/** The number that a part of the text spells in digits alone, else NaN; ten years are split often. */
function digits(text: string, from: number, to: number): number {
  let number = 0
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 48
    if (!(digit >= 0 && digit <= 9)) return Number.NaN
    number = number * 10 + digit
  }
  return number
}

function parts(text: string): { year: number; month: number; day: number } | undefined {
  if (text.length !== 10 || text[4] !== '-' || text[7] !== '-') return undefined
  const [year, month, day] = [digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10)]
  if (Number.isNaN(year + month + day)) return undefined
  if (year < 1 || month < 1 || month > 12 || day < 1) return undefined
  return day <= daysBefore(year, month + 1) - daysBefore(year, month)
    ? { year, month, day }
    : undefined
}

/** Returns the text as a date, or `undefined` when there is no such day. */
export const civilDate = (text: string): CivilDate | undefined =>
  parts(text) ? (text as CivilDate) : undefined

/** Whether a value is a date that exists, in its one form. */
export const isCivilDate = (value: unknown): value is CivilDate =>
  typeof value === 'string' && parts(value) !== undefined

function dayNumber(date: CivilDate): number {
  const read = parts(date)
  if (!read) throw new TypeError('not a civil date')
  return daysBeforeYear(read.year) + daysBefore(read.year, read.month) + read.day - 1
}

function fromDayNumber(number: number): CivilDate {
  if (!Number.isSafeInteger(number) || number < 0 || number > lastDay)
    throw new TypeError('the day lies outside the years 0001 to 9999')
  let year = Math.floor(number / 365.2425) + 1
  if (daysBeforeYear(year) > number) year -= 1
  else if (daysBeforeYear(year + 1) <= number) year += 1
  const dayOfYear = number - daysBeforeYear(year)
  let month = 1
  while (daysBefore(year, month + 1) <= dayOfYear) month += 1
  const day = dayOfYear - daysBefore(year, month) + 1
  return [pad(year, 4), pad(month, 2), pad(day, 2)].join('-') as CivilDate
}

const pad = (value: number, width: number): string => String(value).padStart(width, '0')

/** The date `days` later, or earlier when negative; throws TypeError outside the years 0001 to 9999. */
export const addDays = (date: CivilDate, days: number): CivilDate =>
  fromDayNumber(dayNumber(date) + days)

/** Whole days from one date to another; negative when `to` is earlier. */
export const daysBetween = (from: CivilDate, to: CivilDate): number =>
  dayNumber(to) - dayNumber(from)

/** The month of a date as `YYYY-MM`. */
export const monthOf = (date: CivilDate): string => date.slice(0, 7)

/** Day of the month, from 1. */
export const dayOfMonth = (date: CivilDate): number => Number(date.slice(8))

/** Order of two dates for `sort`: negative, zero or positive. */
export const compare = (a: CivilDate, b: CivilDate): number => (a < b ? -1 : a > b ? 1 : 0)
