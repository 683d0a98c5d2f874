import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { utf8 } from '@selene/shapes'
import type { DatabaseEntry } from './files.ts'
import { readTar, unpackArchive, writeTar } from './tar.ts'

const name = fc.stringMatching(/^[A-Za-z0-9_.]{1,20}$/).filter((part) => part !== '.')
const entry = fc.oneof(
  fc.record({ path: name, kind: fc.constant('directory' as const) }),
  fc.record({
    path: fc.tuple(name, name).map((parts) => parts.join('/')),
    kind: fc.constant('file' as const),
    content: fc.uint8Array({ maxLength: 2_000 }),
  }),
)

describe('an archive', () => {
  test('reads back what was written', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 8 }), (entries) => {
        expect([...readTar(writeTar(entries))]).toEqual(entries)
      }),
    )
  })

  test('is what tar makes of the same files', () => {
    const header = writeTar([{ path: 'base', kind: 'directory' }]).subarray(0, 512)
    const text = new TextDecoder().decode(header)
    expect(text.slice(0, 5)).toBe('base/')
    expect(text.slice(257, 265)).toBe('ustar\u000000')
    const sum = [...header].reduce(
      (total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte),
      0,
    )
    expect(Number.parseInt(text.slice(148, 154), 8)).toBe(sum)
  })

  test('is refused when it is cut off, or holds anything else', () => {
    const file: DatabaseEntry = { path: 'a', kind: 'file', content: utf8('x'.repeat(600)) }
    const whole = writeTar([file])
    expect(() => [...readTar(whole.subarray(0, 700))]).toThrow(TypeError)
    const link = whole.slice()
    link[156] = 0x32
    expect(() => [...readTar(link)]).toThrow(TypeError)
    expect(() => writeTar([{ ...file, path: 'a'.repeat(101) }])).toThrow(TypeError)
  })

  test('is unpacked where it is compressed', async () => {
    const bytes = writeTar([{ path: 'a', kind: 'file', content: utf8('text') }])
    const zipped = new Blob([new Uint8Array(bytes)])
      .stream()
      .pipeThrough(new CompressionStream('gzip'))
    const gzip = await new Response(zipped).blob()
    expect(await unpackArchive(gzip)).toEqual(bytes)
    expect(await unpackArchive(new Blob([new Uint8Array(bytes)]))).toEqual(bytes)
  })
})
