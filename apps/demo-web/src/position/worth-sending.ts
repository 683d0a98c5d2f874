/** Which measured positions are worth adding to an alert. Pure. */
import type { Position } from '@selene/client-sdk'

const earthMetres = 6_371_000
const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** Metres between two places, by the haversine formula. */
export function metresBetween(a: Position, b: Position): number {
  const north = Math.sin(radians(b.latitude - a.latitude) / 2)
  const east = Math.sin(radians(b.longitude - a.longitude) / 2)
  const h = north ** 2 + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * east ** 2
  return 2 * earthMetres * Math.asin(Math.min(1, Math.sqrt(h)))
}

const staleMilliseconds = 60_000
const movedMetres = 30

/** The first one, a clearly better one, one from elsewhere, and one a minute newer. */
export function isWorthSending(last: Position | undefined, next: Position): boolean {
  if (!last) return true
  if (next.at <= last.at) return false
  return (
    next.accuracyMetres < last.accuracyMetres / 2 ||
    metresBetween(last, next) > Math.max(movedMetres, next.accuracyMetres) ||
    next.at - last.at >= staleMilliseconds
  )
}
