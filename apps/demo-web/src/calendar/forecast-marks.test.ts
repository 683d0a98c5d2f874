import {
  addDays,
  predict,
  type CivilDate,
  type Cycle,
  type Forecast,
} from '@selene/client-sdk/calendar'
import { describe, expect, test } from 'vitest'
import { forecastMarks, likeliestDay } from './forecast-marks.ts'

const date = (text: string) => text as CivilDate

/** Cycles of these lengths, and one that begins on 1 November 2026. */
function cyclesOf(lengths: readonly number[]): Cycle[] {
  const cycles: Cycle[] = [{ start: date('2026-11-01'), bleedingDays: 5 }]
  for (const length of lengths.toReversed())
    cycles.unshift({ start: addDays(cycles[0]!.start, -length), length, bleedingDays: 5 })
  return cycles
}

const even = Array.from({ length: 12 }, () => 28)
const uneven = [25, 31, 28, 34, 26, 29, 33, 27, 24, 30, 32, 28]

const on = (today: string, lengths = even): Forecast =>
  predict({ cycles: cyclesOf(lengths), today: date(today), cyclesAhead: 14 })

describe('marks', () => {
  const marks = forecastMarks(on('2026-11-10'), true)

  test('grow and fade around the expected start', () => {
    expect(marks.get(date('2026-11-30'))?.bleeding).toBe(3)
    expect(marks.get(date('2026-11-24'))?.bleeding).toBeUndefined()
    const grades = ['2026-11-28', '2026-11-29', '2026-11-30'].map(
      (day) => marks.get(date(day))?.bleeding ?? 0,
    )
    expect(grades).toEqual(grades.toSorted((a, b) => a - b))
  })

  test('end where dates have spread out', () => {
    const ofUneven = forecastMarks(on('2026-11-10', uneven), false)
    const last = [...ofUneven.keys()].toSorted().at(-1)!
    expect(last > '2026-11-30').toBe(true)
    expect(last < '2027-06-01').toBe(true)
    expect([...marks.keys()].toSorted().at(-1)! > last).toBe(true)
  })

  test('of fertile days only for whoever wants them', () => {
    expect([...marks.values()].some(({ fertile }) => fertile)).toBe(true)
    const without = forecastMarks(on('2026-11-10'), false)
    expect([...without.values()].some(({ fertile }) => fertile)).toBe(false)
  })

  test('none once a period was likely not logged, and none without a forecast', () => {
    const late = on('2027-01-10')
    expect(late.kind === 'forecast' && late.overdue.asks).toBe(true)
    expect(forecastMarks(late, true).size).toBe(0)
    expect(forecastMarks({ kind: 'none', reason: 'no-cycle' }, true).size).toBe(0)
    expect(forecastMarks(undefined, true).size).toBe(0)
  })
})

describe('the likeliest day', () => {
  const start = (probabilities: readonly number[]) => ({
    from: date('2026-12-01'),
    probabilities,
    p10: date('2026-12-01'),
    p50: date('2026-12-03'),
    p90: date('2026-12-05'),
    meanDays: 5,
  })

  test('is the highest, whatever the middle', () => {
    expect(likeliestDay(start([0.1, 0.5, 0.2, 0.1, 0.1]))).toBe('2026-12-02')
  })

  test('of equals is the one nearest to the middle', () => {
    expect(likeliestDay(start([0.2, 0.2, 0.2, 0.2, 0.2]))).toBe('2026-12-03')
  })
})
