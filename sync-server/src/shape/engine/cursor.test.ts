import { expect, test } from 'vitest'
import { nextCursor } from './cursor.ts'

const epoch = Date.UTC(2024, 9, 9)
const at = (seconds: number, previous?: string) =>
  nextCursor({ nowMs: epoch + 1000 * seconds, longPollMs: 20_000, previous, random: () => 0.5 })

test('everyone within an interval gets the same cursor, and the next interval another', () => {
  expect([at(41), at(59), at(60), at(61)]).toEqual(['60', '60', '60', '80'])
})
test('a cursor that would repeat moves on at random instead', () => {
  expect(at(41, '60')).toBe(String(60 + 1 + 1800))
  expect(at(41, '50')).toBe('60')
})
test('what is not a cursor is ignored', () => {
  expect(at(41, 'nonsense')).toBe('60')
})
test('without a whole second to hold there is no interval', () => {
  const source = { nowMs: epoch + 41_000, longPollMs: 999, previous: undefined, random: () => 0 }
  expect(nextCursor(source)).toBe('0')
})
