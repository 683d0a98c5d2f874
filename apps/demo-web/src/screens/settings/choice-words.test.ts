import { expect, test } from 'vitest'
import { en } from '../../strings/en.ts'
import { choiceWords } from './choice-words.ts'

const languages = { en: 'English', de: 'Deutsch' }

test.each([
  ['language', 'de', 'Language', 'Deutsch'],
  ['theme', 'dark', 'Light or dark', 'Dark'],
  ['weekStart', 'sunday', 'The week begins with', 'Sunday'],
  ['temperatureUnit', 'fahrenheit', 'Temperature', '°F'],
  ['birthYear', 1990, 'Year of birth', '1990'],
  ['showsFertility', true, 'Show on which days a pregnancy is likely', 'Yes'],
  ['language', 'fr', 'Language', 'fr'],
])('%s %s is said as %s: %s', (name, value, label, said) => {
  expect(choiceWords({ name, value }, en, languages)).toEqual({ name: label, value: said })
})

test('what this app does not know is not said', () => {
  expect(choiceWords({ name: 'other', value: 1 }, en, languages)).toBeUndefined()
})
