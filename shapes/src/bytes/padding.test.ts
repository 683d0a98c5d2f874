import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pad, padme, unpad } from './padding.ts'

test('W3 content reads back from its padding', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 5000 }), (content) => {
      expect(unpad(pad(content))).toEqual(content)
    }),
  )
})

test('W3 PADMÉ: 9 → 10, 100 → 104, 1,000 → 1,024, 1,000,000 → 1,015,808, never more than 12 % more', () => {
  expect([9, 100, 1000, 1_000_000].map(padme)).toEqual([10, 104, 1024, 1_015_808])
  fc.assert(
    fc.property(fc.integer({ min: 256, max: 1 << 30 }), (length) => {
      expect(padme(length)).toBeGreaterThanOrEqual(length)
      expect(padme(length)).toBeLessThanOrEqual(length * 1.12)
      expect(padme(padme(length))).toBe(padme(length))
    }),
  )
})

test('W3 every one-field edit has the same length', () => {
  const lengths = Array.from({ length: 252 }, (_, n) => pad(new Uint8Array(n)).length)
  expect(new Set(lengths)).toEqual(new Set([256]))
})

test('W3 padding that is not zero, or a length that does not fit, is refused', () => {
  const padded = pad(Uint8Array.of(1, 2, 3))
  expect(unpad(padded.with(255, 1))).toBeUndefined()
  expect(unpad(padded.with(0, 255))).toBeUndefined()
  expect(unpad(padded.subarray(1))).toBeUndefined()
  expect(unpad(Uint8Array.of(...padded, 0))).toBeUndefined()
})
