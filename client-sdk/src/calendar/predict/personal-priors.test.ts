import { describe, expect, test } from 'vitest'
import { priorsFor } from './personal-priors.ts'
import { populationPriors, referencePriors } from './priors.ts'

const cyclic = { perimenopause: false }

describe('priorsFor', () => {
  test('of somebody who says nothing are those of all', () => {
    expect(priorsFor({}, cyclic)).toEqual(populationPriors)
  })

  test.each([
    [12, 30.3, 2.628],
    [19, 30.3, 2.628],
    [20, 30.1, 1.8],
    [34, 29.3, 1.8],
    [35, 28.7, 1.8],
    [44, 28.2, 1.8],
    [45, 28.4, 2.61],
    [49, 28.4, 2.61],
    [50, 30.8, 5.4],
    [60, 30.8, 5.4],
  ])('at %i expect %f days and a spread of %f', (age, mean, median) => {
    const { typical, spread } = priorsFor({ age }, cyclic)
    expect(typical.mean).toBe(mean)
    expect(spread.median).toBeCloseTo(median, 9)
  })

  test('irregular is wider in every respect, and regular hardly narrower', () => {
    const irregular = priorsFor({ regularity: 'irregular' }, cyclic)
    expect(irregular.spread.median).toBeCloseTo(3.6, 9)
    expect(irregular.typical.deviation).toBeCloseTo(4.2, 9)
    expect(priorsFor({ regularity: 'regular' }, cyclic).spread.median).toBeCloseTo(1.62, 9)
  })

  test('perimenopause widens and forgets, and never narrows', () => {
    const { typical, spread, memory } = priorsFor({ age: 47 }, { perimenopause: true })
    expect([spread.median, typical.deviation]).toEqual([4, 5.6])
    expect(memory).toEqual({ recent: 4, olderWeight: 0.5 })
    expect(priorsFor({ age: 52 }, { perimenopause: true }).spread.median).toBeCloseTo(5.4, 9)
  })
})

test.each([populationPriors, referencePriors])('weights of shares sum to 1', ({ missing }) => {
  expect(missing.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12)
})
