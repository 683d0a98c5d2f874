import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { t5Below } from './student.ts'

describe('t5Below', () => {
  test.each([
    // Upper quantiles of any table of Student's t with 5 degrees of freedom.
    [0, 0.5],
    [0.726687, 0.75],
    [1.475884, 0.9],
    [2.015048, 0.95],
    [2.570582, 0.975],
    [3.36493, 0.99],
    [4.032143, 0.995],
    [5.893429, 0.999],
  ])('is at %f what tables say', (z, probability) => {
    expect(t5Below(z)).toBeCloseTo(probability, 6)
  })

  test('is symmetric and rises', () => {
    const z = fc.double({ min: -100, max: 100, noNaN: true })
    fc.assert(
      fc.property(z, z, (a, b) => {
        expect(t5Below(a) + t5Below(-a)).toBeCloseTo(1, 12)
        if (a < b) expect(t5Below(a)).toBeLessThanOrEqual(t5Below(b))
      }),
    )
  })
})
