import { describe, expect, test } from 'vitest'
import { readClock, readFlag, readQuantity, readValue } from './cell-value.ts'
import { celsiusOfFahrenheit, kilogramsOfPounds } from './unit.ts'

describe('units', () => {
  test('are converted to the hundredth, half up', () => {
    expect([97.7, 98.6, 98.24, 98.25, 212].map(celsiusOfFahrenheit)).toEqual([
      36.5, 37, 36.8, 36.81, 100,
    ])
    expect([100, 132.3, 1].map(kilogramsOfPounds)).toEqual([45.36, 60.01, 0.45])
  })

  test.each([
    ['temperature.value', '98.6', undefined, 37, 'celsius-from-fahrenheit'],
    ['temperature.value', '98.6', '°F', 37, 'celsius-from-fahrenheit'],
    ['temperature.value', '36,55', undefined, 36.55, undefined],
    ['temperature.value', '36.55 °C', '°F', 36.55, undefined],
    ['temperature.value', '98.6F', undefined, 37, 'celsius-from-fahrenheit'],
    ['temperature.value', '98.6', '°C', 98.6, undefined],
    ['weight.value', '132', undefined, 132, 'kilograms-assumed'],
    ['weight.value', '132', 'lb', 59.87, undefined],
    ['weight.value', '60', 'kg', 60, undefined],
    ['weight.value', '132 lbs', 'kg', 59.87, undefined],
    ['sleep.hours', '7.5 h', undefined, 7.5, undefined],
  ] as const)('%s %s, given %s, is %s', (...[field, cell, unit, value, remark]) => {
    expect(readValue(field, cell, unit)).toEqual({
      values: { [field]: value },
      ...(remark && { remark }),
    })
  })
})

describe('cells', () => {
  test('are read as flags, times and numbers', () => {
    expect(['Yes', ' x ', '1', 'TRUE'].map(readFlag)).toEqual([true, true, true, true])
    expect(['No', '0', 'false'].map(readFlag)).toEqual([false, false, false])
    expect(['6:05', '06:05:59', '6.05 PM', '12:00 a.m.', '12:30pm'].map(readClock)).toEqual([
      '06:05',
      '06:05',
      '18:05',
      '00:00',
      '12:30',
    ])
    expect(readQuantity('-2')).toEqual({ number: -2 })
  })

  test('that are no such thing are read as nothing', () => {
    expect(['maybe', '2', ''].map(readFlag)).toEqual([undefined, undefined, undefined])
    expect(['24:00', '6:60', '13:00 pm', '0:10 am', '6', 'noon'].map(readClock)).toEqual(
      Array.from({ length: 6 }),
    )
    expect(['a lot', '1,000,000', '1e3', '36.5 K', ''].map(readQuantity)).toEqual(
      Array.from({ length: 5 }),
    )
    expect(readValue('mood.sad', 'perhaps')).toEqual({})
    expect(readValue('bleeding.value', 'heavy')).toEqual({})
  })
})
