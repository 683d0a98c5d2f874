import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { forecastLength } from './length-model.ts'
import { from, meanOf, normalise, quantile, totalOf } from './masses.ts'
import { priorsFor } from './personal-priors.ts'
import { populationPriors, referencePriors } from './priors.ts'

interface Conditional {
  readonly mean: number
  readonly p50: number
  readonly p90: number
}

interface Vector {
  readonly history: readonly number[]
  readonly mean: number
  readonly q: Readonly<Record<string, number>>
  readonly pmf_25_35: readonly number[]
  readonly skip_prob: readonly number[]
  readonly conditional: Readonly<Record<string, Conditional>>
}

const file = new URL('./reference-vectors.json', import.meta.url)
const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { vectors: readonly Vector[] }

describe('forecastLength with the priors of the reference', () => {
  test.each(vectors)('gives its numbers after $history', (vector) => {
    const { lengths, missed } = forecastLength(vector.history, referencePriors)
    expect(meanOf(lengths)).toBeCloseTo(vector.mean, 4)
    for (const [probability, day] of Object.entries(vector.q))
      expect(quantile(lengths, Number(probability))).toBe(day)
    vector.pmf_25_35.forEach((mass, i) =>
      expect(Math.abs(lengths.values[25 + i]! - mass)).toBeLessThan(1e-6),
    )
    expect(missed).toHaveLength(vector.skip_prob.length)
    vector.skip_prob.forEach((probability, i) =>
      expect(Math.abs(missed[i]! - probability)).toBeLessThan(1e-6),
    )
    for (const [name, expected] of Object.entries(vector.conditional)) {
      const through = Number(/\d+$/.exec(name)![0])
      const rest = normalise(from(lengths, through + 1))
      expect(meanOf(rest)).toBeCloseTo(expected.mean, 3)
      expect([quantile(rest, 0.5), quantile(rest, 0.9)]).toEqual([expected.p50, expected.p90])
    }
  })

  test('a length weighs its own miss once: 0.1221 and not 0.0729', () => {
    const { missed } = forecastLength([24, 38, 29, 45, 31, 27], referencePriors)
    expect(missed[3]).toBeCloseTo(0.1221, 4)
  })
})

const history = fc.array(fc.integer({ min: 12, max: 99 }), { maxLength: 16 })

describe('forecastLength', () => {
  test('is a distribution, in whatever way it is taken apart', () => {
    fc.assert(
      fc.property(history, fc.constantFrom(populationPriors, referencePriors), (past, priors) => {
        const { lengths, rhythms, missed, typical } = forecastLength(past, priors)
        expect(totalOf(lengths)).toBeCloseTo(1, 9)
        const parts = rhythms.flatMap(({ byMisses }) => byMisses.map(totalOf))
        // Lengths at the far end of what is counted, and rhythms that hardly weigh, are left out of the parts.
        const parted = parts.reduce((a, b) => a + b, 0)
        expect(parted).toBeGreaterThan(0.98)
        expect(parted).toBeLessThan(1 + 1e-9)
        for (const mass of lengths.values) expect(mass).toBeGreaterThanOrEqual(0)
        for (const { missing } of rhythms) {
          expect(missing).toBeGreaterThan(0)
          expect(missing).toBeLessThan(1)
        }
        expect(missed).toHaveLength(past.length)
        for (const probability of missed) {
          expect(probability).toBeGreaterThanOrEqual(0)
          expect(probability).toBeLessThanOrEqual(1 + 1e-9)
        }
        expect(typical).toBeGreaterThan(15)
        expect(typical).toBeLessThan(50)
      }),
      { numRuns: 40 },
    )
  })

  test('twice as long a length is a missed start, and moves the forecast little', () => {
    const plain = forecastLength([28, 28, 28, 29, 28], populationPriors)
    const doubled = forecastLength([28, 28, 57, 28, 29, 28], populationPriors)
    expect(doubled.missed[2]).toBeGreaterThan(0.99)
    expect(Math.max(...doubled.missed.filter((_, i) => i !== 2))).toBeLessThan(0.001)
    expect(quantile(doubled.lengths, 0.5)).toBe(quantile(plain.lengths, 0.5))
  })

  test('only the last twelve weigh, and older ones are judged by them', () => {
    const recent = [28, 29, 28, 27, 28, 29, 28, 28, 27, 28, 29, 28]
    const alone = forecastLength(recent, populationPriors)
    const longer = forecastLength([28, 56, 40, ...recent], populationPriors)
    expect(longer.lengths).toEqual(alone.lengths)
    expect(longer.missed.slice(3)).toEqual(alone.missed)
    expect(longer.missed[0]).toBeLessThan(0.001)
    expect(longer.missed[1]).toBeGreaterThan(0.99)
  })

  test('recent lengths say more than old ones', () => {
    const [short, long] = [Array.from({ length: 6 }, () => 26), Array.from({ length: 6 }, () => 30)]
    const rising = forecastLength([...short, ...long], populationPriors)
    const falling = forecastLength([...long, ...short], populationPriors)
    expect(rising.typical).toBeGreaterThan(falling.typical + 0.3)
    const reference = [short, long].map((first) =>
      forecastLength([...first, ...(first === short ? long : short)], referencePriors),
    )
    expect(reference[0]!.typical).toBeCloseTo(reference[1]!.typical, 9)
  })

  test('lengths beyond the grid are taken for its longest', () => {
    expect(forecastLength([28, 400], populationPriors)).toEqual(
      forecastLength([28, 159], populationPriors),
    )
  })

  test('a year of any lengths, however odd, leaves a forecast', () => {
    for (const length of [1, 5, 12, 99, 159]) {
      const { lengths } = forecastLength(
        Array.from({ length: 12 }, () => length),
        populationPriors,
      )
      expect(totalOf(lengths)).toBeCloseTo(1, 9)
    }
  })

  test('perimenopause widens what is foreseen', () => {
    const past = [28, 35, 24, 31, 27]
    const widthWith = (perimenopause: boolean): number => {
      const { lengths } = forecastLength(past, priorsFor({ age: 49 }, { perimenopause }))
      return quantile(lengths, 0.9) - quantile(lengths, 0.1)
    }
    expect(widthWith(true)).toBeGreaterThan(widthWith(false))
  })
})
