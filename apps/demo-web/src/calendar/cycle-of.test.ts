import type { CivilDate, Cycle } from '@selene/client-sdk/calendar'
import { expect, test } from 'vitest'
import { cycleOn, lastDayOf, neighboursOf } from './cycle-of.ts'

const date = (text: string) => text as CivilDate
const first: Cycle = { start: date('2024-02-01'), length: 28, bleedingDays: 5 }
const second: Cycle = { start: date('2024-02-29'), length: 30, bleedingDays: 4 }
const running: Cycle = { start: date('2024-03-30'), bleedingDays: 4 }
const cycles = [first, second, running]

test('a day lies in the cycle that began last, and the first before none', () => {
  expect(cycleOn(cycles, date('2024-01-31'))).toBeUndefined()
  expect(cycleOn(cycles, date('2024-02-28'))).toBe(first)
  expect(cycleOn(cycles, date('2024-02-29'))).toBe(second)
  expect(cycleOn(cycles, date('2025-01-01'))).toBe(running)
})

test('a cycle ends the day before the next, one that runs with today, and none before it began', () => {
  expect(lastDayOf(first, date('2024-05-01'))).toBe('2024-02-28')
  expect(lastDayOf(running, date('2024-05-01'))).toBe('2024-05-01')
  expect(lastDayOf(running, date('2024-03-01'))).toBe('2024-03-30')
})

test('neighbours end where the history does', () => {
  expect(neighboursOf(cycles, first)).toEqual({ next: second })
  expect(neighboursOf(cycles, second)).toEqual({ previous: first, next: running })
  expect(neighboursOf(cycles, running)).toEqual({ previous: second })
})
