import { describe, expect, test } from 'vitest'
import { createPrng } from '../../core/prng.ts'
import { forgetful, logLengths, others, type People } from './people.ts'

const draw = (people: People, count: number): number[][] => {
  const prng = createPrng('people')
  return Array.from({ length: count }, (_, i) => logLengths(prng.fork(String(i)), people, 11))
}
const named = (name: string): People => others.find((people) => people.name === name)!
const meanOf = (values: readonly number[]): number =>
  values.reduce((a, b) => a + b, 0) / values.length
const deviationOf = (values: readonly number[]): number => {
  const mean = meanOf(values)
  return Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)))
}

describe('logLengths', () => {
  test('gives the same for a seed', () => {
    expect(draw(forgetful, 5)).toEqual(draw(forgetful, 5))
  })

  test('is of whole days, none under 15', () => {
    for (const length of draw(named('widening'), 300).flat()) {
      expect(Number.isInteger(length)).toBe(true)
      expect(length).toBeGreaterThanOrEqual(15)
    }
  })

  test('without skips is 29.3 days on average, and with them an eleventh of starts is missing', () => {
    expect(Math.abs(meanOf(draw(named('careful'), 1500).flat()) - 29.3)).toBeLessThan(0.3)
    // Beta(2, 20) has the mean 1 / 11; up to two in a row add about a tenth.
    const mean = meanOf(draw(forgetful, 1500).flat())
    expect(mean / 29.3).toBeGreaterThan(1.08)
    expect(mean / 29.3).toBeLessThan(1.13)
  })

  test('groups differ in what they are named for', () => {
    const within = (name: string) => meanOf(draw(named(name), 600).map(deviationOf))
    expect(within('regular')).toBeLessThan(0.7 * within('careful'))
    const [early, late] = [0, 8].map((at) =>
      meanOf(draw(named('widening'), 600).map((lengths) => deviationOf(lengths.slice(at, at + 3)))),
    )
    expect(late).toBeGreaterThan(1.5 * early!)
  })
})
