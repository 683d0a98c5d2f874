import { describe, expect, test } from 'vitest'
import { importMaxBytes, readSource } from './source-text.ts'

const text = 'date,note\n2026-01-01,ünïcødé 😀\n'
const utf8 = new TextEncoder().encode(text)

function utf16(content: string, isLittleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(content.length * 2))
  for (let i = 0; i < content.length; i += 1)
    view.setUint16(i * 2, content.charCodeAt(i), isLittleEndian)
  return new Uint8Array(view.buffer)
}

describe('readSource', () => {
  test.each([
    ['text', text],
    ['text with a byte order mark', `\uFEFF${text}`],
    ['UTF-8', utf8],
    ['UTF-8 with a byte order mark', Uint8Array.of(0xef, 0xbb, 0xbf, ...utf8)],
    ['UTF-16 of either order', utf16(`\uFEFF${text}`, true)],
    ['UTF-16 of the other order', utf16(`\uFEFF${text}`, false)],
  ])('returns the text of %s', (_, source) => {
    expect(readSource(source)).toEqual({ ok: true, text, faults: [] })
  })

  test('replaces bytes that are no characters, and says so', () => {
    const latin = Uint8Array.of(0x61, 0xfc, 0x62)
    expect(readSource(latin)).toEqual({
      ok: true,
      text: 'a\uFFFDb',
      faults: [{ code: 'bad-bytes' }],
    })
    expect(readSource(utf16('\uFEFFa\uD800b', true))).toMatchObject({ text: 'a\uFFFDb' })
    expect(readSource(utf8.subarray(0, utf8.length - 3))).toMatchObject({ faults: [{}] })
  })

  test.each([
    ['UTF-16 without a byte order mark', utf16(text, true), 'encoding'],
    [
      'UTF-16 that was read as UTF-8',
      new TextDecoder().decode(utf16(`\uFEFF${text}`, false)),
      'encoding',
    ],
    ['a ZIP archive', Uint8Array.of(0x50, 0x4b, 0x03, 0x04, 0x14, 0), 'packed'],
    ['a ZIP archive that was read as text', 'PK\u0003\u0004\u0014\0', 'packed'],
    ['a gzip archive', Uint8Array.of(0x1f, 0x8b, 8), 'packed'],
  ])('says what %s is', (_, source, reason) => {
    expect(readSource(source)).toEqual({ ok: false, code: 'import/unreadable', reason })
  })

  test('a file above 10 MiB is too large, counted in bytes', () => {
    const tooLarge = { ok: false, code: 'import/too-large', reason: 'too-large' }
    expect(readSource(new Uint8Array(importMaxBytes + 1))).toEqual(tooLarge)
    expect(readSource('a'.repeat(importMaxBytes + 1))).toEqual(tooLarge)
    expect(readSource(`${'é'.repeat(importMaxBytes / 2)}a`)).toEqual(tooLarge)
    expect(readSource('é'.repeat(importMaxBytes / 2)).ok).toBe(true)
  })

  test('a zero character here and there is part of the text', () => {
    expect(readSource('date,note.value\n2026-01-01,a\0b\n').ok).toBe(true)
  })
})
