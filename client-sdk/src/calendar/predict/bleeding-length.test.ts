import { expect, test } from 'vitest'
import { civilDate } from '../civil-date.ts'
import { bleedingByDay } from './bleeding-length.ts'

const start = civilDate('2026-01-01')!
const cycles = (...days: number[]) =>
  days.map((bleedingDays) => ({ start, length: 28, bleedingDays }))

test('a period has a first day, and before any is known five or six are usual', () => {
  const usual = bleedingByDay([])
  expect(usual[0]).toBe(1)
  expect(usual[4]).toBeGreaterThan(0.5)
  expect(usual[5]).toBeLessThan(0.5)
})

test('her own periods outweigh what is usual', () => {
  const short = bleedingByDay(cycles(3, 3, 3, 3, 3, 3))
  expect(short[2]).toBeGreaterThan(0.95)
  expect(short[3]).toBeLessThan(0.25)
  const long = bleedingByDay(cycles(9, 9, 9, 9, 9, 9))
  expect(long[8]).toBeGreaterThan(0.7)
})

test('only the last twelve count, and days are never likelier than those before', () => {
  expect(bleedingByDay(cycles(9, ...Array.from({ length: 12 }, () => 4)))).toEqual(
    bleedingByDay(cycles(...Array.from({ length: 12 }, () => 4))),
  )
  const days = bleedingByDay(cycles(2, 40, 5, 7))
  for (let i = 1; i < days.length; i++) expect(days[i]).toBeLessThanOrEqual(days[i - 1]!)
})
