import { describe, expect, test } from 'vitest'
import type { DayValues } from '../calendar/field.ts'
import {
  bleedingWords,
  cervixWords,
  mucusWords,
  noteWords,
  otherWords,
  ovulationTestWords,
  symptomWords,
  temperatureWords,
} from './day-wording.ts'
import { englishReport as words } from './english.ts'
import { germanReport } from './german.ts'

test.each<[string, (values: DayValues, w: typeof words) => string, DayValues, string]>([
  ['bleeding', bleedingWords, { 'bleeding.value': 3 }, 'heavy'],
  ['spotting', bleedingWords, { 'bleeding.value': 0 }, 'spotting'],
  [
    'bleeding left out',
    bleedingWords,
    { 'bleeding.value': 1, 'bleeding.exclude': true },
    'light, left out',
  ],
  ['temperature', temperatureWords, { 'temperature.value': 36.5 }, '36.50'],
  [
    'temperature left out',
    temperatureWords,
    { 'temperature.value': 38, 'temperature.exclude': true },
    '(38.00)',
  ],
  ['mucus', mucusWords, { 'mucus.feeling': 1, 'mucus.texture': 2 }, 'S+'],
  ['dry mucus', mucusWords, { 'mucus.feeling': 0 }, 't'],
  ['cervix', cervixWords, { 'cervix.opening': 0, 'cervix.position': 2 }, 'closed, high'],
  ['cervix left out', cervixWords, { 'cervix.opening': 0, 'cervix.exclude': true }, ''],
  ['ovulation test', ovulationTestWords, { 'ovulationTest.result': 0 }, 'low'],
  [
    'symptoms',
    symptomWords,
    { 'mood.sad': true, 'pain.cramps': true, 'pain.strength': 3, 'symptom.tags': ['dizzy'] },
    'Cramps, Sad, pain severe, dizzy',
  ],
  ['a symptom that was unticked', symptomWords, { 'pain.cramps': false }, ''],
  ['cycle', otherWords, { 'cycle.exclude': true }, 'Cycle is not counted'],
  ['medication', otherWords, { 'medication.taken': ['A', 'B'] }, 'Medication: A, B'],
  ['nothing', otherWords, {}, ''],
])('%s', (_, tell, values, text) => {
  expect(tell(values, words)).toBe(text)
})

test('notes are told with what they are about; those on sex are not', () => {
  expect(
    noteWords({ 'note.value': 'a', 'pain.note': 'b', 'sex.note': 'c', 'mood.note': ' ' }, words),
  ).toEqual([
    { about: 'Note', text: 'a' },
    { about: 'On pain', text: 'b' },
  ])
})

describe('languages', () => {
  function shapeOf(texts: object): unknown {
    return Object.fromEntries(
      Object.entries(texts).map(([key, value]: [string, unknown]) => {
        if (typeof value === 'string') return [key, value.match(/\{\w+\}/g)?.toSorted() ?? []]
        if (Array.isArray(value)) return [key, value.length]
        return [key, shapeOf(value as object)]
      }),
    )
  }

  test('German has every text of English, with the same places to fill', () => {
    expect(shapeOf(germanReport)).toEqual(shapeOf(words))
  })
})
