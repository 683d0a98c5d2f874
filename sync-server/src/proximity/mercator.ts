/** Places as the database keeps them, EPSG:3857 in metres of its map, and true distances between them. */

/** Radius of the sphere that the map projects. */
const earthRadius = 6_378_137
const halfTurn = Math.PI * earthRadius

export interface MapPoint {
  readonly x: number
  readonly y: number
}

/** Metres of the map for one metre on the ground, at this height of the map. */
export const scaleAt = (y: number): number => Math.cosh(y / earthRadius)

/** Whether a cell's centre lies within the map; those beyond its edge were moved onto it. */
export const isOnMap = ({ y }: MapPoint): boolean => Math.abs(y) < halfTurn - 500

/** The point, and its copy on the other side of ±180° when `reach` metres of the map go beyond. */
export function copiesOf({ x, y }: MapPoint, reach: number): MapPoint[] {
  const shifted = { x: x - Math.sign(x) * 2 * halfTurn, y }
  return Math.abs(x) + reach > halfTurn ? [{ x, y }, shifted] : [{ x, y }]
}

const angles = ({ x, y }: MapPoint) => ({
  longitude: x / earthRadius,
  latitude: 2 * Math.atan(Math.exp(y / earthRadius)) - Math.PI / 2,
})

const halfSquared = (angle: number): number => Math.sin(angle / 2) ** 2

/** Length of the great circle between two points, metres on the ground (haversine). */
export function metresBetween(a: MapPoint, b: MapPoint): number {
  const [from, to] = [angles(a), angles(b)]
  const h =
    halfSquared(to.latitude - from.latitude) +
    Math.cos(from.latitude) * Math.cos(to.latitude) * halfSquared(to.longitude - from.longitude)
  return 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(h)))
}
