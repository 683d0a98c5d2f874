import { describe, expect, test } from 'vitest'
import { addDays, civilDate } from '../civil-date.ts'
import type { DayValues } from '../field.ts'
import { createGathering } from './gathering.ts'

const date = civilDate('2026-03-01')!
const where = { date, place: { index: 7 } }

/** What several places of a file come to that speak of one day. */
function gathered(...all: DayValues[]) {
  const gathering = createGathering()
  for (const values of all) gathering.add(where, values)
  return gathering.finish('clue-json')
}
const valuesOf = (...all: DayValues[]) => gathered(...all).days[0]?.values

describe('one day in several places', () => {
  test('sets a flag, keeps the greatest number and the last measure', () => {
    const { days, remarks } = gathered(
      { 'bleeding.value': 0, 'mood.sad': false, 'temperature.value': 36.5 },
      { 'bleeding.value': 2, 'mood.sad': true, 'temperature.value': 36.6 },
      { 'bleeding.value': 1, 'mood.sad': false, 'temperature.value': 36.6 },
    )
    expect(days).toEqual([
      { date, values: { 'bleeding.value': 2, 'mood.sad': true, 'temperature.value': 36.6 } },
    ])
    expect(remarks.map(({ code, count }) => [code, count])).toEqual([
      ['greatest-kept', 4],
      ['latest-kept', 1],
    ])
  })

  test('joins notes line by line, each once, and blank ones not at all', () => {
    expect(
      valuesOf(
        { 'note.value': 'a' },
        { 'note.value': 'b' },
        { 'note.value': 'a' },
        { 'note.value': ' ' },
      ),
    ).toEqual({ 'note.value': 'a\nb' })
  })

  test('makes a set of tags, in order', () => {
    expect(valuesOf({ 'symptom.tags': ['b', 'a'] }, { 'symptom.tags': ['c', 'a'] })).toEqual({
      'symptom.tags': ['a', 'b', 'c'],
    })
  })
})

describe('what has no place', () => {
  test('is a fault when it cannot be, and the rest of the day stays', () => {
    expect(gathered({ 'temperature.value': 99.25, 'mood.sad': true })).toMatchObject({
      days: [{ date, values: { 'mood.sad': true } }],
      faults: [{ index: 7, code: 'impossible-value', field: 'temperature.value' }],
    })
  })

  test('is a fault when the note of the day is full', () => {
    const long = 'x'.repeat(9_999)
    const { days, faults } = gathered({ 'note.value': long }, { 'note.value': 'yz' })
    expect(days[0]!.values).toEqual({ 'note.value': long })
    expect(faults).toHaveLength(1)
  })

  test('a day of which nothing is left is no day', () => {
    expect(gathered({ 'bleeding.value': 9 }).days).toEqual([])
  })
})

describe('foreign words', () => {
  const words = (...all: string[]) => {
    const gathering = createGathering()
    for (const word of all) gathering.addWord(where, 'symptom.tags', word)
    return gathering.finish('clue-json')
  }

  test('become tags: on one line, trimmed, without the sign that parts them', () => {
    expect(words(' hot\nflash ', 'a|b', 'x\0y', 'z\uD800', ' ').days[0]!.values).toEqual({
      'symptom.tags': ['a/b', 'hot flash', 'x y', 'z\uFFFD'],
    })
  })

  test('too long for a tag, or one too many, go into the note', () => {
    const long = 'long '.repeat(20).trim()
    const many = Array.from({ length: 31 }, (_, i) => `t${String(i).padStart(2, '0')}`)
    const { days, remarks, faults } = words(long, ...many)
    expect(days[0]!.values).toEqual({
      'symptom.tags': many.slice(0, 30),
      'note.value': `${long}\nt30`,
    })
    expect(remarks).toMatchObject([{ code: 'word-in-note', count: 2 }])
    expect(faults).toEqual([])
  })

  test('that even the note cannot hold are a fault', () => {
    expect(words('x'.repeat(10_001))).toMatchObject({
      days: [],
      faults: [{ index: 7, code: 'impossible-value', field: 'note.value' }],
    })
  })
})

describe('bounds', () => {
  test('a hundred thousand words for one day end in its note', () => {
    const gathering = createGathering()
    for (let i = 0; i < 100_000; i += 1) gathering.addWord(where, 'symptom.tags', `word ${i}`)
    const { days, faults } = gathering.finish('clue-json')
    expect(days[0]!.values['symptom.tags']).toHaveLength(30)
    expect(days[0]!.values['note.value']!.length).toBeLessThanOrEqual(10_000)
    expect(faults).toHaveLength(10_001)
  })

  test('days beyond a thousand years are left out and said so once', () => {
    const gathering = createGathering()
    const first = civilDate('0001-01-01')!
    for (let i = 0; i < 366_010; i += 1)
      gathering.add({ date: addDays(first, i), place: {} }, { 'mood.sad': true })
    const { days, faults } = gathering.finish('flo-json')
    expect(days).toHaveLength(366_000)
    expect(faults).toEqual([{ code: 'too-many-days', most: 366_000 }])
  })

  test('days come in the order of their dates', () => {
    const gathering = createGathering()
    for (const day of ['2026-03-02', '2025-12-31', '2026-01-01'])
      gathering.add({ date: civilDate(day)!, place: {} }, { 'mood.sad': true })
    expect(gathering.finish('flo-json').days.map((day) => day.date)).toEqual([
      '2025-12-31',
      '2026-01-01',
      '2026-03-02',
    ])
  })
})

test('unknown names are counted, cut short, and beyond two hundred counted together', () => {
  const gathering = createGathering()
  for (let i = 0; i < 250; i += 1) gathering.unknown(`name ${i}`, 2)
  gathering.unknown('name 3')
  gathering.unknown('empty', 0)
  const { unknown } = gathering.finish('clue-json')
  expect(unknown).toHaveLength(201)
  expect(unknown[3]).toEqual({ name: 'name 3', count: 3 })
  expect(unknown[200]).toEqual({ name: '…', count: 100 })
  const other = createGathering()
  other.unknown(`😀${'x'.repeat(100)}\n`)
  expect(other.finish('clue-json').unknown).toEqual([{ name: `😀${'x'.repeat(57)}…`, count: 1 }])
})
