/** Which cell to report for a position: the last one until the position is well beyond its edge (W67). */
import { cellOf, type Cell } from '@selene/shapes'

/** How far beyond its edge a cell still holds. */
const slackMetres = 50
const metresPerDegree = 111_319
const steps = [-1, 0, 1]

interface Place {
  readonly latitude: number
  readonly longitude: number
}

/** The same place moved by whole slacks to north and east, not beyond a pole. */
function moved({ latitude, longitude }: Place, north: number, east: number): Place {
  const degrees = slackMetres / metresPerDegree
  const cosine = Math.max(Math.cos((latitude * Math.PI) / 180), 1e-6)
  return {
    latitude: Math.min(90, Math.max(-90, latitude + north * degrees)),
    longitude: longitude + (east * degrees) / cosine,
  }
}

const isSame = (a: Cell, b: Cell): boolean => a.row === b.row && a.column === b.column

/** Whether some point within the slack lies in the cell; cells are larger than the square around it. */
const holds = (cell: Cell, place: Place): boolean =>
  steps.some((north) => steps.some((east) => isSame(cellOf(moved(place, north, east)), cell)))

export const nextCell = (place: Place, last: Cell | undefined): Cell =>
  last && holds(last, place) ? last : cellOf(place)
