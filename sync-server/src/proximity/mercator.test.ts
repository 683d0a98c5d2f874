import { cellMercator, cellOf } from '@selene/shapes'
import { describe, expect, test } from 'vitest'
import { copiesOf, isOnMap, metresBetween, scaleAt } from './mercator.ts'

const mapped = (latitude: number, longitude: number) =>
  cellMercator(cellOf({ latitude, longitude }))
const halfTurn = Math.PI * 6_378_137

describe('metresBetween', () => {
  test.each([
    // Great circles by other means: a degree of a meridian, and of the 60th parallel.
    [[0, 0], [1, 0], 111_319],
    [[60, 10], [60, 11], 55_658],
    [[-17, 179.9], [-17, -179.9], 21_292],
  ] as const)('from %o to %o', ([a, b], [c, d], metres) => {
    expect(Math.abs(metresBetween(mapped(a, b), mapped(c, d)) - metres)).toBeLessThan(720)
  })
  test('of a point to itself is none', () => {
    expect(metresBetween(mapped(52, 13), mapped(52, 13))).toBe(0)
  })
})

test('the map is twice as large at the 60th parallel', () => {
  expect(scaleAt(mapped(60, 0).y)).toBeCloseTo(2, 1)
  expect(scaleAt(0)).toBe(1)
})

test('what lies beyond the edge of the map is not on it', () => {
  expect([84.9, -84.9].map((latitude) => isOnMap(mapped(latitude, 5)))).toEqual([true, true])
  expect([85.2, 90, -90].map((latitude) => isOnMap(mapped(latitude, 5)))).toEqual([
    false,
    false,
    false,
  ])
})

test('a point has a copy only near ±180°', () => {
  expect(copiesOf({ x: 0, y: 0 }, 20_000)).toHaveLength(1)
  expect(copiesOf({ x: halfTurn - 1000, y: 5 }, 20_000)[1]!.x).toBeCloseTo(-halfTurn - 1000)
  expect(copiesOf({ x: 1000 - halfTurn, y: 5 }, 20_000)[1]!.x).toBeCloseTo(halfTurn + 1000)
})
