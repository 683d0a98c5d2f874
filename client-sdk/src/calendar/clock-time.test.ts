import { expect, test } from 'vitest'
import { isClockTime } from './clock-time.ts'

test('a wall-clock time has one form', () => {
  expect(['00:00', '23:59', '07:05'].every(isClockTime)).toBe(true)
  expect(['24:00', '7:05', '07:60', '07:05:00', '', 705, undefined].some(isClockTime)).toBe(false)
})
