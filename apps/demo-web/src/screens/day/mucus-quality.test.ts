import { expect, test } from 'vitest'
import { mucusQuality } from './mucus-quality.ts'

test.each([
  [0, 0, 0],
  [1, 0, 1],
  [2, 0, 2],
  [3, 0, 4],
  [0, 1, 3],
  [2, 1, 3],
  [3, 1, 4],
  [0, 2, 4],
])('feeling %i and texture %i are quality %i', (feeling, texture, quality) => {
  expect(mucusQuality({ 'mucus.feeling': feeling, 'mucus.texture': texture })).toBe(quality)
})

test('one without the other has none', () => {
  expect(mucusQuality({ 'mucus.feeling': 2 })).toBeNull()
  expect(mucusQuality({ 'mucus.feeling': null, 'mucus.texture': 1 })).toBeNull()
})
