/** The notice by which an alert's owner learns that somebody has it or has answered. */
import type { AlertId, VaultId } from '@selene/shapes'
import type { Transaction } from '../db/db.ts'

/** An alert and whose it is, as rows name them. */
export interface OwnAlert {
  readonly alert_id: AlertId
  readonly owner_id: VaultId
}

/**
 * Puts one `standing` notice into the owner's inbox. One that no app has stored yet gives way to it: a
 * new number is sent again, so that nobody misses what happened after the older one was read.
 */
export async function tellOwner(tx: Transaction, alert: OwnAlert, now: Date): Promise<void> {
  await tx.query(
    `WITH older AS (
        DELETE FROM inbox
        WHERE account_id = $1 AND alert_id = $2 AND event = 'standing' AND acked_at IS NULL
      )
      INSERT INTO inbox (account_id, alert_id, event, created_at) VALUES ($1, $2, 'standing', $3)`,
    [alert.owner_id, alert.alert_id, now],
  )
}
