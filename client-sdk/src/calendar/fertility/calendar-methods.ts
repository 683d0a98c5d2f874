/**
 * Methods that know nothing but cycle lengths. They describe when fertile days are usual, for people
 * who meet their conditions; none is a contraceptive, and every result says so.
 */
import { addDays, type CivilDate } from '../civil-date.ts'
import { firstFertileDay } from './fertile-days.ts'

/** Fertile days of a cycle, counted from 1, or why the method has none to give. */
export type FertileDays =
  | {
      readonly notContraception: true
      readonly applies: true
      readonly first: number
      readonly last: number
    }
  | {
      readonly notContraception: true
      readonly applies: false
      /** What is missing: more cycles, or cycles within the bounds; the lengths that break them. */
      readonly because:
        | { readonly code: 'too-few-cycles'; readonly needed: number; readonly known: number }
        | { readonly code: 'lengths-outside'; readonly lengths: readonly number[] }
    }

export interface CalendarMethods {
  readonly notContraception: true
  readonly standardDays: FertileDays
  readonly rhythm: FertileDays
}

/** About a year of cycles. */
const recent = 12
const rhythmNeeds = 6

/**
 * Fertile days by cycle lengths, oldest first, days; the last 12 count.
 *
 * Standard Days (Arévalo 1999): days 8 to 19 when all cycles are of 26 to 32 days, which is stricter than
 * the WHO handbook with its "most". Calendar rhythm (WHO, Family Planning: a global handbook): shortest −
 * 18 to longest − 11 from 6 cycles on; the handbook looks at the last 6, and looking at more can only
 * widen it.
 */
export function calendarMethods(lengths: readonly number[]): CalendarMethods {
  const last = lengths.slice(-recent)
  return { notContraception: true, standardDays: standardDays(last), rhythm: rhythm(last) }
}

function standardDays(lengths: readonly number[]): FertileDays {
  if (lengths.length === 0) return tooFew(1, 0)
  const outside = lengths.filter((length) => length < 26 || length > 32)
  return outside.length === 0
    ? { notContraception: true, applies: true, first: 8, last: 19 }
    : {
        notContraception: true,
        applies: false,
        because: { code: 'lengths-outside', lengths: outside },
      }
}

function rhythm(lengths: readonly number[]): FertileDays {
  if (lengths.length < rhythmNeeds) return tooFew(rhythmNeeds, lengths.length)
  const first = Math.max(1, Math.min(...lengths) - 18)
  const last = Math.max(first, Math.max(...lengths) - 11)
  return { notContraception: true, applies: true, first, last }
}

const tooFew = (needed: number, known: number): FertileDays => ({
  notContraception: true,
  applies: false,
  because: { code: 'too-few-cycles', needed, known },
})

/** Fertile days of one cycle as dates: the day of ovulation and the five before it. */
export interface CalendarWindow {
  readonly notContraception: true
  readonly first: CivilDate
  readonly ovulation: CivilDate
  /** First day of the next cycle. */
  readonly next: CivilDate
}

/**
 * The window of a cycle of a given length, days: ovulation = start + length − luteal − 1, the luteal
 * length rounded to whole days. `undefined` when that leaves no day for ovulation.
 */
export function calendarWindow({
  start,
  length,
  luteal,
}: {
  readonly start: CivilDate
  readonly length: number
  readonly luteal: number
}): CalendarWindow | undefined {
  const offset = length - Math.round(luteal) - 1
  if (offset < 0) return undefined
  const ovulation = addDays(start, offset)
  return {
    notContraception: true,
    first: firstFertileDay(ovulation),
    ovulation,
    next: addDays(start, length),
  }
}
