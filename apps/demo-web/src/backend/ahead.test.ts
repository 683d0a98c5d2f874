import { expect, test } from 'vitest'
import { shownValues, withChange, withoutChange, withoutSettled, withStored } from './ahead.ts'

const cramps = { 'pain.cramps': true } as const
const noCramps = { 'pain.cramps': null } as const

test('a change shows before it is stored, and a removal too', () => {
  expect(shownValues({}, withChange({}, cramps))).toEqual(cramps)
  expect(shownValues(cramps, withChange({}, noCramps))).toEqual({})
})

test('a stored change goes on showing until the day that was read has it', () => {
  const stored = withStored(withChange({}, cramps), cramps)
  expect(withoutSettled(stored, {})).toBe(stored)
  expect(shownValues({}, withoutSettled(stored, {}))).toEqual(cramps)
  expect(withoutSettled(stored, cramps)).toEqual({})
})

test('an older reading that happens to say the same settles nothing that is not stored', () => {
  const undone = withChange(withChange({}, cramps), noCramps)
  expect(withoutSettled(undone, {})).toBe(undone)
})

test('storing the first of two changes of a field leaves the second ahead', () => {
  const both = withChange(withChange({}, { 'temperature.value': 36.5 }), {
    'temperature.value': 37,
  })
  const first = { 'temperature.value': 36.5 }
  expect(withoutSettled(withStored(both, first), first)).toEqual(both)
  expect(withoutChange(both, first)).toBe(both)
})

test('a change that could not be stored shows no longer', () => {
  expect(shownValues({}, withoutChange(withChange({}, cramps), cramps))).toEqual({})
})

test('words that were read anew are the words that were written', () => {
  const words = { 'symptom.tags': ['cold feet', 'tired'] } as const
  const stored = withStored(withChange({}, words), words)
  expect(withoutSettled(stored, { 'symptom.tags': ['cold feet'] })).toBe(stored)
  expect(withoutSettled(stored, { 'symptom.tags': ['cold feet', 'tired'] })).toEqual({})
})

test('an object settles whatever the order of its names, and not with one name more', () => {
  const hours = { quietHours: { from: '22:00', to: '07:00' } }
  const stored = withStored(withChange({}, hours), hours)
  expect(withoutSettled(stored, { quietHours: { to: '07:00', from: '22:00' } })).toEqual({})
  const more = { quietHours: { from: '22:00', to: '07:00', days: [] } }
  expect(withoutSettled(stored, more)).toBe(stored)
})
