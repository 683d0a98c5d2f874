import {
  cyclesFromDays,
  type CivilDate,
  type Cycle,
  type DayValues,
  type LoggedDay,
} from '@selene/client-sdk/calendar'
import { describe, expect, test } from 'vitest'
import { dayOfWord, isVouchedFor } from './her-word.ts'

const date = (text: string) => text as CivilDate
const today = date('2026-11-28')
const running: Cycle = { start: date('2026-09-20'), bleedingDays: 5 }
const past: Cycle = { start: date('2026-07-01'), length: 81, bleedingDays: 5 }
const day = (on: string, values: DayValues): LoggedDay => ({ date: date(on), values })
const no: DayValues = { 'cycle.start': false }

test('her word is written on the last day that is over', () => {
  expect(dayOfWord(running, today)).toBe('2026-11-27')
  expect(dayOfWord(past, today)).toBe('2026-09-19')
})

test('what is written there is found again', () => {
  expect(isVouchedFor(running, [day(dayOfWord(running, today), no)], today)).toBe(true)
  const bleeding = [past.start, running.start].map((on) => day(on, { 'bleeding.value': 2 }))
  const { cycles } = cyclesFromDays([...bleeding, day(dayOfWord(past, today), no)])
  expect(cycles.map(({ nothingMissed }) => nothingMissed)).toEqual([true, undefined])
})

describe('it does not stand for the cycle that runs', () => {
  test.each([
    ['for another cycle', day('2026-09-19', no)],
    ['for ever', day('2026-10-01', no)],
    ['when a proposal was refused', day('2026-11-27', { ...no, 'bleeding.value': 2 })],
    ['when a cycle begins there', day('2026-11-27', { 'cycle.start': true })],
  ] as const)('%s', (_, logged) => {
    expect(isVouchedFor(running, [logged], today)).toBe(false)
  })
})
