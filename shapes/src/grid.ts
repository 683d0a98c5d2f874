/**
 * The coarse grid to which every position is snapped on the device (W67, W68): rows of equal height,
 * in each row columns of equal width, both {@link cellMetres}. The server sees cells, never positions.
 */
import { i32, struct, type Valued } from './bytes/codec.ts'

/** Edge of a cell. */
export const cellMetres = 500
/** Semi-major axis of WGS 84, which is also the radius of EPSG:3857. */
const earthRadius = 6_378_137
const maxRow = Math.ceil((Math.PI / 2) * (earthRadius / cellMetres))
const maxColumn = Math.ceil(Math.PI * (earthRadius / cellMetres))
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
/** Length of a radian of longitude in this row, metres. */
const parallelRadius = (row: number): number => earthRadius * Math.cos(radians(latitudeOfRow(row)))

/** Number of the cell at a distance; never −0, which is another value to some comparisons. */
const index = (metres: number): number => Math.floor(metres / cellMetres) + 0

/** @throws TypeError when the latitude is not within ±90° or a number is not finite. */
export function cellOf({ latitude, longitude }: Degrees): Cell {
  if (!(Math.abs(latitude) <= 90) || !Number.isFinite(longitude))
    throw new TypeError('not a place on earth')
  const row = index(radians(latitude) * earthRadius)
  const along = radians(wrapLongitude(longitude)) * parallelRadius(row)
  return { row, column: index(along) }
}

/** Whether the numbers can come of {@link cellOf}. */
export const isCell = ({ row, column }: Cell): boolean =>
  Number.isInteger(row) &&
  Number.isInteger(column) &&
  Math.abs(row) <= maxRow &&
  Math.abs(column) <= maxColumn

/** Middle of a cell. */
export function cellCentre({ row, column }: Cell): Degrees {
  const angle = ((column + 0.5) * cellMetres) / Math.max(parallelRadius(row), cellMetres)
  return { latitude: latitudeOfRow(row), longitude: wrapLongitude(degrees(angle)) }
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
