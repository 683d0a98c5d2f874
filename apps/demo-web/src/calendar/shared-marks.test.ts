import { addDays, type CivilDate } from '@selene/client-sdk/calendar'
import { describe, expect, test } from 'vitest'
import { sharedMarks, tellingPeriods } from './shared-marks.ts'

const from = '2026-03-10' as CivilDate
/** A period that is expected within so many days, `ahead` days later. */
const within = (days: number, ahead = 0) => ({
  from: addDays(from, ahead),
  expected: addDays(from, ahead + 1),
  to: addDays(from, ahead + days),
})

describe('what somebody else expects', () => {
  test('is likeliest on its day, possible around it; ovulation stands before it', () => {
    expect([...sharedMarks([{ ...within(3), ovulation: addDays(from, -13) }])]).toEqual([
      ['2026-03-10', { bleeding: 1 }],
      ['2026-03-11', { bleeding: 3 }],
      ['2026-03-12', { bleeding: 1 }],
      ['2026-03-13', { bleeding: 1 }],
      ['2026-02-25', { fertile: 2 }],
    ])
    expect(sharedMarks([]).size).toBe(0)
  })

  test('is told until dates have spread out, three periods at most', () => {
    const periods = [within(3), within(6, 28), within(22, 56), within(3, 84)]
    expect(tellingPeriods(periods)).toEqual(periods.slice(0, 2))
    const close = [0, 28, 56, 84].map((ahead) => within(4, ahead))
    expect(tellingPeriods(close)).toEqual(close.slice(0, 3))
  })

  test('of another device may be anything: a time without end, or backwards, says nothing', () => {
    const endless = { ...within(3), to: '9999-12-31' as CivilDate }
    const backwards = { ...within(3), to: addDays(from, -1) }
    for (const odd of [endless, backwards]) expect(sharedMarks([odd]).size).toBe(0)
  })
})
