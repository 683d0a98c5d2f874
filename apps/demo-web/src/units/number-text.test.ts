import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { numberText, readNumber } from './number-text.ts'

describe('a number that is read', () => {
  test.each([
    ['36.55', 36.55],
    ['36,55', 36.55],
    [' 7 ', 7],
    ['7.', 7],
    ['0', 0],
  ])('%j is %d', (text, value) => {
    expect(readNumber(text)).toBe(value)
  })

  test.each(['', ' ', 'warm', '36.555', '-3', '3 6', '1.2.3', '1e3', '12345', '.5'])(
    '%j is none',
    (text) => {
      expect(readNumber(text)).toBeUndefined()
    },
  )
})

test('what is shown in her language is read as the same number', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 999_999 }),
      fc.constantFrom('en-GB', 'en-US', 'de-DE', 'de-CH', 'en-ZA'),
      (hundredths, locale) => {
        expect(readNumber(numberText(hundredths / 100, locale))).toBe(hundredths / 100)
      },
    ),
  )
})
