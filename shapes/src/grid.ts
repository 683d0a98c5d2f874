/**
 * The coarse grid to which every position is snapped on the device (W67, W68): rows of equal height, each
 * cut from the antimeridian eastwards into the greatest number of equal columns that are at least as wide.
 * No cell is narrower than {@link cellMetres}, so none says more than another. The server sees cells, never positions.
 */
import { i32, struct, type Valued } from './bytes/codec.ts'

/** Height of a cell, and the least that one is wide. */
export const cellMetres = 500
/** Semi-major axis of WGS 84, which is also the radius of EPSG:3857. */
const earthRadius = 6_378_137
const maxRow = Math.ceil((Math.PI / 2) * (earthRadius / cellMetres))
/** Where EPSG:3857 ends; nobody is nearby beyond. */
const maxMercatorLatitude = 85.051_128

export const cell = struct({ row: i32, column: i32 })
export type Cell = Valued<typeof cell>

interface Degrees {
  readonly latitude: number
  readonly longitude: number
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180
const degrees = (angle: number): number => (angle * 180) / Math.PI
const clamp = (value: number, bound: number): number => Math.min(bound, Math.max(-bound, value))
/** To −180 (included) … 180 (excluded). */
const wrapLongitude = (longitude: number): number => ((((longitude + 180) % 360) + 360) % 360) - 180

const latitudeOfRow = (row: number): number =>
  clamp(degrees(((row + 0.5) * cellMetres) / earthRadius), 90)
/** How many columns a row has; the last one before a pole may have a single one. */
function columnsOf(row: number): number {
  const around = 2 * Math.PI * earthRadius * Math.cos(radians(latitudeOfRow(row)))
  return Math.max(1, Math.floor(around / cellMetres))
}

/** @throws TypeError when the latitude is not within ±90° or a number is not finite. */
export function cellOf({ latitude, longitude }: Degrees): Cell {
  if (!(Math.abs(latitude) <= 90) || !Number.isFinite(longitude))
    throw new TypeError('not a place on earth')
  // Adding zero makes −0 zero, which is another value to some comparisons.
  const row = Math.floor((radians(latitude) * earthRadius) / cellMetres) + 0
  const columns = columnsOf(row)
  const turn = (wrapLongitude(longitude) + 180) / 360
  return { row, column: Math.min(Math.floor(turn * columns), columns - 1) }
}

/** Whether the numbers can come of {@link cellOf}. */
export const isCell = ({ row, column }: Cell): boolean =>
  Number.isInteger(row) &&
  Number.isInteger(column) &&
  Math.abs(row) <= maxRow &&
  column >= 0 &&
  column < columnsOf(row)

/** Middle of a cell. */
export function cellCentre({ row, column }: Cell): Degrees {
  const turn = (column + 0.5) / columnsOf(row)
  return { latitude: latitudeOfRow(row), longitude: turn * 360 - 180 }
}

/** Middle of a cell in EPSG:3857, metres; the one formula, so that equal cells give equal bits. */
export function cellMercator(of: Cell): { x: number; y: number } {
  const { latitude, longitude } = cellCentre(of)
  const phi = radians(clamp(latitude, maxMercatorLatitude))
  return {
    x: earthRadius * radians(longitude),
    y: earthRadius * Math.log(Math.tan(Math.PI / 4 + phi / 2)),
  }
}
