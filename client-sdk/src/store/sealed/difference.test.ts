import fc from 'fast-check'
import { expect, test } from 'vitest'
import { difference } from './difference.ts'

/** Two arrays of one length in one buffer, which begin at any byte. */
const pairs = fc
  .tuple(fc.uint8Array({ maxLength: 40 }), fc.nat(3), fc.array(fc.tuple(fc.nat(39), fc.nat(255))))
  .map(([bytes, at, changes]) => {
    const before = new Uint8Array(at + bytes.length).subarray(at)
    before.set(bytes)
    const after = before.slice()
    for (const [place, byte] of changes) if (place < after.length) after[place] = byte
    return { before, after }
  })

test('what lies outside of the difference is the same, and it begins and ends within a word of what is not', () => {
  fc.assert(
    fc.property(pairs, ({ before, after }) => {
      const found = difference(before, after)
      const differing = [...before.keys()].filter((at) => before[at] !== after[at])
      if (!found) {
        expect(differing).toEqual([])
        return
      }
      const patched = before.slice()
      patched.set(after.subarray(found.from, found.to), found.from)
      expect(patched).toEqual(after)
      expect(differing[0]! - found.from).toBeLessThan(4)
      expect(found.to - differing.at(-1)!).toBeLessThanOrEqual(4)
    }),
  )
})
