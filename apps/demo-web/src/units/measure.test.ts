import { faultOf, fields } from '@selene/client-sdk/calendar'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { limitsOf, measureOf } from './measure.ts'

const celsius = measureOf('temperature.value', {})
const fahrenheit = measureOf('temperature.value', { temperatureUnit: 'fahrenheit' })
const kilograms = measureOf('weight.value', {})
const pounds = measureOf('weight.value', { weightUnit: 'lb' })

const hundredths = (min: number, max: number) =>
  fc.integer({ min: min * 100, max: max * 100 }).map((value) => value / 100)

describe('temperature', () => {
  test.each([
    [98.24, 36.8],
    [97.7, 36.5],
    [98.6, 37],
    [86, 30],
    [113, 45],
    // Two decimals of °C would make 98.26 °F of it.
    [98.25, 36.806],
  ])('%d °F is kept as %d °C and shown as it was typed', (shown, stored) => {
    expect(fahrenheit.toStored(shown)).toBe(stored)
    expect(fahrenheit.toShown(stored)).toBe(shown)
  })

  test('each hundredth of °F that can be typed comes back', () => {
    fc.assert(
      fc.property(hundredths(86, 113), (shown) => {
        expect(fahrenheit.toShown(fahrenheit.toStored(shown))).toBe(shown)
      }),
    )
  })

  test('each hundredth of °C survives being shown in °F', () => {
    fc.assert(
      fc.property(hundredths(30, 45), (stored) => {
        expect(fahrenheit.toStored(fahrenheit.toShown(stored))).toBe(stored)
        expect(celsius.toStored(celsius.toShown(stored))).toBe(stored)
      }),
    )
  })

  test('it is °C until she chooses', () => {
    expect(celsius.unit).toBe('°C')
    expect(measureOf('temperature.value', { temperatureUnit: 'celsius' }).unit).toBe('°C')
    expect(fahrenheit.unit).toBe('°F')
  })
})

describe('weight', () => {
  test.each([
    [100, 45.36],
    [132.3, 60.01],
    [150.06, 68.066],
  ])('%d lb is kept as %d kg', (shown, stored) => {
    expect(pounds.toStored(shown)).toBe(stored)
    expect(pounds.toShown(stored)).toBe(shown)
  })

  test('each hundredth of a pound comes back, and each of a kilogram', () => {
    fc.assert(
      fc.property(hundredths(45, 881), (shown) => {
        expect(pounds.toShown(pounds.toStored(shown))).toBe(shown)
      }),
    )
    fc.assert(
      fc.property(hundredths(20, 400), (stored) => {
        expect(pounds.toStored(pounds.toShown(stored))).toBe(stored)
        expect(kilograms.toStored(kilograms.toShown(stored))).toBe(stored)
      }),
    )
  })
})

describe('limits', () => {
  test.each([
    ['temperature.value', celsius, { min: 30, max: 45, usual: [35, 38.5] }],
    ['temperature.value', fahrenheit, { min: 86, max: 113, usual: [95, 101.3] }],
    ['weight.value', pounds, { min: 44.1, max: 881.8, usual: [77.2, 396.8] }],
    ['sleep.hours', measureOf('sleep.hours', {}), { min: 0, max: 24, usual: [3, 14] }],
  ] as const)('of %s in %o', (field, measure, limits) => {
    expect(limitsOf(field, measure)).toEqual(limits)
  })

  test.each(['temperature.value', 'weight.value', 'sleep.hours'] as const)(
    'what is said to be possible for %s is accepted by the diary',
    (field) => {
      for (const units of [{}, { temperatureUnit: 'fahrenheit', weightUnit: 'lb' }] as const) {
        const measure = measureOf(field, units)
        const { min, max } = limitsOf(field, measure)
        expect(faultOf(field, measure.toStored(min))).toBeUndefined()
        expect(faultOf(field, measure.toStored(max))).toBeUndefined()
        expect(fields[field].kind).toBe('decimal')
      }
    },
  )
})
