import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, civilDate, dayOfMonth, monthOf } from '../civil-date.ts'
import { addMonths, monthsBetween } from './add-months.ts'

const on = (text: string) => civilDate(text)!
const anyDate = fc.integer({ min: -40_000, max: 40_000 }).map((n) => addDays(on('2000-01-01'), n))
const months = fc.integer({ min: -600, max: 600 })

describe('months later', () => {
  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2000-01-31', 1, '2000-02-29'],
    ['2100-01-31', 1, '2100-02-28'],
    ['2026-01-31', 2, '2026-03-31'],
    ['2026-01-31', 3, '2026-04-30'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', 48, '2028-02-29'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-01-15', -13, '2024-12-15'],
    ['2026-06-05', 0, '2026-06-05'],
  ])('%s and %i: %s', (date, count, expected) => {
    expect(addMonths(on(date), count)).toBe(expected)
  })

  test('lie in that month, on that day or its last', () => {
    fc.assert(
      fc.property(anyDate, months, (date, count) => {
        const later = addMonths(date, count)
        expect(monthsBetween(date, later)).toBe(count)
        const isLast = monthOf(addDays(later, 1)) !== monthOf(later)
        expect(dayOfMonth(later) === dayOfMonth(date) || isLast).toBe(true)
        expect(dayOfMonth(later)).toBeLessThanOrEqual(dayOfMonth(date))
      }),
    )
  })

  test('outside the years there are none', () => {
    expect(() => addMonths(on('9999-12-01'), 1)).toThrow(TypeError)
    expect(() => addMonths(on('0001-01-01'), -1)).toThrow(TypeError)
  })
})
