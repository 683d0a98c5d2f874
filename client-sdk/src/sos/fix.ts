/** Positions as apps give them and as slots carry them. */
import type { Fix } from '@selene/shapes'
import type { Position } from '../core/position.ts'

const unitsPerDegree = 1e7
const largestU32 = 2 ** 32 - 1

const within = (most: number, value: number, otherwise: number): number =>
  Number.isFinite(value) ? Math.min(most, Math.max(0, value)) : otherwise

/** Apps without types may give anything. */
const isWithin = (most: number, value: number): boolean =>
  typeof value === 'number' && Math.abs(value) <= most

/**
 * The position if it is a place on earth. A broken one is left out: it must not keep an alert from
 * going. An accuracy that is none counts as the worst.
 */
export function placeOf(position: Position | undefined): Position | undefined {
  if (!position) return undefined
  const { latitude, longitude } = position
  if (!isWithin(90, latitude) || !isWithin(180, longitude)) return undefined
  return {
    latitude,
    longitude,
    accuracyMetres: Math.ceil(within(largestU32, position.accuracyMetres, largestU32)),
    at: Math.floor(within(Number.MAX_SAFE_INTEGER, position.at, 0)),
  }
}

/** @param position As {@link placeOf} returns it. */
export const positionToFix = (position: Position): Fix => ({
  latitude: Math.round(position.latitude * unitsPerDegree),
  longitude: Math.round(position.longitude * unitsPerDegree),
  accuracyMetres: position.accuracyMetres,
  at: position.at,
})

export const fixToPosition = (fix: Fix): Position => ({
  latitude: fix.latitude / unitsPerDegree,
  longitude: fix.longitude / unitsPerDegree,
  accuracyMetres: fix.accuracyMetres,
  at: fix.at,
})
