import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  add,
  before,
  convolve,
  from,
  meanOf,
  medianOf,
  normalise,
  quantile,
  scale,
  shift,
  totalOf,
  trim,
  type Masses,
} from './masses.ts'

const masses = (first: number, ...values: number[]): Masses => ({
  first,
  values: Float64Array.from(values),
})
const anyMasses = fc
  .record({
    first: fc.integer({ min: -50, max: 200 }),
    values: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 }),
  })
  .filter(({ values }) => values.some((value) => value > 1e-3))
  .map(({ first, values }) => masses(first, ...values))

describe('masses', () => {
  test('the sum of two dice', () => {
    const die = masses(1, ...Array.from({ length: 6 }, () => 1 / 6))
    const two = convolve(die, die)
    expect(two.first).toBe(2)
    expect(Array.from(two.values, (p) => Math.round(p * 36))).toEqual([
      1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1,
    ])
    expect(meanOf(two)).toBeCloseTo(7, 12)
  })

  test('quantiles are the first day by which enough is reached', () => {
    const some = masses(10, 0.1, 0.2, 0.4, 0.3)
    expect([0, 0.1, 0.11, 0.5, 0.7, 0.71, 1].map((p) => quantile(some, p))).toEqual([
      10, 10, 11, 12, 12, 13, 13,
    ])
  })

  test('the median between days lies within its day', () => {
    expect(medianOf(masses(28, 1))).toBe(28)
    expect(medianOf(masses(28, 0.25, 0.5, 0.25))).toBe(29)
    expect(medianOf(masses(28, 0.5, 0.5))).toBe(28.5)
    expect(medianOf(masses(28, 0.4, 0.6))).toBeCloseTo(28.5 + 1 / 6, 12)
  })

  test('before and from part what there is', () => {
    fc.assert(
      fc.property(anyMasses, fc.integer({ min: -60, max: 260 }), (all, day) => {
        const [early, late] = [before(all, day), from(all, day)]
        expect(totalOf(early) + totalOf(late)).toBeCloseTo(totalOf(all), 9)
        expect(late.values.length === 0 || late.first >= day).toBe(true)
        expect(early.first + early.values.length).toBeLessThanOrEqual(Math.max(day, all.first))
      }),
    )
  })

  test('add keeps every day, and convolve adds means and variances', () => {
    fc.assert(
      fc.property(anyMasses, anyMasses, (x, y) => {
        expect(totalOf(add([x, y]))).toBeCloseTo(totalOf(x) + totalOf(y), 9)
        const [a, b] = [normalise(x), normalise(y)]
        const sum = convolve(a, b)
        expect(totalOf(sum)).toBeCloseTo(1, 9)
        expect(meanOf(sum)).toBeCloseTo(meanOf(a) + meanOf(b), 6)
        expect(varianceOf(sum)).toBeCloseTo(varianceOf(a) + varianceOf(b), 4)
      }),
    )
  })

  test('nothing added is nothing', () => {
    expect(totalOf(add([]))).toBe(0)
    expect(add([masses(3), masses(5, 1)])).toEqual(masses(5, 1))
  })

  test('trim leaves out ends that hold less than the share, and no more', () => {
    const some = masses(1, 0.001, 0.009, 0.5, 0.48, 0.01)
    expect(trim(some, 0.005)).toEqual(masses(2, 0.009, 0.5, 0.48, 0.01))
    expect(trim(some, 0.0105)).toEqual(masses(3, 0.5, 0.48))
    expect(trim(some, 0)).toEqual(some)
    fc.assert(
      fc.property(anyMasses, fc.double({ min: 0, max: 0.4, noNaN: true }), (all, share) => {
        const most = 2 * share * totalOf(all)
        expect(totalOf(all) - totalOf(trim(all, share))).toBeLessThanOrEqual(most + 1e-9)
      }),
    )
  })

  test('scale and shift change weight and place alone', () => {
    expect(scale(masses(4, 1, 2), 3)).toEqual(masses(4, 3, 6))
    expect(shift(masses(4, 1, 2), -6)).toEqual(masses(-2, 1, 2))
  })
})

function varianceOf(all: Masses): number {
  const mean = meanOf(all)
  return all.values.reduce((sum, p, i) => sum + p * (all.first + i - mean) ** 2, 0)
}
