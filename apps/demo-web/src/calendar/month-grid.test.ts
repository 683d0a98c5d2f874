import { civilDate } from '@selene/client-sdk/calendar'
import { describe, expect, test } from 'vitest'
import { dateAfterKey } from '../screens/month/grid-keys.ts'
import { shiftDate, shiftMonth, weekdayOf, weeksOf } from './month-grid.ts'

const date = (text: string) => civilDate(text)!

test('weekdays, before and after the day they are counted from', () => {
  expect(weekdayOf(date('2026-11-22'))).toBe(7)
  expect(weekdayOf(date('2000-02-29'))).toBe(2)
  expect(weekdayOf(date('1999-12-31'))).toBe(5)
})

test('months across years', () => {
  expect(shiftMonth('2026-12', 1)).toBe('2027-01')
  expect(shiftMonth('2026-01', -1)).toBe('2025-12')
  expect(shiftMonth('2026-05', -17)).toBe('2024-12')
})

test('the same day of another month, or its last', () => {
  expect(shiftDate(date('2024-03-31'), -1)).toBe('2024-02-29')
  expect(shiftDate(date('2026-11-28'), -12)).toBe('2025-11-28')
})

describe('the weeks of a month', () => {
  test('November 2026 begins on a Sunday: six weeks from Monday, five from Sunday', () => {
    const fromMonday = weeksOf('2026-11', 1)
    expect(fromMonday).toHaveLength(6)
    expect(fromMonday[0]?.[6]).toBe('2026-11-01')
    expect(fromMonday[5]?.[0]).toBe('2026-11-30')
    expect(weeksOf('2026-11', 7)).toHaveLength(5)
  })

  test('a February can fit four weeks exactly', () => {
    expect(weeksOf('2027-02', 1).flat().filter(Boolean)).toHaveLength(28)
    expect(weeksOf('2027-02', 1)).toHaveLength(4)
  })
})

describe('keys of the grid', () => {
  const from = date('2026-11-18')
  test.each([
    ['ArrowLeft', '2026-11-17'],
    ['ArrowRight', '2026-11-19'],
    ['ArrowUp', '2026-11-11'],
    ['ArrowDown', '2026-11-25'],
    ['Home', '2026-11-16'],
    ['End', '2026-11-22'],
    ['PageUp', '2026-10-18'],
    ['PageDown', '2026-12-18'],
  ])('%s leads to %s', (key, expected) => expect(dateAfterKey(key, from, 1)).toBe(expected))

  test('a month that is shorter ends where it ends', () => {
    expect(dateAfterKey('PageDown', date('2026-01-31'), 1)).toBe('2026-02-28')
  })

  test('any other key leads nowhere', () => {
    expect(dateAfterKey('Enter', from, 1)).toBeUndefined()
  })
})
