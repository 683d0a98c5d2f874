import { expect, test } from 'vitest'
import { beginningAt, beginnings, placeOf } from './beginning.ts'

test('where a diary comes from is found again by its place', () => {
  for (const from of beginnings) expect(beginningAt(placeOf(from) ?? { name: 'day' })).toBe(from)
  expect(beginningAt({ name: 'people' })).toBe('anew')
})
