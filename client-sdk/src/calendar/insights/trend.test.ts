import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../civil-date.ts'
import type { Insight, InsightInput, TrendMeasure } from './insight.ts'
import { insights } from './insights.ts'
import { robustSlope } from './robust-slope.ts'
import { sampleDiary } from './sample-diary.ts'

const trend = (input: InsightInput, measure: TrendMeasure): Insight<'trend'> | undefined =>
  insights(input).find(
    (one): one is Insight<'trend'> => one.kind === 'trend' && one.evidence.measure === measure,
  )

const at = (values: readonly number[]) => values.map((y, x) => ({ x, y }))

describe('the robust slope', () => {
  test('known answers', () => {
    expect(robustSlope(at([1, 2, 3, 4, 5, 6]))).toBe(1)
    expect(robustSlope(at([60, 58, 56, 54, 52, 50, 48]))).toBe(-2)
    // One pair of six out of order: S = 13, z = 12 / 5.32 = 2.25.
    expect(robustSlope(at([1, 2, 4, 3, 5, 6]))).toBeUndefined()
    // Ten, two pairs out of order: S = 41, z = 40 / 11.18 = 3.58.
    expect(robustSlope(at([2, 1, 3, 4, 5, 6, 7, 8, 10, 9]))).toBeCloseTo(1, 12)
  })

  test('the rank sum is asked for one more than z: n = 10, z = 28 / 11.18 and 30 / 11.18', () => {
    expect(robustSlope(at([5, 1, 2, 3, 4, 10, 6, 7, 8, 9]))).toBeUndefined()
    expect(robustSlope(at([5, 1, 2, 3, 4, 9, 6, 7, 8, 10]))).toBeDefined()
  })

  test('ties lessen the variance: n = 7, two alike, S = 18, z = 17 / √43.3', () => {
    expect(robustSlope(at([1, 1, 2, 4, 3, 5, 6]))).toBeGreaterThan(0)
    // Without a tie: S = 17, z = 16 / √44.3.
    expect(robustSlope(at([2, 1, 3, 5, 4, 6, 7]))).toBeUndefined()
  })

  test('an outlier does not make it', () => {
    expect(robustSlope(at([28, 28, 28, 28, 28, 28, 28, 60]))).toBeUndefined()
    expect(robustSlope(at([1, 2, 3, 4, 90, 6, 7, 8, 9, 10]))).toBe(1)
  })

  test('nothing changes, nothing is said', () => {
    expect(robustSlope(at([5, 5, 5, 5, 5, 5, 5]))).toBeUndefined()
    expect(robustSlope([])).toBeUndefined()
    expect(robustSlope(at([5]))).toBeUndefined()
  })

  test('turned round it is the opposite; scaled it scales', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 12 }), (values) => {
        const slope = robustSlope(at(values))
        const opposite = robustSlope(at(values.map((value) => -3 * value)))
        if (slope === undefined) expect(opposite).toBeUndefined()
        else expect(opposite).toBeCloseTo(-3 * slope, 9)
      }),
    )
  })
})

describe('trends', () => {
  test('cycles that grow longer by half a day each', () => {
    const lengths = [26, 26, 27, 27, 28, 28, 29, 29, 30, 30, 31, 31, 32, 32]
    const input = sampleDiary({ lengths })
    const found = trend(input, 'cycle-length')!
    expect(found).toMatchObject({ reason: 'rising', severity: 'info', notify: false })
    expect(found.evidence.points).toHaveLength(12)
    expect(found.evidence.slope).toBeCloseTo(0.5, 2)
    expect(found.evidence.change).toBeCloseTo(11 * found.evidence.slope, 12)
    expect(found.period).toEqual({ from: input.cycles[2]!.start, to: input.today })
    const shorter = trend(sampleDiary({ lengths: lengths.toReversed() }), 'cycle-length')
    expect(shorter?.reason).toBe('falling')
  })

  test('needs six cycles, and three days of change', () => {
    expect(trend(sampleDiary({ lengths: [26, 27, 28, 29, 30] }), 'cycle-length')).toBeUndefined()
    expect(trend(sampleDiary({ lengths: [26, 27, 28, 29, 30, 31] }), 'cycle-length')).toBeDefined()
    const slow = [27, 27, 27, 27, 28, 28, 28, 28, 29, 29, 29, 29]
    expect(trend(sampleDiary({ lengths: slow }), 'cycle-length')).toBeUndefined()
  })

  test('bleeding that grows shorter', () => {
    const bleeding = (cycle: number): number => 8 - Math.floor(cycle / 2)
    const input = sampleDiary({ lengths: Array.from({ length: 10 }, () => 28), bleeding })
    expect(trend(input, 'bleeding-days')).toMatchObject({ reason: 'falling' })
    expect(trend(input, 'cycle-length')).toBeUndefined()
  })

  /** Ten cycles of 30 days with something on every third day. */
  const measured = (of: (day: number) => object): InsightInput =>
    sampleDiary({
      lengths: Array.from({ length: 10 }, () => 30),
      values: (cycle, day) => (day % 3 === 0 ? of(cycle * 30 + day) : undefined),
    })

  test('weight from 3 % on, in kg per 30 days', () => {
    const input = measured((day) => ({ 'weight.value': 60 + day / 100 }))
    const found = trend(input, 'weight')!
    expect(found.reason).toBe('rising')
    expect(found.evidence.slope).toBeCloseTo(0.3, 1)
    expect(found.evidence.points.at(-1)!.from).toBe(addDays(input.today, -29))
    expect(
      trend(
        measured((day) => ({ 'weight.value': 60 + day / 250 })),
        'weight',
      ),
    ).toBeUndefined()
  })

  test('sleep from half an hour on; a bad night is none', () => {
    const sleep = (perDay: number) =>
      trend(
        measured((day) => ({ 'sleep.hours': 8 - day * perDay })),
        'sleep',
      )
    expect(sleep(0.004)?.reason).toBe('falling')
    expect(sleep(0.001)).toBeUndefined()
    const night = measured((day) => ({ 'sleep.hours': day === 300 ? 0 : 8 }))
    expect(trend(night, 'sleep')).toBeUndefined()
  })
})
