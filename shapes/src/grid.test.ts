import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cellCentre, cellMercator, cellMetres, cellOf, isCell } from './grid.ts'

const places = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
})

/** Great-circle distance on the sphere of the grid, metres. */
function distance(
  a: { latitude: number; longitude: number },
  b: { latitude: number; longitude: number },
): number {
  const rad = Math.PI / 180
  const h =
    Math.sin(((b.latitude - a.latitude) * rad) / 2) ** 2 +
    Math.cos(a.latitude * rad) *
      Math.cos(b.latitude * rad) *
      Math.sin(((b.longitude - a.longitude) * rad) / 2) ** 2
  return 2 * 6_378_137 * Math.asin(Math.min(1, Math.sqrt(h)))
}

describe('W67, W68: positions are snapped to a coarse grid', () => {
  test('every place has a cell, and its centre is less than a cell away', () => {
    fc.assert(
      fc.property(places, (place) => {
        const cell = cellOf(place)
        expect(isCell(cell)).toBe(true)
        expect(distance(place, cellCentre(cell))).toBeLessThan(cellMetres)
      }),
    )
  })

  test('the centre of a cell lies in that cell', () => {
    fc.assert(
      fc.property(places, (place) => {
        const cell = cellOf(place)
        expect(cellOf(cellCentre(cell))).toEqual(cell)
      }),
    )
  })

  test('no cell is narrower than another height, at the antimeridian neither', () => {
    const latitude = fc.double({ min: -89.9, max: 89.9, noNaN: true })
    const turns = fc.constantFrom(-180, 180, 0, 13.4132)
    fc.assert(
      fc.property(latitude, turns, fc.nat(4), (latitude, longitude, away) => {
        const { row, column } = cellOf({ latitude, longitude: longitude + away * 1e-6 })
        const [here, next] = [cellCentre({ row, column }), cellCentre({ row, column: column + 1 })]
        fc.pre(isCell({ row, column: column + 1 }))
        const degrees = next.longitude - here.longitude
        const metres = (degrees / 360) * 2 * Math.PI * 6_378_137
        const middle = Math.cos((here.latitude * Math.PI) / 180)
        expect(metres * middle).toBeGreaterThan(cellMetres - 1e-6)
        // The columns of a row divide it evenly, with nothing left over.
        const columns = 360 / degrees
        expect(Math.abs(columns - Math.round(columns))).toBeLessThan(1e-3)
      }),
    )
  })

  test('a known place: Alexanderplatz, 52.5219° N 13.4132° E', () => {
    const cell = cellOf({ latitude: 52.5219, longitude: 13.4132 })
    expect(cell).toEqual({ row: 11_693, column: 26_200 })
    const { x, y } = cellMercator(cell)
    expect(Math.hypot(x - 1_493_150, y - 6_894_400)).toBeLessThan(1_200)
  })

  test('the poles and the antimeridian have cells', () => {
    for (const latitude of [-90, -89.999, 0, 89.999, 90])
      for (const longitude of [-180, -179.9999, 179.9999, 180, 540])
        expect(isCell(cellOf({ latitude, longitude }))).toBe(true)
    expect(cellOf({ latitude: 0, longitude: 180 })).toEqual(
      cellOf({ latitude: 0, longitude: -180 }),
    )
  })

  test('what is no place is misuse', () => {
    expect(() => cellOf({ latitude: 91, longitude: 0 })).toThrow(TypeError)
    expect(() => cellOf({ latitude: Number.NaN, longitude: 0 })).toThrow(TypeError)
    expect(isCell({ row: 30_000, column: 0 })).toBe(false)
  })
})
