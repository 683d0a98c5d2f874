import { describe, expect, test } from 'vitest'
import { createPrng } from './prng.ts'

const draw = (seed: string | number, count = 1000) => {
  const prng = createPrng(seed)
  return Array.from({ length: count }, () => prng.next())
}

describe('createPrng', () => {
  test('gives the same numbers for a seed on every machine and in every version', () => {
    expect(draw('selene', 3)).toEqual([0.47714548045769334, 0.3311246535740793, 0.5740266004577279])
    expect(draw(7)).toEqual(draw('7'))
  })

  test('gives other numbers for another seed, however alike', () => {
    const firsts = Array.from({ length: 1000 }, (_, seed) => draw(seed, 1)[0])
    expect(new Set(firsts).size).toBe(1000)
  })

  test('spreads evenly over 0 to 1', () => {
    const buckets = Array.from({ length: 10 }, () => 0)
    for (const value of draw('even', 100_000)) buckets[Math.floor(value * 10)]! += 1
    // Ten standard deviations of a fair count.
    for (const count of buckets) expect(Math.abs(count - 10_000)).toBeLessThan(950)
  })

  test('int reaches both ends and nothing beyond', () => {
    const prng = createPrng('int')
    const seen = new Set(Array.from({ length: 1000 }, () => prng.int(-2, 3)))
    expect([...seen].toSorted((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2, 3])
  })

  test('pick reaches every item and refuses an empty list', () => {
    const prng = createPrng('pick')
    const seen = new Set(Array.from({ length: 200 }, () => prng.pick(['a', 'b', 'c'])))
    expect([...seen].toSorted()).toEqual(['a', 'b', 'c'])
    expect(() => prng.pick([])).toThrow(TypeError)
  })

  test('chance and normal have the asked-for mean and spread', () => {
    const prng = createPrng('moments')
    const hits = Array.from({ length: 10_000 }, () => prng.chance(0.2)).filter(Boolean).length
    expect(Math.abs(hits - 2000)).toBeLessThan(400)
    const values = Array.from({ length: 10_000 }, () => prng.normal(28, 3))
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
    expect(mean).toBeCloseTo(28, 0)
    expect(Math.abs(Math.sqrt(variance) - 3)).toBeLessThan(0.2)
  })

  test('a fork depends on seed and name, not on what was drawn before', () => {
    const used = createPrng('world')
    used.next()
    const fork = used.fork('network')
    expect(fork.next()).toBe(createPrng('world').fork('network').next())
    expect(fork.next()).not.toBe(createPrng('world').fork('clock').next())
  })
})
