import type { Day } from '@selene/client-sdk'
import type { CivilDate } from '@selene/client-sdk/calendar'
import { expect, test } from 'vitest'
import { recentFrom, recentWords } from './recent-words.ts'

const today = '2026-03-10' as CivilDate

const dayWith = (date: string, ...words: string[]): Day => ({
  date: date as CivilDate,
  values: { 'symptom.tags': words },
})

const wordsOf = (...days: Day[]): readonly string[] => recentWords(days, 'symptom.tags', today)

test('words come by how often, then by how lately, then by letter', () => {
  expect(
    wordsOf(
      dayWith('2026-03-01', 'cold feet', 'itch'),
      dayWith('2026-03-02', 'dizzy', 'itch'),
      dayWith('2026-03-03', 'ache', 'bloated'),
    ),
  ).toEqual(['itch', 'ache', 'bloated', 'dizzy', 'cold feet'])
})

test('the order in which days are given says nothing', () => {
  const days = [dayWith('2026-03-05', 'late'), dayWith('2026-03-01', 'early')]
  expect(wordsOf(...days)).toEqual(wordsOf(...days.toReversed()))
})

test('the day itself is not counted, so that nothing moves while she taps', () => {
  expect(wordsOf(dayWith(today, 'itch'), dayWith('2026-03-01', 'dizzy'))).toEqual(['dizzy'])
})

test('words of the other field are not offered, and no more than twelve are', () => {
  const many = dayWith('2026-03-01', ...Array.from({ length: 20 }, (_, i) => `word ${i}`))
  expect(wordsOf(many)).toHaveLength(12)
  expect(recentWords([many], 'medication.taken', today)).toEqual([])
})

test('the words of ninety days are offered, and on the first of all days none', () => {
  expect(recentFrom('2026-03-31' as CivilDate)).toBe('2025-12-31')
  expect(recentFrom('0001-01-01' as CivilDate)).toBe('0001-01-01')
})
