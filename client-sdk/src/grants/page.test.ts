import { grantScopes, limits, pad, utf8, type GrantScope } from '@selene/shapes'
import { describe, expect, test } from 'vitest'
import { addDays, fieldNames, type CivilDate, type Forecast } from '../calendar/index.ts'
import { isGranted, readPage, writePage } from './page.ts'

const day = '2026-03-10' as CivilDate
const none: Forecast = { kind: 'none', reason: 'no-cycle' }
const start = {
  from: day,
  probabilities: [1],
  p10: addDays(day, 1),
  p50: addDays(day, 2),
  p90: addDays(day, 3),
  meanDays: 2,
  ovulation: addDays(day, -12),
}
const forecast = { kind: 'forecast', next: start, later: [start] } as unknown as Forecast
const values = {
  'bleeding.value': 2,
  'bleeding.note': 'clots',
  'pain.cramps': true,
  'temperature.value': 36.6,
  'note.value': 'secret',
  'sex.partner': true,
  'sex.note': 'very secret',
  'weight.value': 60,
} as const
const all = Object.keys(grantScopes) as GrantScope[]
const shown = (scope: readonly GrantScope[], given: Forecast = none) =>
  readPage(writePage({ days: [{ date: day, values }], forecast: given }, scope), scope)

describe('C130 a page', () => {
  test.each([
    [['periods'], { 'bleeding.value': 2 }],
    [['symptoms'], { 'pain.cramps': true }],
    [['fertility'], { 'temperature.value': 36.6 }],
    [['notes'], { 'note.value': 'secret' }],
    [
      ['periods', 'notes'],
      { 'bleeding.value': 2, 'bleeding.note': 'clots', 'note.value': 'secret' },
    ],
  ] as const)('of %o has nothing else', (scope, expected) => {
    expect(shown(scope)).toEqual({ days: [{ date: day, values: expected }], forecast: [] })
  })

  test('of everything has no sex, desire, weight, medication and pregnancy test', () => {
    const hidden = fieldNames.filter((field) => !isGranted(field, all))
    const families = new Set(hidden.map((field) => field.split('.')[0]))
    expect(families).toEqual(new Set(['desire', 'medication', 'pregnancyTest', 'sex', 'weight']))
    expect(JSON.stringify(shown(all))).not.toContain('very')
  })

  test('has the forecast only where it is granted, ovulation only with fertility', () => {
    const { p10: from, p50: expected, p90: to, ovulation } = start
    expect(shown(['periods'], forecast)?.forecast).toEqual([])
    expect(shown(['forecast'], forecast)).toEqual({
      days: [],
      forecast: [
        { from, expected, to },
        { from, expected, to },
      ],
    })
    expect(shown(['forecast', 'fertility'], forecast)?.forecast[0]).toEqual({
      from,
      expected,
      to,
      ovulation,
    })
  })

  test('leaves out the oldest days where there are more than fit', () => {
    const note = 'x'.repeat(3_000)
    const days = Array.from({ length: 60 }, (_, i) => ({
      date: addDays(day, i),
      values: { 'note.value': note },
    }))
    const content = writePage({ days, forecast: none }, ['notes'])
    expect(pad(content).length + 72).toBeLessThanOrEqual(limits.pageBytes)
    const kept = readPage(content, ['notes'])!.days
    expect(kept.length).toBeGreaterThan(30)
    expect(kept.at(-1)!.date).toBe(days.at(-1)!.date)
    expect(kept).toEqual(days.slice(-kept.length))
  })

  test('of somebody else shows only what can be and what was granted', () => {
    const content = (body: object) => utf8(JSON.stringify(body))
    const odd = { 'bleeding.value': 9, 'sex.partner': true, 'note.value': 'x', other: 1 }
    const page = { version: 1, forecast: [], days: [{ date: day, values: odd }] }
    expect(readPage(content(page), ['periods'])?.days).toEqual([{ date: day, values: {} }])
    const expected = { from: day, expected: day, to: day }
    expect(readPage(content({ ...page, forecast: [expected] }), ['periods'])?.forecast).toEqual([])
    for (const broken of [
      { ...page, version: 2 },
      { ...page, days: [{ date: '2026-02-30', values: {} }] },
      { ...page, forecast: [{ ...expected, to: 'soon' }] },
      [],
    ])
      expect(readPage(content(broken), ['periods'])).toBeUndefined()
    expect(readPage(utf8('{'), ['periods'])).toBeUndefined()
  })
})
