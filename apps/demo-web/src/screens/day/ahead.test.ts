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
