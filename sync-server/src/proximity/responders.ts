/** Who is willing to help nearby, and how far; whoever is not has no row here and is found by nobody. */
import type { VaultId } from '@selene/shapes'
import type { Clock } from '../core/clock.ts'
import { dayOf } from '../core/day.ts'
import type { Db } from '../db/db.ts'
import { withdraw } from './cells.ts'

export interface Responders {
  /** Opts in, or changes how far. */
  put(account: VaultId, radiusMetres: number): Promise<void>
  /** Opts out; at once no cell counts, and the days that were counted go. A freeze stays. */
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
        await withdraw(tx, account)
      }),
  }
}
