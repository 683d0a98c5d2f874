import { expect, test } from 'vitest'
import { repeatedOf, type Insertion } from './insertions.ts'

const piece = (clock: number, length = 1, more: Partial<Insertion> = {}): Insertion => ({
  document: 'month/2026-03',
  client: 7,
  clock,
  length,
  ...more,
})

test('what follows, and what another client or document has under the same number, is no repetition', () => {
  const once = [
    piece(3, 2),
    piece(0, 3),
    piece(0, 3, { client: 8 }),
    piece(0, 3, { document: 'x' }),
  ]
  expect(repeatedOf(once)).toEqual([])
})

test('the same pieces again are one, whole or in part', () => {
  expect(repeatedOf([piece(0, 3), piece(3), piece(3)])).toEqual([piece(3)])
  expect(repeatedOf([piece(2, 2), piece(0, 3)])).toEqual([piece(2, 2)])
  expect(repeatedOf([piece(0, 5), piece(1), piece(3)])).toEqual([piece(1), piece(3)])
})
