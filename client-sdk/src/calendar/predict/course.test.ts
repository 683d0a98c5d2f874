import { describe, expect, test } from 'vitest'
import { nextStart, startsFrom } from './course.ts'
import { forecastLength } from './length-model.ts'
import { add, from, meanOf, normalise, quantile, totalOf, type Masses } from './masses.ts'
import { populationPriors } from './priors.ts'

const regular = forecastLength([28, 29, 28, 27, 28, 28], populationPriors)
const total = (parts: readonly Masses[]): Masses => normalise(add(parts))

describe('nextStart', () => {
  test('is logged as the model says, renormalised on what is left', () => {
    for (const elapsed of [0, 14, 28, 35, 50]) {
      const next = total(nextStart(regular.rhythms, { elapsed }).logged)
      const expected = normalise(from(regular.lengths, elapsed))
      for (const probability of [0.1, 0.5, 0.9])
        expect(quantile(next, probability)).toBe(quantile(expected, probability))
      expect(meanOf(next)).toBeCloseTo(meanOf(expected), 6)
    }
  })

  test('of her body does not wait for what she may forget', () => {
    const { logged, ofBody, unlogged } = nextStart(regular.rhythms, { elapsed: 10 })
    expect(unlogged).toBeGreaterThan(0.005)
    expect(meanOf(total(ofBody))).toBeLessThan(meanOf(total(logged)) - 0.2)
    expect(quantile(total(ofBody), 0.5)).toBe(28)
  })

  test('long overdue, both know that one was missed', () => {
    const { logged, ofBody, unlogged } = nextStart(regular.rhythms, { elapsed: 42 })
    expect(unlogged).toBeGreaterThan(0.95)
    for (const view of [logged, ofBody]) {
      expect(quantile(total(view), 0.5)).toBeGreaterThanOrEqual(55)
      expect(quantile(total(view), 0.5)).toBeLessThanOrEqual(57)
    }
  })

  test('after a silence that no length explains, any day of a cycle may be today', () => {
    for (const elapsed of [120, 400, 4000]) {
      const { logged, unlogged } = nextStart(regular.rhythms, { elapsed })
      const next = total(logged)
      expect(unlogged).toBe(1)
      expect(next.first).toBe(elapsed)
      // Within one cycle from today, every day about as likely as the next.
      expect(meanOf(next) - elapsed).toBeGreaterThan(12)
      expect(meanOf(next) - elapsed).toBeLessThan(16)
      expect(next.values[0]).toBeCloseTo(next.values[15]!, 3)
    }
  })

  test('an ovulation says more than all lengths', () => {
    const byOvulation = { first: 33, values: Float64Array.of(0.25, 0.5, 0.25) }
    const next = nextStart(regular.rhythms, { elapsed: 22, byOvulation })
    expect(quantile(total(next.logged), 0.5)).toBe(34)
    expect(quantile(total(next.ofBody), 0.5)).toBe(34)
  })
})

describe('startsFrom', () => {
  test('adds a cycle each time, and what is not known of her adds up', () => {
    const unknown = forecastLength([], populationPriors)
    const { logged } = nextStart(unknown.rhythms, { elapsed: 0 })
    const starts = startsFrom(logged, unknown.rhythms, 13)
    const deviations = starts.map((start) => Math.sqrt(varianceOf(start)))
    starts.forEach((start, i) => {
      expect(totalOf(start)).toBeCloseTo(1, 9)
      if (i === 0) return
      expect(meanOf(start) - meanOf(starts[i - 1]!)).toBeCloseTo(29.3, 0)
      expect(deviations[i]).toBeGreaterThan(deviations[i - 1]!)
    })
    // Twelve cycles on, a typical length that is uncertain by 2.8 days makes 34 and not 10.
    expect(deviations[12]).toBeGreaterThan(30)
  })

  test('one who is regular is known a year ahead to about a week', () => {
    const twelve = forecastLength(
      Array.from({ length: 12 }, () => 28),
      populationPriors,
    )
    const { logged } = nextStart(twelve.rhythms, { elapsed: 3 })
    const last = startsFrom(logged, twelve.rhythms, 13).at(-1)!
    expect(quantile(last, 0.9) - quantile(last, 0.1)).toBeLessThan(20)
    expect(Math.abs(quantile(last, 0.5) - 13 * 28)).toBeLessThan(5)
  })
})

function varianceOf(all: Masses): number {
  const mean = meanOf(all)
  return all.values.reduce((sum, p, i) => sum + p * (all.first + i - mean) ** 2, 0)
}
