/** What is forgotten about alerts, and when. */
import type { Clock } from '../core/clock.ts'
import { dayMilliseconds } from '../core/day.ts'
import type { Db } from '../db/db.ts'

/** An ended alert with all that belongs to it: long enough for a phone that was off for a while. */
const alertDays = 7
const eventDays = 30
/** From then on nothing that a removed device signed is taken any more, so nothing need be known again. */
const removedDays = 30
/** So many at a time, so that deleting holds up nobody. */
const atOnce = 500

export async function forgetOld({ db, clock }: { db: Db; clock: Clock }): Promise<void> {
  const now = clock.now()
  const before = (days: number): Date => new Date(now - days * dayMilliseconds)
  await db.query(
    `DELETE FROM emergency_alerts WHERE alert_id IN (
      SELECT alert_id FROM emergency_alerts WHERE closed_at < $1 ORDER BY closed_at LIMIT $2)`,
    [before(alertDays), atOnce],
  )
  await db.query(
    `DELETE FROM sos_ops o USING devices d
      WHERE d.vault_id = o.vault_id AND d.device_id = o.device_id AND d.removed_at < $1`,
    [before(removedDays)],
  )
  await db.query("DELETE FROM events WHERE topic = 'emergency-alerts' AND at < $1", [
    before(eventDays),
  ])
}
