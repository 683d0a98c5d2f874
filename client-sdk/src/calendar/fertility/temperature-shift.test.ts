import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, civilDate } from '../civil-date.ts'
import type { Reading } from './reason.ts'
import { toHundredths, toNearestTwentieth } from './temperature.ts'
import { temperatureShift } from './temperature-shift.ts'

const vectors = JSON.parse(readFileSync(new URL('vectors.json', import.meta.url), 'utf8')) as {
  temperature: {
    temps: number[]
    expect: { rule: number; ltl: number; fhm_index: number; done_index: number } | null
  }[]
}

const start = civilDate('2026-01-20')!

/** Readings of consecutive days from the first of the cycle; a gap is `undefined`. */
const readings = (...celsius: readonly (number | undefined)[]): Reading[] =>
  celsius.flatMap((value, i) =>
    value === undefined
      ? []
      : [
          {
            date: addDays(start, i),
            cycleDay: i + 1,
            hundredths: toNearestTwentieth(toHundredths(value)),
          },
        ],
  )

const shiftOf = (...celsius: readonly (number | undefined)[]) =>
  temperatureShift(readings(...celsius), celsius.length)

const lows = [36.4, 36.45, 36.4, 36.5, 36.4, 36.45]
const _ = undefined

/** The shift as the vectors have it, `null` when there is none. */
function summary(found: ReturnType<typeof temperatureShift>) {
  if (found.code !== 'temperature/shift') return null
  return {
    rule: found.rule,
    ltl: found.coverLine / 100,
    fhm_index: found.high[0]!.cycleDay - 1,
    done_index: found.high.at(-1)!.cycleDay - 1,
  }
}

describe('known answers', () => {
  test.each(vectors.temperature.map((vector, index) => ({ index, ...vector })))(
    'temperature vector $index',
    ({ temps, expect: expected }) => {
      expect(summary(shiftOf(...temps))).toEqual(expected)
    },
  )
})

describe('each rule at its edge', () => {
  test.each([
    ['rule 0 needs the third 0.20 above the line', [36.55, 36.55, 36.7], 0, 9],
    ['rule 1 takes a fourth that is above it', [36.55, 36.55, 36.65, 36.55], 1, 10],
    ['rule 2 leaves out a second on the line', [36.55, 36.5, 36.55, 36.7], 2, 10],
    ['rule 2 leaves out a third below the line', [36.55, 36.6, 36.3, 36.7], 2, 10],
  ] as const)('%s', (_title, high, rule, day) => {
    expect(shiftOf(...lows, ...high)).toMatchObject({
      code: 'temperature/shift',
      rule,
      coverLine: 3650,
    })
    expect(shiftOf(...lows, ...high)).toHaveProperty('high.length', day - 6)
  })

  test.each([
    ['a fourth on the line is no rule 1', [36.55, 36.55, 36.65, 36.5]],
    ['a fourth 0.15 above the line is no rule 2', [36.55, 36.5, 36.55, 36.65]],
    ['two on the line are no shift, whatever the fourth', [36.55, 36.5, 36.5, 36.9]],
    ['the exceptions are not combined', [36.55, 36.5, 36.6, 36.65, 36.6]],
  ] as const)('%s', (_title, high) => {
    expect(shiftOf(...lows, ...high, 36.4, 36.4, 36.4)).toEqual({ code: 'temperature/no-shift' })
  })

  test('the first valid shift wins over a later and clearer one', () => {
    const temps = [...lows, 36.55, 36.55, 36.7, 36.4, 36.4, 36.4, 36.9, 37, 37.1]
    expect(summary(shiftOf(...temps))).toMatchObject({ fhm_index: 6, done_index: 8 })
  })

  test('carries the six readings below and the high ones', () => {
    const all = readings(36.9, ...lows, 36.55, 36.6, 36.7, 36.8)
    expect(temperatureShift(all, 11)).toEqual({
      code: 'temperature/shift',
      rule: 0,
      coverLine: 3650,
      base: all.slice(1, 7),
      high: all.slice(7, 10),
    })
  })
})

describe('missing readings are said, not guessed', () => {
  test('six readings or fewer are too few', () => {
    expect(shiftOf().code).toBe('temperature/too-few-readings')
    const found = shiftOf(...lows)
    expect(found).toEqual({ code: 'temperature/too-few-readings', readings: readings(...lows) })
    expect(shiftOf(...lows, 36.4).code).toBe('temperature/no-shift')
  })

  test('three days may be missing among the nine before the rise, not four', () => {
    const rise = [36.6, 36.7, 36.8]
    const [a, b, c, d, e, f] = lows
    expect(shiftOf(a, _, b, _, c, _, d, e, f, ...rise).code).toBe('temperature/shift')
    expect(shiftOf(a, b, c, d, e, f, _, _, _, ...rise).code).toBe('temperature/shift')
    expect(shiftOf(a, _, b, _, c, _, d, _, e, f, ...rise).code).toBe('temperature/base-too-spread')
    expect(shiftOf(a, b, c, d, e, f, _, _, _, _, ...rise).code).toBe('temperature/base-too-spread')
  })

  test.each([
    ['second', [36.6, _, 36.7, 36.8, 36.8], 1],
    ['third', [36.6, 36.7, _, 36.8, 36.8], 2],
    ['fourth, when it is asked for', [36.6, 36.65, 36.65, _, 36.65], 3],
  ] as const)('the %s high reading must not be missing', (_title, high, at) => {
    expect(shiftOf(...lows, ...high)).toMatchObject({
      code: 'temperature/day-missing',
      missing: addDays(start, 6 + at),
    })
  })

  test('a fourth that is not asked for may be missing', () => {
    expect(shiftOf(...lows, 36.6, 36.7, 36.8, _, 36.8).code).toBe('temperature/shift')
  })

  test('a plateau that rises on after a missing day is no later shift', () => {
    const found = shiftOf(...lows, 36.6, _, 36.7, 36.8, 36.95, 37)
    expect(found).toMatchObject({
      code: 'temperature/day-missing',
      missing: addDays(start, 7),
      high: [{ cycleDay: 7 }],
    })
  })

  test('once the temperature has fallen back, a later shift is found', () => {
    const found = shiftOf(...lows, 36.6, _, 36.5, 36.4, 36.4, 36.45, 36.65, 36.7, 36.85)
    expect(summary(found)).toMatchObject({ fhm_index: 12, done_index: 14 })
  })

  test('a rise at the end is under way: today and tomorrow may still be logged', () => {
    const rising = { code: 'temperature/rising', coverLine: 3650 }
    expect(shiftOf(...lows, 36.6)).toMatchObject(rising)
    expect(shiftOf(...lows, 36.6, 36.7)).toMatchObject(rising)
    expect(shiftOf(...lows, 36.6, 36.65, 36.65)).toMatchObject(rising)
    expect(shiftOf(...lows, 36.6, _)).toMatchObject(rising)
    expect(shiftOf(...lows, 36.6, _, _).code).toBe('temperature/day-missing')
  })
})

describe('laws', () => {
  const phase = (min: number, max: number, maxLength: number) =>
    fc.array(
      fc.option(
        fc.integer({ min, max }).map((hundredths) => hundredths / 100),
        { nil: _, freq: 15 },
      ),
      { minLength: 4, maxLength },
    )
  const temps = fc
    .tuple(phase(3635, 3655, 20), phase(3650, 3690, 16))
    .map(([low, high]) => [...low, ...high])

  test('what comes after a complete shift changes nothing about it', () => {
    fc.assert(
      fc.property(temps, temps, (before, after) => {
        const found = shiftOf(...before)
        fc.pre(found.code === 'temperature/shift')
        expect(shiftOf(...before, ...after)).toEqual(found)
      }),
    )
  })

  test('a shift has six readings within nine days below its line, and days in a row above', () => {
    fc.assert(
      fc.property(temps, (values) => {
        const found = shiftOf(...values)
        fc.pre(found.code === 'temperature/shift')
        const [first] = found.high
        expect(found.base).toHaveLength(6)
        expect(first!.cycleDay - found.base[0]!.cycleDay).toBeLessThanOrEqual(9)
        expect(Math.max(...found.base.map(({ hundredths }) => hundredths))).toBe(found.coverLine)
        expect(first!.hundredths).toBeGreaterThan(found.coverLine)
        expect(found.high).toHaveLength(found.rule === 0 ? 3 : 4)
        for (const [i, { cycleDay }] of found.high.entries())
          expect(cycleDay).toBe(first!.cycleDay + i)
      }),
    )
  })

  test('a chart that is warmer all over by 0.05 °C gives the same shift', () => {
    fc.assert(
      fc.property(temps, (values) => {
        const found = summary(shiftOf(...values))
        const warmer = summary(
          temperatureShift(
            readings(...values).map((one) => ({ ...one, hundredths: one.hundredths + 5 })),
            values.length,
          ),
        )
        expect(warmer && { ...warmer, ltl: 0 }).toEqual(found && { ...found, ltl: 0 })
      }),
    )
  })
})
