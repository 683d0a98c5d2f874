import { describe, expect, test } from 'vitest'
import { civilDate } from '../civil-date.ts'
import { calendarMethods, calendarWindow } from './calendar-methods.ts'

describe('Standard Days', () => {
  test.each([[[28]], [[26, 32, 29]], [[40, ...Array.from({ length: 12 }, () => 30)]]])(
    'days 8 to 19 for %o',
    (lengths) => {
      expect(calendarMethods(lengths).standardDays).toEqual({
        notContraception: true,
        applies: true,
        first: 8,
        last: 19,
      })
    },
  )

  test('not for a cycle shorter than 26 or longer than 32 days', () => {
    expect(calendarMethods([28, 25, 30, 33, 28]).standardDays).toEqual({
      notContraception: true,
      applies: false,
      because: { code: 'lengths-outside', lengths: [25, 33] },
    })
  })

  test('not without any cycle', () => {
    expect(calendarMethods([]).standardDays).toMatchObject({
      applies: false,
      because: { code: 'too-few-cycles', needed: 1, known: 0 },
    })
  })
})

describe('the calendar rhythm', () => {
  test('27 to 31 days: days 9 to 20', () => {
    expect(calendarMethods([29, 27, 28, 31, 30, 29]).rhythm).toEqual({
      notContraception: true,
      applies: true,
      first: 9,
      last: 20,
    })
  })

  test('needs six cycles', () => {
    expect(calendarMethods([29, 27, 28, 31, 30]).rhythm).toEqual({
      notContraception: true,
      applies: false,
      because: { code: 'too-few-cycles', needed: 6, known: 5 },
    })
  })

  test('looks at the last twelve, and begins on day 1 at the earliest', () => {
    const twelve = Array.from({ length: 12 }, () => 30)
    expect(calendarMethods([21, ...twelve]).rhythm).toMatchObject({ first: 12, last: 19 })
    expect(calendarMethods([21, ...twelve.slice(1)]).rhythm).toMatchObject({ first: 3, last: 19 })
    expect(calendarMethods([15, ...twelve.slice(1)]).rhythm).toMatchObject({ first: 1, last: 19 })
  })
})

describe('the window by the calendar', () => {
  test.each([
    [{ start: '2026-03-10', length: 28, luteal: 14 }, '2026-03-18', '2026-03-23', '2026-04-07'],
    [{ start: '2026-06-01', length: 30, luteal: 14 }, '2026-06-11', '2026-06-16', '2026-07-01'],
    [{ start: '2026-03-10', length: 28, luteal: 13.5 }, '2026-03-18', '2026-03-23', '2026-04-07'],
    [{ start: '2028-02-20', length: 28, luteal: 14 }, '2028-02-28', '2028-03-04', '2028-03-19'],
    [{ start: '2026-12-20', length: 28, luteal: 14 }, '2026-12-28', '2027-01-02', '2027-01-17'],
  ])('of %o', (cycle, first, ovulation, next) => {
    expect(calendarWindow({ ...cycle, start: civilDate(cycle.start)! })).toEqual({
      notContraception: true,
      first,
      ovulation,
      next,
    })
  })

  test('is none where the luteal length leaves no day for ovulation', () => {
    const start = civilDate('2026-03-10')!
    expect(calendarWindow({ start, length: 14, luteal: 14 })).toBeUndefined()
    expect(calendarWindow({ start, length: 15, luteal: 14 })).toMatchObject({ ovulation: start })
  })
})
