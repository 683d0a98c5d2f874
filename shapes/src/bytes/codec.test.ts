import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  choice,
  decode,
  encode,
  fixed,
  id,
  list,
  literal,
  optional,
  prefixed,
  rest,
  struct,
  text,
  u16,
  u32,
  u64,
  u8,
} from './codec.ts'

const everything = struct({
  version: literal(u8, 1),
  kind: choice({ one: 1, two: 2 }),
  small: u16,
  large: u64,
  name: text(u8, 255),
  who: id(),
  blob: prefixed(u16, 100),
  many: list(u8, struct({ a: u8, b: fixed(2) })),
  maybe: optional(u32),
  tail: rest,
})

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const anything = fc.record({
  version: fc.constant(1 as const),
  kind: fc.constantFrom('one' as const, 'two' as const),
  small: fc.nat(65_535),
  large: fc.maxSafeNat(),
  name: fc.string({ maxLength: 40 }),
  who: fc.uuid(),
  blob: fc.uint8Array({ maxLength: 100 }),
  many: fc.array(fc.record({ a: fc.nat(255), b: bytes(2) }), { maxLength: 5 }),
  maybe: fc.option(fc.nat(), { nil: undefined }),
  tail: fc.uint8Array({ maxLength: 20 }),
})

describe('codecs', () => {
  test('what is encoded decodes to the same', () => {
    fc.assert(
      fc.property(anything, (value) => {
        expect(decode(everything, encode(everything, value))).toEqual({ ok: true, value })
      }),
    )
  })

  test('any bytes decode to a value that encodes to the same bytes, or are malformed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (input) => {
        const decoded = decode(everything, input)
        if (decoded.ok) expect(encode(everything, decoded.value)).toEqual(input)
        else expect(decoded.code).toBe('wire/malformed')
      }),
    )
  })

  test('W2 lengths that are not exact, unknown versions and kinds, and trailing bytes are malformed', () => {
    const layout = struct({ version: literal(u8, 1), kind: choice({ one: 1 }), key: fixed(2) })
    const good = encode(layout, { version: 1, kind: 'one', key: Uint8Array.of(8, 9) })
    expect(decode(layout, good).ok).toBe(true)
    const bad = { ok: false, code: 'wire/malformed' }
    expect(decode(layout, good.subarray(0, 3))).toEqual(bad)
    expect(decode(layout, Uint8Array.of(...good, 0))).toEqual(bad)
    expect(decode(layout, Uint8Array.of(2, 1, 8, 9))).toEqual(bad)
    expect(decode(layout, Uint8Array.of(1, 7, 8, 9))).toEqual(bad)
  })

  test('integers above 2^53 − 1 are malformed, not rounded', () => {
    expect(decode(u64, Uint8Array.of(0, 0x20, 0, 0, 0, 0, 0, 0)).ok).toBe(false)
    expect(decode(u64, Uint8Array.of(0, 0x1f, 255, 255, 255, 255, 255, 255))).toEqual({
      ok: true,
      value: Number.MAX_SAFE_INTEGER,
    })
  })

  test('a value that does not fit its layout is a TypeError', () => {
    expect(() => encode(u8, 256)).toThrow(TypeError)
    expect(() => encode(u8, -1)).toThrow(TypeError)
    expect(() => encode(u8, 1.5)).toThrow(TypeError)
    expect(() => encode(fixed(4), new Uint8Array(3))).toThrow(TypeError)
    expect(() => encode(prefixed(u8, 3), new Uint8Array(4))).toThrow(TypeError)
    expect(() => encode(id(), 'not-an-id')).toThrow(TypeError)
  })

  test('invalid UTF-8 is malformed', () => {
    expect(decode(text(u8, 255), Uint8Array.of(1, 0xff)).ok).toBe(false)
  })
})
