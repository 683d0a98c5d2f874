import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  civilDate,
  compare,
  dayOfMonth,
  daysBetween,
  isCivilDate,
  monthOf,
  type CivilDate,
} from './civil-date.ts'

const dayMs = 86_400_000
const first = civilDate('0001-01-01')!
const last = civilDate('9999-12-31')!
const span = daysBetween(first, last)

/** An independent calendar: the platform's, in UTC. */
function platformDate(days: number): string {
  const date = new Date(0)
  date.setUTCFullYear(1, 0, 1)
  date.setTime(date.getTime() + days * dayMs)
  return date.toISOString().slice(0, 10)
}

const offset = fc.integer({ min: 0, max: span })
const date = offset.map((days) => addDays(first, days))

describe('which texts are dates', () => {
  test.each(['2026-03-10', '0001-01-01', '9999-12-31', '2024-02-29', '2000-02-29', '0004-02-29'])(
    '%s is',
    (text) => {
      expect(civilDate(text)).toBe(text)
      expect(isCivilDate(text)).toBe(true)
    },
  )

  test.each([
    ['', '2026-3-10', '2026-03-10T00:00', ' 2026-03-10', '2026-03-10\n', '+002026-03-10'],
    ['0000-01-01', '2026-00-10', '2026-13-01', '2026-01-00', '2026-01-32', '2026-04-31'],
    ['2026-02-29', '1900-02-29', '2100-02-29', '20260310', '2026/03/10', '２０２６-03-10'],
  ])('%s and the like are not', (...texts) => {
    expect(texts.map(civilDate)).toEqual(texts.map(() => undefined))
    expect(texts.some(isCivilDate)).toBe(false)
  })

  test('a value that is no text is not a date', () => {
    expect([20_260_310, null, undefined, new Date(0), ['2026-03-10']].some(isCivilDate)).toBe(false)
  })

  test('every day of every month of common, leap and century years is, and no other', () => {
    for (const year of ['1900', '2000', '2023', '2024']) {
      const found = Array.from({ length: 14 * 33 }, (_, i) => {
        const [month, day] = [Math.floor(i / 33), i % 33].map((n) => String(n).padStart(2, '0'))
        return `${year}-${month}-${day}`
      }).filter(isCivilDate)
      const isLeap = year === '2000' || year === '2024'
      expect(found).toHaveLength(isLeap ? 366 : 365)
      expect(found).toContain(isLeap ? `${year}-02-29` : `${year}-02-28`)
    }
  })
})

describe('arithmetic', () => {
  test('the calendar has as many days as 9999 Gregorian years', () => {
    expect(span).toBe(3_652_058)
  })

  test('agrees with the platform calendar in UTC on every day from 0001 to 9999', () => {
    fc.assert(
      fc.property(offset, (days) => {
        expect(addDays(first, days)).toBe(platformDate(days))
      }),
      { numRuns: 2000 },
    )
  })

  test('agrees with the platform calendar around every year end', () => {
    const wrong: string[] = []
    for (let year = 2; year <= 9999; year++) {
      const text = `${String(year).padStart(4, '0')}-01-01`
      const before = addDays(civilDate(text)!, -1)
      const days = daysBetween(first, civilDate(text)!)
      if (platformDate(days) !== text || platformDate(days - 1) !== before) wrong.push(text)
    }
    expect(wrong).toEqual([])
  })

  test('addDays and daysBetween undo each other', () => {
    fc.assert(
      fc.property(date, date, (a, b) => {
        expect(addDays(a, daysBetween(a, b))).toBe(b)
        // Subtracting from zero keeps a plain 0, which -0 is not.
        expect(daysBetween(b, a)).toBe(0 - daysBetween(a, b))
      }),
    )
  })

  test('the day after a month’s last day is the first of the next month', () => {
    fc.assert(
      fc.property(date, (day) => {
        fc.pre(day !== last)
        const next = addDays(day, 1)
        expect(dayOfMonth(next) === 1).toBe(monthOf(next) !== monthOf(day))
        if (dayOfMonth(next) !== 1) expect(dayOfMonth(next)).toBe(dayOfMonth(day) + 1)
      }),
    )
  })

  test.each([
    ['2024-02-28', 1, '2024-02-29'],
    ['2023-02-28', 1, '2023-03-01'],
    ['2026-03-29', 1, '2026-03-30'],
    ['2025-12-31', 1, '2026-01-01'],
    ['2026-03-10', 28, '2026-04-07'],
    ['2024-03-01', -1, '2024-02-29'],
  ] as const)('%s and %i days is %s', (from, days, to) => {
    expect(addDays(civilDate(from)!, days)).toBe(to)
  })

  test('a day outside the years 0001 to 9999, or no whole day, is misuse', () => {
    expect(() => addDays(last, 1)).toThrow(TypeError)
    expect(() => addDays(first, -1)).toThrow(TypeError)
    expect(() => addDays(first, 0.5)).toThrow(TypeError)
    expect(() => addDays(first, Number.NaN)).toThrow(TypeError)
    expect(() => addDays('2026-02-30' as CivilDate, 0)).toThrow(TypeError)
  })
})

test('compare orders dates as time does', () => {
  fc.assert(
    fc.property(date, date, (a, b) => {
      expect(Math.sign(compare(a, b))).toBe(Math.sign(daysBetween(b, a)))
    }),
  )
})
