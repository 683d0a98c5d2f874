import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lutealLength, meanOvulationDay } from './luteal.ts'

const observed = (...lengths: readonly number[]) =>
  lengths.map((lutealLength, i) => ({ cycleDay: 14 + i, lutealLength }))

describe('the personal luteal length', () => {
  test.each([
    [[], 13.3],
    [[13.3], 13.3],
    [[10], (6.65 + 2.5) / 0.75],
    [[12, 14], (6.65 + 6.5) / 1],
    [[12, 12, 12], (6.65 + 9) / 1.25],
  ])('of %o is %d days', (lengths, expected) => {
    expect(lutealLength(observed(...lengths))).toBeCloseTo(expected, 12)
  })

  test('what is not of 7 to 18 days is left out, and so is a cycle that runs', () => {
    expect(lutealLength(observed(6, 19, 1))).toBe(13.3)
    expect(lutealLength([{ cycleDay: 14 }])).toBe(13.3)
    expect(lutealLength(observed(7))).toBeCloseTo((6.65 + 1.75) / 0.75, 12)
    expect(lutealLength(observed(18))).toBeCloseTo((6.65 + 4.5) / 0.75, 12)
  })

  test('lies between what is expected and what was observed, closer to it with every cycle', () => {
    fc.assert(
      fc.property(fc.integer({ min: 7, max: 18 }), fc.integer({ min: 1, max: 50 }), (length, n) => {
        const distance = (count: number) =>
          Math.abs(length - lutealLength(observed(...Array.from({ length: count }, () => length))))
        expect(distance(n)).toBeLessThan(distance(n - 1))
      }),
    )
  })
})

describe('the mean day of ovulation', () => {
  test('is that of three or more', () => {
    expect(meanOvulationDay(observed(13, 13))).toBeUndefined()
    expect(meanOvulationDay(observed(13, 13, 13))).toBe(15)
    expect(meanOvulationDay(observed(13, 3, 13))).toBeUndefined()
    expect(meanOvulationDay(observed(13, 3, 13, 13))).toBeCloseTo((14 + 16 + 17) / 3, 12)
  })
})
