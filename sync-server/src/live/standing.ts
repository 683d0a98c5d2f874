/** Which sessions still stand, asked for all open sockets at once (W69). */
import type { SessionId } from '@selene/shapes'
import type { Queryable } from '../db/db.ts'
import { toUuidArray } from '../db/uuid-array.ts'

/** Those of the sessions that have not ended and whose device is a member. */
export async function standingSessions(
  db: Queryable,
  sessions: readonly SessionId[],
): Promise<ReadonlySet<SessionId>> {
  if (sessions.length === 0) return new Set()
  const rows = await db.query<{ session_id: SessionId }>(
    `SELECT s.session_id FROM unnest($1::text::uuid[]) AS asked (session_id)
      JOIN sessions s USING (session_id)
      JOIN devices d ON d.vault_id = s.account_id AND d.device_id = s.device_id
      WHERE s.revoked_at IS NULL AND d.removed_at IS NULL`,
    [toUuidArray(sessions)],
  )
  return new Set(rows.map((row) => row.session_id))
}
