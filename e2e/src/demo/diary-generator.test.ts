import { checkDayChange, civilDate, daysBetween, type LoggedDay } from '@selene/client-sdk/calendar'
import { parseDripCsv } from '@selene/client-sdk/interchange'
import { describe, expect, test } from 'vitest'
import { generateDiary } from './diary-generator.ts'

const from = civilDate('2024-02-01')!

function read(csv: string): readonly LoggedDay[] {
  const result = parseDripCsv(csv)
  if (!result.ok) throw new Error(result.code)
  expect(result.faults).toEqual([])
  expect(result.unknown).toEqual([])
  return result.days
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

describe('generateDiary', () => {
  test('gives the same bytes for the same seed and others for another', () => {
    const { csv } = generateDiary({ seed: 1, from })
    expect(generateDiary({ seed: 1, from }).csv).toBe(csv)
    expect(generateDiary({ seed: 2, from }).csv).not.toBe(csv)
  })

  test.each(Array.from({ length: 20 }, (_, seed) => seed))(
    'seed %i reads without a fault, has more than 600 days in 24 months and nothing odd',
    (seed) => {
      const { csv, days } = generateDiary({ seed, from })
      const read24 = read(csv)
      expect(read24).toHaveLength(days)
      expect(days).toBeGreaterThan(600)
      expect(days).toBeLessThan(720)
      expect(read24.every(({ date }) => daysBetween(from, date) >= 0)).toBe(true)
      expect(daysBetween(from, read24.at(-1)!.date)).toBeLessThan(731)
      expect(read24.flatMap(({ values }) => checkDayChange(values).odd)).toEqual([])
    },
  )

  test('every planted phrase stands in one note with a comma, a quote and a line break', () => {
    const { csv, planted } = generateDiary({ seed: 3, from })
    expect(planted).toHaveLength(24)
    const notes = read(csv).map(({ values }) => values['note.value'] ?? '')
    for (const phrase of planted) {
      expect(csv.split(phrase)).toHaveLength(2)
      expect(phrase).toMatch(/^[a-z0-9-]{12,}$/)
      const note = notes.find((text) => text.includes(phrase))!
      expect([',', '"', '\n'].every((mark) => note.includes(mark))).toBe(true)
    }
  })

  test('cycles, bleeding and temperatures are plausible', () => {
    const days = read(generateDiary({ seed: 4, from }).csv)
    const heavy = days.filter(({ values }) => values['bleeding.value'] === 3)
    const gaps = heavy.slice(1).map(({ date }, i) => daysBetween(heavy[i]!.date, date))
    const lengths = gaps.filter((gap) => gap < 45)
    expect(lengths.length).toBeGreaterThan(15)
    expect(Math.abs(mean(lengths) - 28)).toBeLessThan(2)
    // A temperature counts for the phase when the next heavy day is 2 to 10 or 18 to 26 days off.
    const phase = (nearest: number, furthest: number) =>
      days.flatMap(({ date, values }) => {
        const next = heavy.find((other) => daysBetween(date, other.date) > 0)
        const ahead = next ? daysBetween(date, next.date) : 0
        const value = values['temperature.value']
        const counts = value !== undefined && values['temperature.exclude'] === false
        return counts && ahead >= nearest && ahead <= furthest ? [value] : []
      })
    expect(mean(phase(2, 10)) - mean(phase(18, 26))).toBeGreaterThan(0.25)
    expect(days.some(({ values }) => values['temperature.exclude'])).toBe(true)
    expect(days.some(({ values }) => values['mucus.value'] === 4)).toBe(true)
    expect(days.some(({ values }) => values['pain.cramps'])).toBe(true)
  })

  test('makes as many months as asked for', () => {
    const { csv, planted } = generateDiary({ seed: 5, from, months: 3 })
    expect(planted).toHaveLength(3)
    expect(read(csv).every(({ date }) => daysBetween(from, date) < 92)).toBe(true)
  })
})
