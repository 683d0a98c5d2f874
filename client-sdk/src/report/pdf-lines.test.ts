import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { linesOf } from './pdf-lines.ts'
import type { Typefaces } from './pdf-typefaces.ts'

/** Every character is 1 wide. */
const typefaces: Typefaces = {
  widthOf: (text) => text.length,
  draw: () => undefined,
  missing: () => 0,
  placeholder: '?',
}
const lines = (text: string, width: number): string[] =>
  linesOf(text, { width, style: { size: 1 } }, typefaces)

describe('lines', () => {
  test.each([
    ['', 10, []],
    ['one two three', 7, ['one two', 'three']],
    ['one two three', 13, ['one two three']],
    ['a\nb\r\nc', 10, ['a', 'b', 'c']],
    ['abcdefgh', 3, ['abc', 'def', 'gh']],
    ['x abcdefgh y', 3, ['x', 'abc', 'def', 'gh', 'y'].slice(0, 3).concat('gh', 'y')],
    ['wide', 0, ['w', 'i', 'd', 'e']],
  ])('of %j at %i', (text, width, expected) => {
    expect(lines(text, width)).toEqual(expected)
  })

  test('lose nothing and fit, unless a single character is too wide', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{1,15}$/), { maxLength: 40 }),
        fc.integer({ min: 1, max: 30 }),
        (words, width) => {
          const all = lines(words.join(' '), width)
          expect(all.join('').replaceAll(' ', '')).toBe(words.join(''))
          for (const line of all) expect(line.length).toBeLessThanOrEqual(width)
        },
      ),
    )
  })

  test('no character that people see as one is broken', () => {
    expect(lines('👩‍👧👩‍👧', 6)).toEqual(['👩‍👧', '👩‍👧'])
  })
})
