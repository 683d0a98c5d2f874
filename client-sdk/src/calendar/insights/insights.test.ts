import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, daysBetween, isCivilDate, type CivilDate } from '../civil-date.ts'
import type { DayValues } from '../field.ts'
import { insightKinds, type Insight, type InsightInput, type InsightKind } from './insight.ts'
import { insights } from './insights.ts'
import { sampleDiary } from './sample-diary.ts'

const times = (length: number, count: number): number[] =>
  Array.from({ length: count }, () => length)

/** Temperatures of 36.4 °C up to the 14th day before the end, 36.75 after; day 2 of each cycle fevers. */
function temperatures(count: number): InsightInput {
  const values = (_: number, day: number): DayValues => ({
    'temperature.value': day === 1 ? 39 : day < 14 ? 36.4 : 36.75,
    ...(day === 20 && { 'temperature.value': 38, 'temperature.exclude': true }),
  })
  const input = sampleDiary({ lengths: times(28, count), values })
  const ovulations = input.cycles.flatMap(({ start, length }) =>
    length ? [{ cycleStart: start, date: addDays(start, 13) }] : [],
  )
  return { ...input, ovulations }
}

const ofKind = <K extends InsightKind>(input: InsightInput, kind: K): Insight<K>[] =>
  insights(input).filter((one) => one.kind === kind) as Insight<K>[]

describe('temperature shift', () => {
  test('levels, shift and luteal length; excluded readings and the first days left out', () => {
    const [found] = ofKind(temperatures(4), 'temperature-shift')
    expect(found).toMatchObject({ reason: 'measured', severity: 'info', notify: false })
    expect(found!.evidence.cycles).toHaveLength(4)
    expect(found!.evidence.low).toBeCloseTo(36.4, 9)
    expect(found!.evidence.high).toBeCloseTo(36.75, 9)
    expect(found!.evidence.shift).toBeCloseTo(0.35, 9)
    expect(found!.evidence.lutealLength).toBe(14)
  })

  test('a cycle needs six low and three high readings', () => {
    const shifts = (low: number, high: number): number => {
      const input = temperatures(4)
      const { start } = input.cycles[2]!
      const isKept = (day: number): boolean =>
        day < 0 || day > 27 || (day <= 13 ? day > 13 - low : day > 13 && day <= 13 + high)
      const days = input.days.filter(({ date }) => isKept(daysBetween(start, date)))
      const cycles = [...input.cycles]
      return ofKind({ ...input, days, cycles }, 'temperature-shift')[0]!.evidence.cycles.length
    }
    expect(shifts(6, 3)).toBe(4)
    expect(shifts(5, 3)).toBe(3)
    expect(shifts(6, 2)).toBe(3)
  })

  test('speaks of the cycles that it used', () => {
    const input = temperatures(4)
    const ovulations = input.ovulations!.slice(0, 3)
    const [found] = ofKind({ ...input, ovulations }, 'temperature-shift')
    expect(found!.period).toEqual({
      from: input.cycles[0]!.start,
      to: addDays(input.cycles[3]!.start, -1),
    })
  })

  test('not under three cycles, nor without ovulations', () => {
    expect(ofKind(temperatures(2), 'temperature-shift')).toEqual([])
    const { ovulations: _, ...none } = temperatures(5)
    expect(ofKind(none, 'temperature-shift')).toEqual([])
  })
})

describe('logging', () => {
  const days = (share: number): InsightInput =>
    sampleDiary({
      lengths: times(30, 5),
      running: 30,
      values: (_, day) => (day % 10 < share * 10 ? { 'temperature.value': 36.5 } : undefined),
    })

  test.each([
    [0.3, 27, 'few-days'],
    [0.4, 36, 'some-days'],
    [0.7, 63, 'some-days'],
    [0.8, 72, 'most-days'],
  ] as const)('a share of %d: %i of 90 days, %s', (share, count, reason) => {
    const found = ofKind(days(share), 'logging').find(
      ({ evidence }) => evidence.what !== 'anything',
    )
    expect(found).toMatchObject({
      reason,
      evidence: { what: 'temperature', days: count, ofDays: 90 },
    })
  })

  test('one who has just begun is measured from there', () => {
    const input = sampleDiary({
      lengths: times(28, 5),
      running: 10,
      values: (cycle) => (cycle === 5 ? { 'mucus.feeling': 1 } : undefined),
    })
    const [anything, mucus] = ofKind(input, 'logging')
    expect(anything!.evidence).toMatchObject({ what: 'anything', ofDays: 90 })
    expect(mucus).toMatchObject({
      reason: 'most-days',
      evidence: { what: 'mucus', days: 10, ofDays: 10 },
    })
  })
})

/** Diaries with a bit of everything. */
const anyDiary = fc
  .record({
    lengths: fc.array(fc.integer({ min: 12, max: 120 }), { maxLength: 9 }),
    running: fc.integer({ min: 1, max: 200 }),
    bleeding: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 10, maxLength: 10 }),
    marks: fc.array(fc.nat(400), { maxLength: 60 }),
    missed: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 9 }),
    age: fc.option(fc.integer({ min: 12, max: 55 }), { nil: undefined }),
    episode: fc.option(
      fc.record({
        kind: fc.constantFrom('pregnancy', 'perimenopause', 'hormonal-contraception'),
        after: fc.nat(400),
        days: fc.nat(200),
      }),
      { nil: undefined },
    ),
  })
  .map(({ marks, missed, bleeding, age, episode, ...rest }): InsightInput => {
    const marked = new Set(marks)
    const input = sampleDiary({
      ...rest,
      bleeding: (cycle) => bleeding[cycle]!,
      values: (cycle, day) =>
        marked.has(cycle * 40 + day)
          ? { 'bleeding.value': 0, 'pain.headache': true, 'temperature.value': 36.5 + day / 100 }
          : undefined,
    })
    const first = input.days[0]!.date
    const from = episode && addDays(first, episode.after)
    return {
      ...input,
      missedLogs: missed.flatMap((probability, i) => {
        const start = input.cycles[i]?.start
        return start ? [{ start, probability }] : []
      }),
      ...(age !== undefined && { age }),
      ...(from && { episodes: [{ kind: episode.kind, from, to: addDays(from, episode.days) }] }),
    }
  })

/** Moves every date in a value. */
const shift = <T>(value: T, by: number): T =>
  JSON.parse(JSON.stringify(value), (_, item: unknown) =>
    isCivilDate(item) ? addDays(item, by) : item,
  ) as T

/** Every date in a value. */
function datesIn(value: unknown): CivilDate[] {
  if (isCivilDate(value)) return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(datesIn) : []
}

describe('all insights', () => {
  test('each kind of class once, in the order of kinds', () => {
    fc.assert(
      fc.property(anyDiary, (input) => {
        const order = insights(input).map(({ kind }) => insightKinds.indexOf(kind))
        expect(order.slice(0, 5)).toEqual([0, 1, 2, 3, 4])
        expect(order).toEqual(order.toSorted((a, b) => a - b))
      }),
    )
  })

  test('the same diary, in whatever order, gives the same', () => {
    fc.assert(
      fc.property(anyDiary, (input) => {
        const found = insights(input)
        expect(insights({ ...input, days: input.days.toReversed() })).toEqual(found)
        expect(structuredClone(found)).toEqual(found)
      }),
    )
  })

  test('dates that move by days move what is found, over month ends and leap days', () => {
    fc.assert(
      fc.property(anyDiary, fc.integer({ min: -800, max: 800 }), (input, by) => {
        expect(insights(shift(input, by))).toEqual(shift(insights(input), by))
      }),
    )
  })

  test('what notifies is a notice, and none speaks of days to come', () => {
    fc.assert(
      fc.property(anyDiary, (input) => {
        for (const insight of insights(input)) {
          if (insight.notify) expect(insight.severity).toBe('notice')
          expect(insight.period.from <= insight.period.to).toBe(true)
          expect(datesIn(insight).every((date) => date <= input.today)).toBe(true)
        }
      }),
    )
  })

  test('what is logged after today is not looked at, nor a day on which nothing was', () => {
    const values = (_: number, day: number): DayValues => ({ 'bleeding.value': day < 5 ? 2 : 0 })
    const lengths = times(28, 8)
    const known = sampleDiary({ lengths, running: 10, values })
    const later = sampleDiary({ lengths, running: 20, values })
    expect(insights({ ...later, today: known.today })).toEqual(insights(known))
    const next = sampleDiary({ lengths: [...lengths, 28], running: 5, values })
    expect(insights({ ...next, today: addDays(next.today, -5) })).toEqual(
      insights(sampleDiary({ lengths, running: 28, values })),
    )
    const quiet = sampleDiary({ lengths, running: 10 })
    const empty = addDays(quiet.today, -1)
    const days = [...quiet.days, { date: empty, values: {} }]
    expect(insights({ ...quiet, days })).toEqual(insights(quiet))
  })

  test('an empty diary has five classes, none of them known', () => {
    const found = insights({ ...sampleDiary({ lengths: [] }), days: [], cycles: [] })
    expect(found.map(({ reason }) => reason)).toEqual([
      'too-few-cycles',
      'no-period',
      'too-few-cycles',
      'no-period',
      'no-period',
    ])
  })
})
