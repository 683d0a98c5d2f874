/**
 * Who could help near a cell: the server's one use of where people are. It picks recipients and answers
 * nobody's question; the index returns people nearest first and stops at the limit.
 */
import { cellMercator, type Cell, type VaultId } from '@selene/shapes'
import type { Clock } from '../core/clock.ts'
import type { Queryable } from '../db/db.ts'
import { toUuidArray } from '../db/uuid-array.ts'
import { copiesOf, isOnMap, scaleAt, type MapPoint } from './mercator.ts'

/** How old a cell may be to count as where somebody is. */
export const freshMilliseconds = 5 * 60_000

export interface NearbyQuery {
  readonly cell: Cell
  readonly radiusMetres: number
  /** Who calls for help; neither they nor their contacts are found. */
  readonly owner: VaultId
  readonly exclude: readonly VaultId[]
  readonly limit: number
}

/** Accounts nearest first, at most `limit`. */
export type FindNearby = (tx: Queryable, query: NearbyQuery) => Promise<VaultId[]>

interface FoundRow {
  readonly account_id: VaultId
  readonly metres: number
}

const nearbySql = `SELECT account_id, metres
  FROM people_nearby($1, $2, $3, $4, $5, $6, $7::text::uuid[], $8)`

export function createFindNearby({ clock }: { clock: Clock }): FindNearby {
  return async (tx, query) => {
    const centre = cellMercator(query.cell)
    if (!isOnMap(centre)) return []
    const scale = scaleAt(centre.y)
    const ask = ({ x, y }: MapPoint): Promise<FoundRow[]> =>
      tx.query<FoundRow>(nearbySql, [
        x,
        y,
        query.radiusMetres,
        scale,
        new Date(clock.now() - freshMilliseconds),
        query.owner,
        toUuidArray(query.exclude),
        query.limit,
      ])
    const found: FoundRow[] = []
    for (const copy of copiesOf(centre, query.radiusMetres * scale))
      found.push(...(await ask(copy)))
    return found
      .toSorted((a, b) => a.metres - b.metres)
      .slice(0, query.limit)
      .map((row) => row.account_id)
  }
}
