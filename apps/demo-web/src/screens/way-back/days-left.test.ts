import { expect, test } from 'vitest'
import { daysLeft } from './days-left.ts'

const day = 86_400_000

test.each([
  [7 * day, 7],
  [7 * day - 1, 7],
  [6 * day, 6],
  [1, 1],
  [0, 0],
  [-day, 0],
])('%i ms ahead are %i days', (ahead, days) => {
  expect(daysLeft(1_000 + ahead, 1_000)).toBe(days)
})
