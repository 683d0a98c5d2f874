import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutChunks } from './chunk.ts'

const cut = (bytes: number, messages: readonly string[]): string[] => {
  const cutting = cutChunks(bytes)
  return [...messages.flatMap((message) => cutting.add(message)), ...cutting.end()]
}

test('a chunk ends with the message that makes it full; letters count as their bytes', () => {
  expect(cut(3, ['a', 'b', 'c', 'd'])).toEqual(['a,b,c', 'd'])
  expect(cut(2, ['é', 'x', 'yy'])).toEqual(['é', 'x,yy'])
  expect(cut(1, ['a', 'b'])).toEqual(['a', 'b'])
})

test('nothing is one empty chunk', () => {
  expect(cut(10, [])).toEqual([''])
})

test('every message comes once and in order, and no chunk but the last is smaller than asked', () => {
  fc.assert(
    fc.property(
      fc.array(fc.stringMatching(/^[a-z]{1,9}$/)),
      fc.integer({ min: 1, max: 30 }),
      (messages, bytes) => {
        const chunks = cut(bytes, messages)
        expect(chunks.join(',')).toBe(messages.join(','))
        for (const chunk of chunks.slice(0, -1))
          expect(chunk.replaceAll(',', '').length).toBeGreaterThanOrEqual(bytes)
      },
    ),
  )
})
