import { describe, expect, test } from 'vitest'
import { addDays, civilDate } from '../civil-date.ts'
import { beforeOvulation, type PastCycle } from './before-ovulation.ts'
import type { Observation, TemperatureFinding } from './reason.ts'
import type { Signs } from './signs.ts'

const start = civilDate('2026-03-01')!
const nothing: Signs = { temperature: [], mucus: [], cervix: [] }
const noShift: TemperatureFinding = { code: 'temperature/no-shift' }

/** Past cycles by the day of their first higher measurement. */
const past = (...days: readonly (number | undefined)[]): PastCycle[] =>
  days.map((day) => (day === undefined ? {} : { firstHigherDay: day }))

const daysAfter = (previous: readonly PastCycle[], signs = nothing) =>
  beforeOvulation(signs, noShift, previous)

const on = (cycleDay: number, quality: number): Observation => ({
  date: addDays(start, cycleDay - 1),
  cycleDay,
  quality,
})

describe('how many days', () => {
  test.each([
    [7, 0],
    [8, 0],
    [9, 1],
    [10, 2],
    [12, 4],
    [13, 5],
    [14, 5],
    [20, 5],
  ])('an earliest first higher measurement on day %i gives %i', (earliest, days) => {
    expect(daysAfter(past(earliest)).days).toBe(days)
    expect(daysAfter(past(25, earliest, 22)).days).toBe(days)
  })

  test.each([
    [7, 0],
    [8, 0],
    [9, 1],
    [13, 5],
    [14, 6],
    [20, 12],
  ])('after 12 cycles day %i gives %i', (earliest, days) => {
    const cycles = past(...Array.from({ length: 11 }, () => 21), earliest)
    expect(daysAfter(cycles).days).toBe(days)
    expect(daysAfter(cycles.slice(1)).days).toBe(Math.min(days, 5))
  })

  test('8 − 8 = 0 is no day, and says so', () => {
    expect(daysAfter(past(20, 8))).toEqual({
      days: 0,
      reasons: [{ code: 'before/minus-eight', days: 0, earliest: 8, cycles: 2 }],
    })
  })

  test('only the last 12 evaluated cycles count', () => {
    const twelve = Array.from({ length: 12 }, () => 20)
    expect(daysAfter(past(9, ...twelve)).days).toBe(12)
    expect(daysAfter(past(...twelve.slice(1), undefined, 20)).days).toBe(12)
    expect(daysAfter(past(9, ...twelve.slice(1))).days).toBe(1)
  })

  test.each([
    ['there was no cycle before', []],
    ['the cycle before had no shift', past(20, 20, undefined)],
  ])('none when %s', (_title, previous) => {
    expect(daysAfter(previous)).toEqual({
      days: 0,
      reasons: [{ code: 'before/no-shift-last-cycle' }],
    })
  })

  test('an earlier cycle without shift does no harm', () => {
    expect(daysAfter(past(20, undefined, 20))).toEqual({
      days: 5,
      reasons: [{ code: 'before/first-five-days', days: 5 }],
    })
  })
})

describe('what ends them sooner', () => {
  test('the first mucus of quality 2', () => {
    const signs = { ...nothing, mucus: [on(1, 0), on(2, 1), on(4, 2), on(5, 4)] }
    expect(daysAfter(past(20), signs)).toEqual({
      days: 3,
      reasons: [
        { code: 'before/first-five-days', days: 5 },
        { code: 'before/fertile-sign', sign: 'mucus', observation: on(4, 2) },
      ],
    })
  })

  test('a cervix that is not closed and hard, and of both the earlier one', () => {
    const signs = { ...nothing, mucus: [on(4, 2)], cervix: [on(1, 0), on(3, 1)] }
    expect(daysAfter(past(20), signs)).toMatchObject({
      days: 2,
      reasons: [{}, { sign: 'cervix', observation: on(3, 1) }],
    })
    expect(daysAfter(past(20), { ...signs, mucus: [on(3, 2)] })).toMatchObject({
      reasons: [{}, { sign: 'mucus' }],
    })
  })

  test('on the first day: no day is left', () => {
    expect(daysAfter(past(20), { ...nothing, mucus: [on(1, 3)] }).days).toBe(0)
  })

  test('a sign after the last allowed day ends nothing', () => {
    const reasons = [{ code: 'before/first-five-days', days: 5 }]
    expect(daysAfter(past(20), { ...nothing, mucus: [on(6, 4)] })).toEqual({ days: 5, reasons })
  })

  test('a rise in temperature ends the longer form', () => {
    const reading = { date: addDays(start, 9), cycleDay: 10, hundredths: 3670 }
    const rising: TemperatureFinding = {
      code: 'temperature/rising',
      coverLine: 3650,
      base: [],
      high: [reading],
    }
    const cycles = past(...Array.from({ length: 12 }, () => 20))
    expect(beforeOvulation(nothing, rising, cycles)).toEqual({
      days: 9,
      reasons: [
        { code: 'before/minus-eight', days: 12, earliest: 20, cycles: 12 },
        { code: 'before/temperature-rise', reading },
      ],
    })
  })
})
