import { describe, expect, test } from 'vitest'
import { checkDayChange } from '../day-check.ts'
import type { DayValues } from '../field.ts'
import { clueTypeNames, clueVocabulary } from './clue-vocabulary.ts'
import { floIntensities, floVocabulary } from './flo-vocabulary.ts'
import { entryOf, type Vocabulary } from './vocabulary.ts'

const tables: [string, Vocabulary, RegExp][] = [
  ['Clue', clueVocabulary, /^[a-z0-9]+(_[a-z0-9]+)*$/],
  ['Flo', floVocabulary, /^[a-z0-9]+( [a-z0-9]+)*$/],
]

describe.each(tables)('the words of %s', (_, vocabulary, spelling) => {
  const words = Object.values(vocabulary).flatMap((kind) => Object.entries(kind.words))

  test('mean what a day can hold, and nothing odd', () => {
    for (const [word, meaning] of words)
      if (meaning !== 'nowhere')
        expect({ word, ...checkDayChange(meaning) }).toEqual({ word, faults: [], odd: [] })
  })

  test('and their kinds are in the spelling in which they are looked up', () => {
    for (const name of [...Object.keys(vocabulary), ...words.map(([word]) => word)])
      expect(name).toMatch(spelling)
  })
})

test('strengths of bleeding mean what a day can hold', () => {
  const meanings: DayValues[] = Object.values(floIntensities)
  for (const meaning of meanings) expect(checkDayChange(meaning).faults).toEqual([])
})

test('other names of Clue’s types lead to types, and are none themselves', () => {
  for (const [other, name] of Object.entries(clueTypeNames)) {
    expect(Object.hasOwn(clueVocabulary, name)).toBe(true)
    expect(Object.hasOwn(clueVocabulary, other)).toBe(false)
  }
})

test('names that every object has are not in a table', () => {
  for (const name of ['__proto__', 'constructor', 'toString'])
    expect(entryOf(clueVocabulary as Vocabulary, name)).toBeUndefined()
})
