import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { celsiusOfFahrenheit } from '../interchange/unit.ts'
import { toHundredths, toNearestTwentieth } from './temperature.ts'

describe('hundredths of a degree', () => {
  test.each([
    [36.5, 3650],
    [36.57, 3657],
    [36.574, 3657],
    [36.575, 3658],
    [36.5749, 3657],
    [36.585, 3659],
    [36.005, 3601],
    [35, 3500],
  ])('%d °C is %i, half rounded up', (celsius, hundredths) => {
    expect(toHundredths(celsius)).toBe(hundredths)
  })

  test('every value with two decimals is itself, every half goes up', () => {
    for (let hundredths = 3000; hundredths <= 4500; hundredths += 1) {
      expect(toHundredths(hundredths / 100)).toBe(hundredths)
      expect(toHundredths(hundredths / 100 + 0.005)).toBe(hundredths + 1)
    }
  })

  test.each([
    [97.7, 3650],
    [97.9, 3661],
    [98.1, 3672],
    [98.6, 3700],
  ])('%d °F is %i', (fahrenheit, hundredths) => {
    expect(toHundredths(celsiusOfFahrenheit(fahrenheit))).toBe(hundredths)
  })

  test('all °F readings with two decimals convert as exact fractions do', () => {
    fc.assert(
      fc.property(fc.integer({ min: 9500, max: 10_200 }), (hundredths) => {
        const exact = Math.floor(((hundredths - 3200) * 10 + 9) / 18)
        expect(toHundredths(celsiusOfFahrenheit(hundredths / 100))).toBe(exact)
      }),
    )
  })
})

describe('the nearest 0.05', () => {
  test.each([
    [3655, 3655],
    [3656, 3655],
    [3657, 3655],
    [3658, 3660],
    [3659, 3660],
    [3660, 3660],
    [3662, 3660],
    [3663, 3665],
  ])('%i is %i', (hundredths, rounded) => {
    expect(toNearestTwentieth(hundredths)).toBe(rounded)
  })

  test('is never further than 0.02 away, and leaves itself as it is', () => {
    for (let hundredths = 3000; hundredths <= 4500; hundredths += 1) {
      const rounded = toNearestTwentieth(hundredths)
      expect(Math.abs(rounded - hundredths)).toBeLessThanOrEqual(2)
      expect(rounded % 5).toBe(0)
      expect(toNearestTwentieth(rounded)).toBe(rounded)
    }
  })
})
