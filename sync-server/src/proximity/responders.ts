/** Who is willing to help nearby, and how far; whoever is not has no row, here or in any table of cells. */
import type { VaultId } from '@selene/shapes'
import type { Clock } from '../core/clock.ts'
import { dayOf } from '../core/day.ts'
import type { Db } from '../db/db.ts'

export interface Responders {
  /** Opts in, or changes how far. */
  put(account: VaultId, radiusMetres: number): Promise<void>
  /** Opts out; the cell goes at once, and so do the days that were counted. */
  remove(account: VaultId): Promise<void>
}

export function createResponders({ db, clock }: { db: Db; clock: Clock }): Responders {
  return {
    put: (account, radiusMetres) =>
      db.transaction(async (tx) => {
        await tx.query(
          `INSERT INTO responders (account_id, radius_metres, since) VALUES ($1, $2, $3)
            ON CONFLICT (account_id) DO UPDATE SET radius_metres = EXCLUDED.radius_metres`,
          [account, radiusMetres, dayOf(clock.now())],
        )
        await tx.query('UPDATE user_locations SET accept_metres = $2 WHERE account_id = $1', [
          account,
          radiusMetres,
        ])
      }),
    remove: (account) =>
      db.transaction(async (tx) => {
        // First the row whose lock a beat takes, so that none slips its cell in behind the second.
        await tx.query('DELETE FROM responders WHERE account_id = $1', [account])
        await tx.query('DELETE FROM user_locations WHERE account_id = $1', [account])
      }),
  }
}
