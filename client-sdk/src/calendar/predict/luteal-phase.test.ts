import { describe, expect, test } from 'vitest'
import { lutealPhaseOf, ovulationBefore, startAfter } from './luteal-phase.ts'
import { meanOf, quantile, totalOf, type Masses } from './masses.ts'

const onDay = (day: number): Masses => ({ first: day, values: Float64Array.of(1) })
const seen = (cycleDay: number, length: number) => ({ cycleDay, lutealLength: length - cycleDay })

describe('lutealPhaseOf', () => {
  test('is 13.3 days before any ovulation was seen', () => {
    expect(lutealPhaseOf([], 28)).toEqual({ mean: 13.3, variance: 2 })
  })

  test('moves to what was seen, and becomes surer', () => {
    const { mean, variance } = lutealPhaseOf([seen(18, 28), seen(20, 30)], 29)
    expect(mean).toBeCloseTo((13.3 / 2 + 20 / 4) / (1 / 2 + 2 / 4), 12)
    expect(variance).toBeCloseTo(1, 12)
  })

  test('from three on, blends in what the mean day leaves of the typical length', () => {
    const observed = [seen(14, 28), seen(15, 29), seen(16, 30)]
    const byLengths = (13.3 / 2 + 42 / 4) / (1 / 2 + 3 / 4)
    expect(lutealPhaseOf(observed, 31).mean).toBeCloseTo((byLengths + 16) / 2, 12)
  })
})

describe('ovulationBefore', () => {
  test('agrees with the calendar: 28 days and a luteal length of 14 ovulate on day 14', () => {
    // The start is day 28 of days counted from 0, day 14 of the cycle is day 13.
    const ovulation = ovulationBefore(onDay(28), { mean: 14, variance: 0.01 })
    expect(quantile(ovulation, 0.5)).toBe(13)
    expect(totalOf(ovulation)).toBeCloseTo(1, 12)
  })

  test('is as uncertain as her mean', () => {
    const ovulation = ovulationBefore(onDay(28), { mean: 13.3, variance: 2 })
    expect(meanOf(ovulation)).toBeCloseTo(13.7, 6)
    expect(quantile(ovulation, 0.9) - quantile(ovulation, 0.1)).toBe(3)
  })
})

test('startAfter is the other way round, with the spread of single lengths', () => {
  const start = startAfter(13, { mean: 14, variance: 0.5 })
  expect(meanOf(start)).toBeCloseTo(28, 6)
  expect([quantile(start, 0.1), quantile(start, 0.9)]).toEqual([25, 31])
})
