import { describe, expect, test } from 'vitest'
import { civilDate } from '../calendar/civil-date.ts'
import { englishCharts } from './english.ts'
import { germanCharts } from './german.ts'
import { counted, dateText, decimal, fill, percent } from './wording.ts'

test('a template is filled by name; a name that is not given stays', () => {
  expect(fill('{a} of {b} and {c}', { a: 1, b: 'two' })).toBe('1 of two and {c}')
})

test.each([
  { value: 28, digits: 1, least: 0, english: '28', german: '28' },
  { value: 28.5, digits: 1, least: 0, english: '28.5', german: '28,5' },
  { value: 28.04, digits: 1, least: 0, english: '28', german: '28' },
  { value: 36.4, digits: 2, least: 2, english: '36.40', german: '36,40' },
  { value: 100, digits: 0, least: 0, english: '100', german: '100' },
])('$value with $digits digits', ({ value, digits, least, english, german }) => {
  expect(decimal(value, englishCharts, digits, least)).toBe(english)
  expect(decimal(value, germanCharts, digits, least)).toBe(german)
})

test('a count takes the form of its language', () => {
  expect([0, 1, 2].map((n) => counted(n, englishCharts.days, englishCharts))).toEqual([
    '0 days',
    '1 day',
    '2 days',
  ])
  const polish = { one: '{n} dzień', few: '{n} dni', other: '{n} dnia' }
  expect(counted(3, polish, { ...englishCharts, language: 'pl' })).toBe('3 dni')
})

test('dates and shares are written as people write them', () => {
  const date = civilDate('2026-03-01')!
  expect(dateText(date, englishCharts)).toBe('1 Mar 2026')
  expect(dateText(date, germanCharts)).toBe('1. Mär 2026')
  expect(percent(0.125, englishCharts)).toBe('13%')
  expect(percent(0.125, germanCharts)).toBe('13 %')
})

describe('languages', () => {
  /** Templates with the names that they are filled with. */
  function shapeOf(words: object): unknown {
    return Object.fromEntries(
      Object.entries(words).map(([key, value]: [string, unknown]) => {
        if (typeof value === 'string') return [key, value.match(/\{\w+\}/g)?.toSorted() ?? []]
        if (Array.isArray(value)) return [key, value.length]
        return [key, shapeOf(value as object)]
      }),
    )
  }

  test('German has every text of English, with the same places to fill', () => {
    expect(shapeOf(germanCharts)).toEqual(shapeOf(englishCharts))
  })

  test('both say on fertile days that it is no contraception', () => {
    expect(englishCharts.notContraception).toContain('not contraception')
    expect(germanCharts.notContraception).toContain('kein Mittel zur Verhütung')
  })
})
