import { expect, test } from 'vitest'
import { en } from '../../strings/en.ts'
import { dayWords } from './day-words.ts'

const wording = { text: en, locale: 'en-GB', units: {} }

test('a day of somebody else is said in words, notes apart', () => {
  expect(
    dayWords(
      {
        'bleeding.value': 3,
        'bleeding.note': 'clots',
        'bleeding.exclude': false,
        'temperature.value': 36.6,
        'temperature.time': '06:30',
        'mucus.feeling': 3,
        'mucus.value': 4,
        'pain.cramps': true,
        'symptom.tags': ['cold feet', 'tired'],
        'sleep.hours': 7.5,
        'cycle.start': true,
        'note.value': 'a long day',
      },
      wording,
    ),
  ).toEqual({
    logged: [
      'Bleeding: Heavy',
      'Temperature: 36.6 °C (06:30)',
      'Feels: Slippery',
      'Mucus: Quality of mucus: 4',
      'Pain: Cramps',
      'Symptoms in your own words: cold feet, tired',
      'Hours slept: 7.5 h',
      'A cycle begins here',
    ],
    notes: ['a long day', 'clots'],
  })
})

test('in the units of who reads it', () => {
  const units = { temperatureUnit: 'fahrenheit' } as const
  expect(dayWords({ 'temperature.value': 37 }, { ...wording, units }).logged).toEqual([
    'Temperature: 98.6 °F',
  ])
})
