import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesToUuid, isUuid, stampUuid, uuidToBytes } from './id.ts'

const sixteen = fc.uint8Array({ minLength: 16, maxLength: 16 })

test('identifiers read back from their text', () => {
  fc.assert(
    fc.property(sixteen, (bytes) => {
      expect(uuidToBytes(bytesToUuid(bytes))).toEqual(bytes)
    }),
  )
})

test('one identifier has one text: capitals, braces and missing hyphens are refused', () => {
  const good = '0190163d-8694-739b-aea5-966c26f8ad91'
  expect(isUuid(good)).toBe(true)
  for (const text of [good.toUpperCase(), `{${good}}`, good.replaceAll('-', ''), `${good}0`])
    expect(isUuid(text)).toBe(false)
  expect(() => uuidToBytes('x')).toThrow(TypeError)
  expect(() => bytesToUuid(new Uint8Array(15))).toThrow(TypeError)
})

test('W6 a stamped identifier has its version and variant (RFC 9562 §4)', () => {
  fc.assert(
    fc.property(sixteen, (bytes) => {
      expect(stampUuid(bytes, 8)).toMatch(/^.{8}-.{4}-8.{3}-[89ab].{3}-.{12}$/)
      expect(stampUuid(bytes, 4)).toMatch(/^.{8}-.{4}-4.{3}-[89ab].{3}-.{12}$/)
    }),
  )
})
