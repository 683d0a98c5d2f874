import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, civilDate } from '../civil-date.ts'
import { findPeak } from './peak.ts'
import type { Observation, SecondarySign } from './reason.ts'

const vectors = JSON.parse(readFileSync(new URL('vectors.json', import.meta.url), 'utf8')) as {
  mucus: { q: number[]; tempEnd: number; expect: { peak: number; done: number } | null }[]
  cervix_0_is_closed_hard: {
    v: number[]
    tempEnd: number
    expect: { peak: number; done: number } | null
  }[]
}

const start = civilDate('2028-02-20')!

/** Observations of consecutive days from the first of the cycle; a gap is `undefined`. */
const observed = (...qualities: readonly (number | undefined)[]): Observation[] =>
  qualities.flatMap((quality, i) =>
    quality === undefined ? [] : [{ date: addDays(start, i), cycleDay: i + 1, quality }],
  )

const peakOf = (
  qualities: readonly (number | undefined)[],
  shiftDay?: number,
  sign: SecondarySign = 'mucus',
) => findPeak(observed(...qualities), { sign, cycleDays: qualities.length, shiftDay })

/** The peak as the vectors have it, by 0-based index; `null` when there is none. */
function summary(found: ReturnType<typeof findPeak>) {
  if (found.code !== 'sign/peak') return null
  return { peak: found.peak.cycleDay - 1, done: found.lower.at(-1)!.cycleDay - 1 }
}

const _ = undefined

describe('known answers', () => {
  test.each(vectors.mucus.map((vector, index) => ({ index, ...vector })))(
    'mucus vector $index',
    ({ q, tempEnd, expect: expected }) => {
      expect(summary(peakOf(q, tempEnd + 1))).toEqual(expected)
    },
  )

  test.each(vectors.cervix_0_is_closed_hard.map((vector, index) => ({ index, ...vector })))(
    'cervix vector $index',
    ({ v, tempEnd, expect: expected }) => {
      const qualities = v.map((value) => (value === 0 ? 0 : 1))
      expect(summary(peakOf(qualities, tempEnd + 1, 'cervix'))).toEqual(expected)
    },
  )
})

describe('the peak', () => {
  test('needs quality 2', () => {
    expect(peakOf([0, 1, 1, 0, 0, 0])).toEqual({ code: 'sign/no-peak', sign: 'mucus', observed: 6 })
    expect(peakOf([])).toEqual({ code: 'sign/no-peak', sign: 'mucus', observed: 0 })
    expect(summary(peakOf([0, 2, 1, 0, 0]))).toEqual({ peak: 1, done: 4 })
  })

  test('is of the best quality so far, not of the last fertile one', () => {
    expect(summary(peakOf([2, 4, 4, 3, 3, 2, 2]))).toEqual({ peak: 2, done: 5 })
  })

  test('carries the days it rests on', () => {
    const all = observed(1, 3, 2, 1, 0, 0)
    expect(peakOf([1, 3, 2, 1, 0, 0])).toEqual({
      code: 'sign/peak',
      sign: 'mucus',
      peak: all[1],
      lower: all.slice(2, 5),
      moved: [],
    })
  })

  test('is open at the end, when the next day may still be observed', () => {
    expect(peakOf([1, 3]).code).toBe('sign/open')
    expect(peakOf([1, 3, 1, 1]).code).toBe('sign/open')
    expect(peakOf([1, 3, 1, 1, _]).code).toBe('sign/open')
  })

  test('is not known when one of the three days was not observed', () => {
    expect(peakOf([1, 3, _, 1, 1, 1, 1])).toMatchObject({
      code: 'sign/day-missing',
      missing: addDays(start, 2),
    })
    expect(peakOf([1, 3, 1, 1, _, 1, 1, 1])).toMatchObject({
      code: 'sign/day-missing',
      missing: addDays(start, 4),
    })
  })
})

describe('the quality comes back', () => {
  const qualities = [1, 3, 1, 1, 1, 1, 1, 3, 1, 1, 1, 1]

  test('before the shift is complete: the peak moves, and says from where', () => {
    expect(summary(peakOf(qualities, 10))).toEqual({ peak: 7, done: 10 })
    expect(peakOf(qualities, 10)).toMatchObject({ moved: [{ cycleDay: 2, quality: 3 }] })
  })

  test('on the very day of the completion it still moves', () => {
    expect(summary(peakOf(qualities, 8))).toEqual({ peak: 7, done: 10 })
  })

  test('after the completion it does not', () => {
    expect(summary(peakOf(qualities, 7))).toEqual({ peak: 1, done: 4 })
  })

  test('while there is no complete shift it moves', () => {
    expect(summary(peakOf(qualities))).toEqual({ peak: 7, done: 10 })
  })

  test('a lower quality, though fertile, moves nothing', () => {
    expect(summary(peakOf([1, 4, 1, 1, 1, 3, 3, 1, 1, 1], 10))).toEqual({ peak: 1, done: 4 })
  })

  test('a better quality moves it as well', () => {
    expect(summary(peakOf([1, 2, 1, 1, 1, 4, 1, 1, 1], 9))).toEqual({ peak: 5, done: 8 })
  })

  test('a peak that was not complete when the shift was goes on', () => {
    expect(summary(peakOf([1, 3, 1, 1, 3, 1, 1, 1, 3], 3))).toEqual({ peak: 4, done: 7 })
  })
})

describe('laws', () => {
  const qualities = fc.array(fc.option(fc.integer({ min: 0, max: 4 }), { nil: _, freq: 8 }), {
    maxLength: 40,
  })

  test('a peak is the best of the days up to its completion, three lower ones follow it', () => {
    fc.assert(
      fc.property(qualities, fc.integer({ min: 1, max: 40 }), (values, shiftDay) => {
        const found = peakOf(values, shiftDay)
        fc.pre(found.code === 'sign/peak')
        const { peak, lower } = found
        expect(lower.map(({ cycleDay }) => cycleDay - peak.cycleDay)).toEqual([1, 2, 3])
        const done = Math.max(lower.at(-1)!.cycleDay, shiftDay)
        const until = values.slice(0, done).map((value) => value ?? 0)
        expect(Math.max(...until)).toBe(peak.quality)
        expect(until.lastIndexOf(peak.quality)).toBe(peak.cycleDay - 1)
      }),
    )
  })

  test('what comes after both are complete changes nothing', () => {
    fc.assert(
      fc.property(qualities, qualities, (before, after) => {
        const found = peakOf(before, before.length)
        fc.pre(found.code === 'sign/peak')
        expect(peakOf([...before, ...after], before.length)).toEqual(found)
      }),
    )
  })
})
