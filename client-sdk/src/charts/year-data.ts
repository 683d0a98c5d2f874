/** What the year at a glance is drawn from, by month. */
import { addDays, civilDate, daysBetween, type CivilDate } from '../calendar/civil-date.ts'

export interface YearDay {
  readonly date: CivilDate
  /** 0 spotting, 1 light, 2 medium, 3 heavy. */
  readonly bleeding?: number
  /** Bleeding is expected on this day. */
  readonly isBleedingPredicted?: boolean
  readonly fertile?: 'observed' | 'predicted'
}

export interface YearData {
  /** 1 to 9999. */
  readonly year: number
  /** In any order; days of other years are left out, and of two for a date the later counts. */
  readonly days: readonly YearDay[]
}

/** The same, checked and by month. */
export interface Month {
  readonly index: number
  readonly first: CivilDate
  readonly length: number
  readonly days: readonly (YearDay & { readonly day: number })[]
}

/** The months of a year and what is known of their days. */
export function monthsOf({ year, days }: YearData): Month[] {
  const name = String(year).padStart(4, '0')
  const known = new Map(days.map((day) => [day.date, day]))
  return Array.from({ length: 12 }, (_, index) => {
    const first = civilDate(`${name}-${String(index + 1).padStart(2, '0')}-01`)
    if (!first) throw new TypeError('a year is a whole number from 1 to 9999')
    const length =
      [31, 30, 29].find((most) => addDays(first, most - 1).slice(5, 7) === first.slice(5, 7)) ?? 28
    return {
      index,
      first,
      length,
      days: [...known.values()]
        .filter(({ date }) => date.slice(0, 7) === first.slice(0, 7))
        .map((day) => ({ ...day, day: daysBetween(first, day.date) + 1 }))
        .toSorted((a, b) => a.day - b.day),
    }
  })
}
