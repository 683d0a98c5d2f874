import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, civilDate } from '../civil-date.ts'
import { dateOrders, fittingOrders, readWrittenDate, type DateOrder } from './written-date.ts'

describe('readWrittenDate', () => {
  test.each([
    ['2026-03-01', 'year-month-day', '2026-03-01'],
    ['2026/3/1', 'year-month-day', '2026-03-01'],
    ['20260301', 'year-month-day', '2026-03-01'],
    ['2026-03-01T23:30:00.000Z', 'year-month-day', '2026-03-01'],
    ['2026-03-01 07:15', 'year-month-day', '2026-03-01'],
    ['01/03/2026', 'day-month-year', '2026-03-01'],
    ['1.3.2026', 'day-month-year', '2026-03-01'],
    ['3/1/26', 'month-day-year', '2026-03-01'],
    [' 3/1/69, 6:30 PM ', 'month-day-year', '1969-03-01'],
    ['1-3-68', 'day-month-year', '2068-03-01'],
    ['29/02/2024', 'day-month-year', '2024-02-29'],
    ['31.12.1999', 'day-month-year', '1999-12-31'],
  ] as const)('reads %s as %s', (cell, order, date) => {
    expect(readWrittenDate(cell, order)).toBe(date)
  })

  test.each([
    ['29/02/2023', 'day-month-year'],
    ['31/04/2026', 'day-month-year'],
    ['13/01/2026', 'month-day-year'],
    ['01/13/2026', 'day-month-year'],
    ['26-03-01', 'year-month-day'],
    ['2026-03-01', 'day-month-year'],
    ['2026-03/01', 'year-month-day'],
    ['1/3/026', 'day-month-year'],
    ['1/3', 'day-month-year'],
    ['1 March 2026', 'day-month-year'],
    ['2026-00-10', 'year-month-day'],
    ['', 'year-month-day'],
  ] as const)('finds no date in %j as %s', (cell, order) => {
    expect(readWrittenDate(cell, order)).toBeUndefined()
  })

  const date = fc
    .integer({ min: 0, max: 3_652_058 })
    .map((days) => addDays(civilDate('0001-01-01')!, days))

  test('reads every date in the order in which it was written', () => {
    const write: Record<DateOrder, (y: string, m: string, d: string) => string> = {
      'year-month-day': (y, m, d) => `${y}/${m}/${d}`,
      'day-month-year': (y, m, d) => `${Number(d)}/${Number(m)}/${y}`,
      'month-day-year': (y, m, d) => `${m}/${d}/${y}`,
    }
    fc.assert(
      fc.property(date, fc.constantFrom(...dateOrders), (written, order) => {
        const [year = '', month = '', day = ''] = written.split('-')
        expect(readWrittenDate(write[order](year, month, day), order)).toBe(written)
      }),
    )
  })
})

describe('fittingOrders', () => {
  test('finds the one order of dates above the twelfth, and two where none is', () => {
    expect(fittingOrders(['01/02/2026', '', '13/02/2026'])).toEqual(['day-month-year'])
    expect(fittingOrders(['01/02/2026', '02/28/2026'])).toEqual(['month-day-year'])
    expect(fittingOrders(['01/02/2026', '03/04/2026'])).toEqual([
      'day-month-year',
      'month-day-year',
    ])
    expect(fittingOrders(['2026-01-02'])).toEqual(['year-month-day'])
    expect(fittingOrders(['13/02/2026', '02/13/2026'])).toEqual([])
    expect(fittingOrders([' ', ''])).toEqual(dateOrders)
  })
})
