import { describe, expect, test } from 'vitest'
import { askedPositions, choosePositions, isWord } from './asked-words.ts'

describe('words that are asked for', () => {
  test.each([
    [
      [0, 0, 0],
      [0, 1, 2],
    ],
    [
      [0.99, 0.99, 0.99],
      [21, 22, 23],
    ],
    [
      [0.5, 0, 0.99],
      [0, 12, 23],
    ],
  ])('by the numbers %j stand at %j', (random, positions) => {
    expect(askedPositions(24, random)).toEqual(positions)
  })

  test('are three different ones by chance', () => {
    for (let round = 0; round < 50; round++) {
      const positions = choosePositions(24)
      expect(new Set(positions).size).toBe(3)
      expect(positions.every((position) => position >= 0 && position < 24)).toBe(true)
    }
  })

  test('are right whatever their case and spaces', () => {
    expect(isWord(' Abandon ', 'abandon')).toBe(true)
    expect(isWord('abandoned', 'abandon')).toBe(false)
    expect(isWord('', undefined)).toBe(false)
  })
})
