import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, civilDate, daysBetween } from '../civil-date.ts'
import { cyclesFromDays } from '../cycle.ts'
import type { DayValues } from '../field.ts'
import type { LoggedDay } from '../logged-day.ts'
import { evaluateCycles } from './evaluate-cycles.ts'
import { observedOvulations } from './observed-ovulations.ts'
import { ovulation } from './ovulation.ts'
import { symptothermal } from './symptothermal.ts'

const start = civilDate('2026-03-01')!

interface Cycle {
  readonly length?: number
  /** Cycle days of the first higher measurement, of the mucus peak, and of positive tests. */
  readonly rise?: number
  readonly peak?: number
  readonly tests?: readonly number[]
}

const cycleDays = ({ length = 28, rise, peak, tests = [] }: Cycle, first = start): LoggedDay[] =>
  Array.from({ length }, (_, i) => {
    const day = i + 1
    const values: DayValues = {
      ...(day <= 4 && { 'bleeding.value': 2 }),
      ...(rise !== undefined && { 'temperature.value': day < rise ? 36.4 : 36.7 }),
      ...(peak !== undefined && { 'mucus.value': day === peak ? 4 : 1 }),
      ...(tests.length > 0 && { 'ovulationTest.result': tests.includes(day) ? 2 : 0 }),
    }
    return { date: addDays(first, i), values }
  })

function estimate(cycle: Cycle) {
  const days = cycleDays(cycle)
  const end = days.at(-1)!.date
  const found = ovulation(symptothermal({ start, end, days, previous: [] }), days)
  if (!found) return undefined
  const [day, earliest, latest] = [found.date, found.earliest, found.latest].map(
    (date) => daysBetween(start, date) + 1,
  )
  return { by: found.by, day, earliest, latest, signs: found.signs.map(({ by }) => by) }
}

describe('one cycle', () => {
  test('temperature alone: the day before the first higher measurement', () => {
    expect(estimate({ rise: 16 })).toEqual({
      by: 'temperature',
      day: 15,
      earliest: 13,
      latest: 17,
      signs: ['temperature'],
    })
  })

  test('mucus alone: the peak day', () => {
    expect(estimate({ peak: 14 })).toEqual({
      by: 'mucus',
      day: 14,
      earliest: 12,
      latest: 16,
      signs: ['mucus'],
    })
  })

  test('a test alone: the day after the first of the positive ones', () => {
    const expected = { by: 'test', day: 15, earliest: 14, latest: 16, signs: ['test'] }
    expect(estimate({ tests: [14] })).toEqual(expected)
    expect(estimate({ tests: [14, 15] })).toEqual(expected)
  })

  test('nothing complete, nothing estimated', () => {
    expect(estimate({})).toBeUndefined()
    expect(estimate({ rise: 27, peak: 27 })).toBeUndefined()
  })

  test('the temperature goes before the mucus; signs that agree narrow the interval', () => {
    expect(estimate({ rise: 16, peak: 14 })).toMatchObject({ by: 'temperature', day: 15 })
    expect(estimate({ rise: 16, peak: 14 })).toMatchObject({ earliest: 13, latest: 16 })
    // A peak that is four days off neither decides nor narrows.
    expect(estimate({ rise: 16, peak: 11 })).toMatchObject({ day: 15, earliest: 13, latest: 17 })
  })

  test('the test decides where the temperature bears it out', () => {
    const signs = ['test', 'temperature', 'mucus']
    expect(estimate({ rise: 17, peak: 14, tests: [14] })).toEqual({
      by: 'test',
      day: 15,
      earliest: 14,
      latest: 16,
      signs,
    })
  })

  test('a surge that came to nothing does not stand against the temperature', () => {
    expect(estimate({ rise: 20, tests: [12] })).toMatchObject({ by: 'temperature', day: 19 })
    expect(estimate({ rise: 20, tests: [12, 13, 18] })).toMatchObject({ by: 'test', day: 19 })
    expect(estimate({ rise: 20, tests: [18, 19, 23] })).toMatchObject({ by: 'test', day: 19 })
    expect(estimate({ rise: 20, tests: [23] })).toMatchObject({ by: 'temperature', day: 19 })
  })

  test('of several surges without temperature the last counts', () => {
    expect(estimate({ tests: [10, 11, 17, 18] })).toMatchObject({ by: 'test', day: 18 })
  })

  test('the interval does not reach back before the cycle', () => {
    expect(estimate({ peak: 1 })).toMatchObject({ day: 1, earliest: 1 })
  })
})

describe('a history', () => {
  const history = (cycles: readonly Cycle[]): LoggedDay[] => {
    let first = start
    return cycles.flatMap((cycle) => {
      const days = cycleDays(cycle, first)
      first = addDays(first, days.length)
      return days
    })
  }
  const observe = (days: readonly LoggedDay[]) =>
    observedOvulations(cyclesFromDays(days).cycles, days)

  test('gives the luteal length of each finished cycle', () => {
    const days = history([
      { rise: 16 },
      { length: 30 },
      { length: 31, peak: 17 },
      { rise: 15, length: 20 },
    ])
    expect(observe(days)).toMatchObject([
      { cycleStart: start, cycleDay: 15, by: 'temperature', lutealLength: 13 },
      { cycleStart: addDays(start, 58), cycleDay: 17, by: 'mucus', lutealLength: 14 },
      { cycleStart: addDays(start, 89), cycleDay: 14, by: 'temperature' },
    ])
    expect(observe(days)[2]).not.toHaveProperty('lutealLength')
    for (const one of observe(days)) expect(one.notContraception).toBe(true)
  })

  test('an excluded cycle has an ovulation and no luteal length', () => {
    const days = history([{ rise: 16 }, { rise: 16 }]).map((day, i) =>
      i === 10 ? { ...day, values: { ...day.values, 'cycle.exclude': true } } : day,
    )
    const [first] = observe(days)
    expect(first).toMatchObject({ cycleStart: start, cycleDay: 15 })
    expect(first).not.toHaveProperty('lutealLength')
  })

  test('a surge on the last day of a finished cycle is no ovulation', () => {
    expect(observe(history([{ tests: [28] }, {}]))).toEqual([])
    expect(observe(history([{ tests: [27] }, {}]))).toEqual([])
    expect(observe(history([{ tests: [26] }, {}]))).toMatchObject([{ lutealLength: 1 }])
  })

  test('the shift of one cycle opens the days before ovulation of the next', () => {
    const days = history([{ rise: 16 }, { rise: 12 }, {}, { rise: 16 }])
    const { cycles } = cyclesFromDays(days)
    expect(evaluateCycles(cycles, days).map(({ before }) => before.days)).toEqual([0, 5, 4, 0])
  })

  test('an excluded cycle opens nothing', () => {
    const days = history([{ rise: 16 }, { rise: 16 }]).map((day, i) =>
      i === 10 ? { ...day, values: { ...day.values, 'cycle.exclude': true } } : day,
    )
    const { cycles } = cyclesFromDays(days)
    expect(evaluateCycles(cycles, days).map(({ before }) => before.days)).toEqual([0, 0])
  })

  test('the running cycle is judged through the last logged day, or the day asked for', () => {
    const days = history([{ rise: 16 }, { rise: 16, length: 10 }])
    const { cycles } = cyclesFromDays(days)
    const second = addDays(start, 28)
    expect(evaluateCycles(cycles, days)[1]!.end).toBe(addDays(second, 9))
    const through = (date: typeof start) => evaluateCycles(cycles, days, { through: date })
    expect(through(addDays(second, 12))[1]!.end).toBe(addDays(second, 12))
    expect(through(addDays(second, -3)).map(({ end }) => end)).toEqual([addDays(start, 27), second])
  })

  test('she may choose the cervix for all cycles', () => {
    const days = history([{ rise: 16, peak: 15 }, {}])
    const { cycles } = cyclesFromDays(days)
    const [first] = evaluateCycles(cycles, days, { secondarySign: 'cervix' })
    expect(first).toMatchObject({ secondarySign: 'cervix', mucus: { code: 'sign/peak' } })
    expect(first).not.toHaveProperty('after')
  })

  test('no days, no cycles, no ovulations', () => {
    expect(observe([])).toEqual([])
    expect(evaluateCycles([], [])).toEqual([])
  })

  const flag = fc.boolean()
  const values: fc.Arbitrary<DayValues> = fc.record(
    {
      'temperature.value': fc
        .integer({ min: 3600, max: 3760 })
        .map((hundredths) => hundredths / 100),
      'temperature.exclude': fc.constant(false),
      'bleeding.value': fc.integer({ min: 0, max: 3 }),
      'bleeding.exclude': flag,
      'mucus.feeling': fc.integer({ min: 0, max: 3 }),
      'mucus.texture': fc.integer({ min: 0, max: 2 }),
      'mucus.value': fc.integer({ min: 0, max: 4 }),
      'mucus.exclude': flag,
      'cervix.opening': fc.integer({ min: 0, max: 2 }),
      'cervix.firmness': fc.integer({ min: 0, max: 1 }),
      'cervix.position': fc.integer({ min: 0, max: 2 }),
      'cervix.exclude': flag,
      'ovulationTest.result': fc.integer({ min: 0, max: 2 }),
      'cycle.start': flag,
      'cycle.exclude': flag,
    },
    { requiredKeys: [] },
  )
  const anyDays = fc
    .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 150 }), values), { selector: ([at]) => at })
    .map((days) => days.map(([at, values]) => ({ date: addDays(start, at), values })))

  test('any days, in any order: no failure, dates in their cycles, intervals around the date', () => {
    fc.assert(
      fc.property(anyDays, (days) => {
        const { cycles } = cyclesFromDays(days)
        const evaluations = evaluateCycles(cycles, days)
        expect(evaluations).toHaveLength(cycles.length)
        for (const [i, { start, end, phases }] of evaluations.entries()) {
          expect(start).toBe(cycles[i]!.start)
          for (const date of JSON.stringify(phases).match(/\d{4}-\d\d-\d\d/g) ?? [])
            expect(start <= date && date <= end).toBe(true)
        }
        const observed = observedOvulations(cycles, days)
        expect(observedOvulations(cycles, days.toReversed())).toEqual(observed)
        for (const { earliest, date, latest, cycleStart } of observed)
          expect([cycleStart, earliest, date, latest].toSorted()).toEqual([
            cycleStart,
            earliest,
            date,
            latest,
          ])
      }),
      { numRuns: 200 },
    )
  })
})
