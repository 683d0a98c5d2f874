import { addDays, type CivilDate } from '@selene/client-sdk/calendar'
import { expect, test } from 'vitest'
import { sharedMarks } from './shared-marks.ts'

const from = '2026-03-10' as CivilDate

test('an expected period is likeliest on its day, possible around it; ovulation stands before it', () => {
  const period = { from, expected: addDays(from, 1), to: addDays(from, 3) }
  expect([...sharedMarks([{ ...period, ovulation: addDays(from, -13) }])]).toEqual([
    ['2026-03-10', { bleeding: 1 }],
    ['2026-03-11', { bleeding: 3 }],
    ['2026-03-12', { bleeding: 1 }],
    ['2026-03-13', { bleeding: 1 }],
    ['2026-02-25', { fertile: 2 }],
  ])
  expect(sharedMarks([]).size).toBe(0)
})

test('a time without end is marked for two months at most', () => {
  const period = { from, expected: from, to: '9999-12-31' as CivilDate }
  expect(sharedMarks([period]).size).toBe(62)
})
