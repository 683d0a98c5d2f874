import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, civilDate, daysBetween, type CivilDate } from '../civil-date.ts'
import type { Cycle } from '../cycle.ts'
import type { Episode } from '../episode.ts'
import type { CycleForecast, PredictionInput, StartForecast } from './forecast.ts'
import { predict } from './predict.ts'
import { referencePriors } from './priors.ts'

const date = (text: string): CivilDate => civilDate(text)!

/** Cycles of these lengths from a day on, and the one that is running after them. */
function cyclesFrom(first: CivilDate, lengths: readonly number[], bleedingDays = 5): Cycle[] {
  let start = first
  const over = lengths.map((length) => {
    const cycle = { start, length, bleedingDays }
    start = addDays(start, length)
    return cycle
  })
  return [...over, { start, bleedingDays }]
}

function forecastOf(input: PredictionInput): CycleForecast {
  const forecast = predict(input)
  if (forecast.kind !== 'forecast') throw new Error(`no forecast but ${forecast.kind}`)
  return forecast
}

/** A forecast on the day `elapsed` days after the last start. */
function forecastAfter(
  lengths: readonly number[],
  elapsed: number,
  more: Partial<PredictionInput> = {},
): CycleForecast {
  const cycles = cyclesFrom(date('2025-01-01'), lengths)
  return forecastOf({ cycles, today: addDays(cycles.at(-1)!.start, elapsed), ...more })
}

const startsOf = ({ next, later }: CycleForecast): readonly StartForecast[] => [next, ...later]
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)
const widthOf = ({ p10, p90 }: StartForecast): number => daysBetween(p10, p90)

function deviationOf({ probabilities }: StartForecast): number {
  const mean = sum(probabilities.map((p, i) => p * i))
  return Math.sqrt(sum(probabilities.map((p, i) => p * (i - mean) ** 2)))
}

const anyHistory = fc.record({
  first: fc.integer({ min: 0, max: 60_000 }).map((days) => addDays(date('1900-01-01'), days)),
  lengths: fc.array(fc.integer({ min: 12, max: 99 }), { maxLength: 15 }),
  elapsed: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 500 })),
  ovulationDays: fc.array(fc.integer({ min: 5, max: 40 }), { maxLength: 16 }),
  cyclesAhead: fc.integer({ min: 1, max: 8 }),
})

type History = typeof anyHistory extends fc.Arbitrary<infer T> ? T : never

function inputOf({ first, lengths, elapsed, ovulationDays, cyclesAhead }: History) {
  const cycles = cyclesFrom(first, lengths)
  const ovulations = ovulationDays.flatMap((day, i) =>
    cycles[i] ? [{ cycleStart: cycles[i].start, date: addDays(cycles[i].start, day) }] : [],
  )
  const today = addDays(cycles.at(-1)!.start, elapsed)
  return { cycles, ovulations, today, cyclesAhead }
}

describe('any forecast', () => {
  test('is made of distributions, in order, and none of it lies before today', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const input = inputOf(history)
        const forecast = forecastOf(input)
        expect(startsOf(forecast)).toHaveLength(input.cyclesAhead)
        for (const start of startsOf(forecast)) {
          expect(Math.abs(sum(start.probabilities) - 1)).toBeLessThan(1e-9)
          expect(Math.min(...start.probabilities)).toBeGreaterThanOrEqual(0)
          const days = [input.today, start.from, start.p10, start.p50, start.p90]
          expect(days.toSorted()).toEqual(days)
          expect(start.meanDays).toBeGreaterThanOrEqual(0)
          if (start.ovulation) {
            expect(start.ovulation >= input.today).toBe(true)
            expect(start.ovulation < start.p90).toBe(true)
          }
        }
      }),
      { numRuns: 60 },
    )
  })

  test('says each day once, from today to the middle of the last start', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const input = inputOf(history)
        const { days, ...forecast } = forecastOf(input)
        days.forEach((day, i) => {
          expect(day.date).toBe(addDays(input.today, i))
          for (const chance of [day.bleeding, day.fertile]) {
            expect(chance).toBeGreaterThanOrEqual(0)
            expect(chance).toBeLessThanOrEqual(1)
          }
        })
        expect(days.at(-1)!.date).toBe((forecast.later.at(-1) ?? forecast.next).p50)
      }),
      { numRuns: 40 },
    )
  })

  test('is less certain with each cycle further ahead', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const deviations = startsOf(forecastOf(inputOf(history))).map(deviationOf)
        for (let i = 1; i < deviations.length; i++)
          expect(deviations[i]).toBeGreaterThan(deviations[i - 1]!)
      }),
      { numRuns: 60 },
    )
  })

  test('moves with all dates, over ends of months and years and leap days', () => {
    fc.assert(
      fc.property(anyHistory, fc.integer({ min: -800, max: 20_000 }), (history, days) => {
        const here = forecastOf(inputOf(history))
        const there = forecastOf(inputOf({ ...history, first: addDays(history.first, days) }))
        expect(there).toEqual(moved(here, days))
      }),
      { numRuns: 40 },
    )
  })

  test('does not depend on the order of what it is given', () => {
    fc.assert(
      fc.property(anyHistory, fc.integer({ min: 0, max: 15 }), (history, at) => {
        const input = inputOf(history)
        const turned = <T>(list: readonly T[]) =>
          [...list.slice(at), ...list.slice(0, at)].toReversed()
        const other = {
          ...input,
          cycles: turned(input.cycles),
          ovulations: turned(input.ovulations),
        }
        expect(predict(other)).toEqual(predict(input))
      }),
      { numRuns: 30 },
    )
  })
})

/** The same with every date so many days later. */
function moved(value: unknown, days: number): unknown {
  if (typeof value === 'string') {
    const isDate = civilDate(value)
    return isDate ? addDays(isDate, days) : value
  }
  if (Array.isArray(value)) return value.map((item) => moved(item, days))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, moved(item, days)]))
}

describe('the next start', () => {
  test('is that of the reference with its priors', () => {
    const { next, skipped } = forecastAfter([24, 38, 29, 45, 31, 27], 28, {
      priors: referencePriors,
    })
    // No bleeding through day 28: the golden vectors say a mean of 34.8051, p50 33 and p90 41.
    const none = forecastAfter([24, 38, 29, 45, 31, 27], 29, { priors: referencePriors }).next
    expect(29 + none.meanDays).toBeCloseTo(34.8051, 2)
    expect(none.p50).toBe(addDays(date('2025-01-01'), 194 + 33))
    expect(none.p90).toBe(addDays(date('2025-01-01'), 194 + 41))
    expect(next.from).toBe(addDays(date('2025-01-01'), 194 + 28))
    expect(skipped[3]!.probability).toBeCloseTo(0.1221, 4)
  })

  test('is foreseen from a single start', () => {
    const { next, cycleDay, skipped, overdue } = forecastAfter([], 4)
    expect(cycleDay).toBe(5)
    expect(skipped).toEqual([])
    expect(overdue).toMatchObject({ days: 0, asks: false })
    expect(daysBetween(date('2025-01-01'), next.p50)).toBe(29)
    expect(widthOf(next)).toBeGreaterThan(8)
  })

  test('may be today, and is not told for yesterday', () => {
    const { next } = forecastAfter([28, 28, 28, 28, 28, 28], 28)
    expect(next.from).toBe(addDays(date('2025-01-01'), 7 * 28))
    expect(next.probabilities[0]).toBeGreaterThan(0.3)
  })

  test('knows more by an ovulation that was seen', () => {
    const cycles = cyclesFrom(date('2025-01-01'), [28, 28, 29, 28, 27, 28])
    const running = cycles.at(-1)!.start
    const late = { cycleStart: running, date: addDays(running, 18) }
    const { next, days } = forecastOf({ cycles, today: addDays(running, 20), ovulations: [late] })
    expect(daysBetween(running, next.p50)).toBe(32)
    expect(next.ovulation).toBeUndefined()
    expect(Math.max(...days.slice(0, 7).map(({ fertile }) => fertile))).toBeLessThan(0.01)
  })

  test('is later for a person who ovulates late, by her own luteal length', () => {
    const lengths = [30, 30, 30, 30]
    const cycles = cyclesFrom(date('2025-01-01'), lengths)
    const today = addDays(cycles.at(-1)!.start, 3)
    const seen = cycles
      .slice(0, -1)
      .map(({ start }) => ({ cycleStart: start, date: addDays(start, 19) }))
    const plain = forecastOf({ cycles, today }).next
    const known = forecastOf({ cycles, today, ovulations: seen }).next
    expect(known.p50).toBe(plain.p50)
    expect(daysBetween(plain.ovulation!, known.ovulation!)).toBeGreaterThan(1)
  })

  test('uses no cycle that does not count', () => {
    const cycles = cyclesFrom(date('2025-01-01'), [28, 28, 90, 28, 29])
    const marked = cycles.map((cycle) =>
      cycle.length === 90 ? { ...cycle, notCounted: 'marked' as const } : cycle,
    )
    const today = addDays(cycles.at(-1)!.start, 3)
    const { skipped, next } = forecastOf({ cycles: marked, today })
    expect(skipped.map(({ start }) => start)).not.toContain(cycles[2]!.start)
    expect(skipped).toHaveLength(4)
    expect(next).toEqual(
      forecastOf({
        cycles: cyclesFrom(addDays(cycles.at(-1)!.start, -113), [28, 28, 28, 29]),
        today,
      }).next,
    )
  })

  test('believes her where she says that no start is missing, and of no other cycle', () => {
    const cycles = cyclesFrom(date('2025-01-01'), [28, 56, 28, 57, 28])
    const today = addDays(cycles.at(-1)!.start, 3)
    const said = cycles.map((cycle, i) =>
      i === 1 ? { ...cycle, nothingMissed: true as const } : cycle,
    )
    const before = forecastOf({ cycles, today })
    const after = forecastOf({ cycles: said, today })
    expect(before.skipped[1]!.probability).toBeGreaterThan(0.5)
    expect(after.skipped).toEqual(
      before.skipped.map((log, i) => (i === 1 ? { ...log, probability: 0 } : log)),
    )
  })

  test('leaves out cycles that begin after today', () => {
    const cycles = cyclesFrom(date('2025-01-01'), [28, 28, 28])
    const forecast = forecastOf({ cycles, today: addDays(cycles[2]!.start, 10) })
    expect(forecast.cycleStart).toBe(cycles[2]!.start)
    expect(forecast.cycleDay).toBe(11)
  })
})

describe('an overdue start', () => {
  const regular = [28, 28, 29, 28, 27, 28]

  test('moves on while it is likelier late than missed', () => {
    const { overdue, next } = forecastAfter(regular, 30)
    expect(overdue.days).toBe(2)
    expect(overdue.asks).toBe(false)
    expect(next.meanDays).toBeGreaterThan(0)
  })

  test('is asked about once it is likelier not logged, and then the date stays', () => {
    const dates = [36, 38, 40, 42, 44].map((elapsed) => {
      const { overdue, next } = forecastAfter(regular, elapsed)
      expect(overdue.asks).toBe(true)
      expect(overdue.unlogged).toBeGreaterThan(0.9)
      return next.p50
    })
    expect(new Set(dates).size).toBe(1)
  })

  test('after a silence of years is anywhere within a cycle from today', () => {
    const { overdue, next, days } = forecastAfter(regular, 1500)
    expect(overdue).toMatchObject({ days: 1472, unlogged: 1, asks: true })
    expect(next.meanDays).toBeGreaterThan(12)
    expect(next.meanDays).toBeLessThan(16)
    expect(Math.max(...days.map(({ fertile }) => fertile))).toBeLessThan(0.3)
  })

  test('of her body comes though it may not be logged', () => {
    const forgetful = [28, 56, 28, 57, 28, 84, 29, 56]
    const { days } = forecastAfter(forgetful, 7)
    // She misses one in three, but bleeds on day 28 all the same.
    expect(Math.max(...days.slice(20, 26).map(({ bleeding }) => bleeding))).toBeGreaterThan(0.8)
    expect(Math.max(...days.slice(3, 12).map(({ fertile }) => fertile))).toBeGreaterThan(0.8)
  })
})

describe('bleeding', () => {
  test('that goes on is foreseen to end as hers do', () => {
    const cycles = cyclesFrom(date('2025-01-01'), [28, 28, 28, 28, 28, 28], 6)
    const running = { ...cycles.at(-1)!, bleedingDays: 2 }
    const input = { cycles: [...cycles.slice(0, -1), running], today: addDays(running.start, 2) }
    const { days } = forecastOf(input)
    expect(days[0]!.bleeding).toBeGreaterThan(0.95)
    expect(days[3]!.bleeding).toBeGreaterThan(0.7)
    expect(days[4]!.bleeding).toBeLessThan(0.1)
    const ended = forecastOf({ ...input, today: addDays(running.start, 4) })
    expect(ended.days[0]!.bleeding).toBeLessThan(0.01)
  })

  test('adds up to her usual days in each cycle', () => {
    const { days, next } = forecastAfter([28, 28, 28, 28, 28, 28], 10)
    const around = days.filter(({ date }) => Math.abs(daysBetween(next.p50, date)) <= 12)
    expect(sum(around.map(({ bleeding }) => bleeding))).toBeCloseTo(5, 0)
    expect(sum(days.slice(0, 18).map(({ fertile }) => fertile))).toBeLessThan(6)
  })
})

describe('episodes', () => {
  const cycles = cyclesFrom(date('2025-06-01'), [28, 29, 28])
  const today = date('2025-09-20')
  const during = (kind: Episode['kind'], from: string, to?: string) =>
    predict({
      cycles,
      today,
      episodes: [{ kind, from: date(from), ...(to !== undefined && { to: date(to) }) }],
    })

  test('a pregnancy pauses, and has an estimated day of birth', () => {
    expect(during('pregnancy', '2025-09-01')).toEqual({
      kind: 'paused',
      episode: { kind: 'pregnancy', from: '2025-09-01' },
      estimatedDueDate: '2026-06-01',
    })
  })

  test.each(['breastfeeding', 'hormonal-contraception'] as const)('%s pauses', (kind) => {
    expect(during(kind, '2025-09-01')).toEqual({
      kind: 'paused',
      episode: { kind, from: '2025-09-01' },
    })
  })

  test('after one that is over, the first start is waited for', () => {
    expect(during('hormonal-contraception', '2025-09-01', '2025-09-10')).toEqual({
      kind: 'none',
      reason: 'interrupted',
    })
    expect(during('hormonal-contraception', '2025-06-10', '2025-08-20').kind).toBe('forecast')
  })

  test('perimenopause widens', () => {
    const plain = forecastOf({ cycles, today })
    const wider = during('perimenopause', '2025-01-01')
    expect(widthOf((wider as CycleForecast).next)).toBeGreaterThan(widthOf(plain.next))
  })

  test('without any cycle there is nothing to go by', () => {
    expect(predict({ cycles: [], today })).toEqual({ kind: 'none', reason: 'no-cycle' })
    expect(predict({ cycles, today: date('2025-05-31') })).toEqual({
      kind: 'none',
      reason: 'no-cycle',
    })
  })
})

describe('how far', () => {
  test('fourteen starts reach over a year', () => {
    const { later, days } = forecastAfter([28, 28, 29], 3, { cyclesAhead: 14 })
    expect(later).toHaveLength(13)
    expect(days.length).toBeGreaterThan(365)
  })

  test.each([0, 1.5, 27, Number.NaN])('%f cycles are no number to ask for', (cyclesAhead) => {
    expect(() => forecastAfter([28], 3, { cyclesAhead })).toThrow(TypeError)
  })
})
