import fc from 'fast-check'
import { expect, test } from 'vitest'
import { base64urlToBytes, bytesToBase64url, bytesToHex, hexToBytes } from './text.ts'

test('base64url is what Node writes, and reads back', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const text = bytesToBase64url(bytes)
      expect(text).toBe(Buffer.from(bytes).toString('base64url'))
      expect(base64urlToBytes(text)).toEqual(bytes)
    }),
  )
})

test('one byte string has one base64url text: padding, other letters and left-over bits are refused', () => {
  expect(base64urlToBytes('AA')).toEqual(Uint8Array.of(0))
  for (const text of ['AA==', 'AB', 'A', 'A+', 'A/', 'A A'])
    expect(base64urlToBytes(text)).toBeUndefined()
})

test('hexadecimal is what Node writes, and reads back', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(bytesToHex(bytes)).toBe(Buffer.from(bytes).toString('hex'))
      expect(hexToBytes(bytesToHex(bytes))).toEqual(bytes)
    }),
  )
  for (const text of ['0', '0g', 'zz']) expect(hexToBytes(text)).toBeUndefined()
})
