import { expect, test } from 'vitest'
import { findDifference } from './difference.ts'

test('a difference is found where it is, and only if there is one', () => {
  const days = [{ date: '2026-03-01', pain: [1, 2] }, { date: '2026-03-02' }]
  expect(findDifference(days, structuredClone(days))).toBeUndefined()
  expect(findDifference(days, [{ ...days[0], pain: [1, 3] }, days[1]])).toBe(
    'at /0/pain/1 2, not 3',
  )
  expect(findDifference(days, [days[0]])).toBe('at /1 {"date":"2026-03-02"}, not nothing')
  expect(findDifference([], {})).toBe('at / [], not {}')
})
