import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { crps, quantileDay, ratioError, score } from './score.ts'

const distribution = fc
  .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 })
  .filter((values) => values.some((value) => value > 0.01))
  .map((values) => {
    const sum = values.reduce((a, b) => a + b, 0)
    return values.map((value) => value / sum)
  })

const certain = (day: number): number[] =>
  Array.from({ length: day + 1 }, (_, i) => Number(i === day))

describe('crps', () => {
  test.each([
    [certain(3), 3, 0],
    [certain(3), 5, 2],
    [certain(3), 0, 3],
    [[0.5, 0.5], 0, 0.25],
    [[0.5, 0.5], 1, 0.25],
    [[0.25, 0.25, 0.25, 0.25], 0, 0.5625 + 0.25 + 0.0625],
  ])('of %j when day %i came true is %f', (probabilities, actual, expected) => {
    expect(crps({ probabilities, actual })).toBeCloseTo(expected, 12)
  })

  test('is E|X − y| − ½ E|X − X′|', () => {
    fc.assert(
      fc.property(distribution, fc.integer({ min: 0, max: 30 }), (probabilities, actual) => {
        let expected = 0
        probabilities.forEach((p, x) => {
          expected += p * Math.abs(x - actual)
          probabilities.forEach((q, y) => (expected -= (p * q * Math.abs(x - y)) / 2))
        })
        expect(crps({ probabilities, actual })).toBeCloseTo(expected, 9)
      }),
    )
  })
})

test('quantileDay is the first day by which enough is reached', () => {
  expect([0.1, 0.3, 0.31, 1].map((p) => quantileDay([0.1, 0.2, 0.7], p))).toEqual([0, 1, 2, 2])
})

describe('score', () => {
  test('of guesses alone', () => {
    const found = score([
      { guess: 28, actual: 30 },
      { guess: 28.4, actual: 26 },
      { guess: 30, actual: 27 },
    ])
    expect(found.mae).toBeCloseTo((2 + 2.4 + 3) / 3, 12)
    expect(found.rmse).toBeCloseTo(Math.sqrt((4 + 5.76 + 9) / 3), 12)
    expect(found.withinTwo).toBeCloseTo(2 / 3, 12)
    expect(found.crps).toBe(found.mae)
    expect([found.coverage, found.width, found.logScore]).toEqual([undefined, undefined, undefined])
  })

  test('of distributions', () => {
    const probabilities = [0.05, 0.25, 0.4, 0.25, 0.05]
    const found = score([0, 2].map((actual) => ({ guess: 2, probabilities, actual })))
    expect(found.coverage).toBe(0.5)
    expect(found.width).toBe(2)
    expect(found.logScore).toBeCloseTo(-(Math.log(0.05) + Math.log(0.4)) / 2, 12)
    expect(found.crps).toBeCloseTo(
      (crps({ probabilities, actual: 0 }) + crps({ probabilities, actual: 2 })) / 2,
      12,
    )
  })

  test('takes what is beyond the longest day for it', () => {
    const found = score([{ guess: 1, probabilities: [0.5, 0.5], actual: 7 }])
    expect(found.logScore).toBeCloseTo(Math.log(2), 12)
  })
})

describe('ratioError', () => {
  const outcomes = (...errors: number[]) => errors.map((guess) => ({ guess, actual: 0 }))

  test('is nothing when one is always the same part of the other', () => {
    expect(ratioError(outcomes(1, 2, 3), outcomes(2, 4, 6))).toBeCloseTo(0, 12)
  })

  test('is the deviation of what is left, by the root of the count', () => {
    // The ratio is 1, the residuals are 1 and −1, the other mean is 2.
    expect(ratioError(outcomes(3, 1), outcomes(2, 2))).toBeCloseTo(1 / Math.SQRT2 / 2, 12)
  })
})
