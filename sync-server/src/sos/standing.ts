/**
 * How an alert stands, for its owner: contacts one by one, of the community only who accepts, never how
 * many were told (W61). People who are no longer her contacts are left out.
 */
import {
  bytesToBase64url,
  Problem,
  type AlertId,
  type AlertState,
  type ContactId,
  type ResponseId,
  type ResponseState,
  type SosAnswer,
  type VaultId,
} from '@selene/shapes'
import type { Queryable } from '../db/db.ts'

interface StandingRow {
  readonly state: AlertState
  readonly received_at: Date
  readonly fires_at: Date
  /** Null, like all below, when nobody was told yet. */
  readonly role: 'contact' | 'nearby' | null
  readonly contact_id: ContactId | null
  readonly delivered: boolean
  /** Null, like the next two, without an answer. */
  readonly response_id: ResponseId | null
  readonly response: ResponseState | null
  readonly message: Uint8Array | null
}

/** Answers by which a stranger offers help. */
export const acceptances: readonly ResponseState[] = ['accept', 'on-my-way', 'arrived']

const standingSql = `
  SELECT a.state, a.received_at, a.fires_at, p.role, p.contact_id, p.delivered, p.response_id,
    p.response, p.message
  FROM emergency_alerts a LEFT JOIN LATERAL (
    SELECT r.role, c.contact_id, r.delivered_at IS NOT NULL AS delivered, e.response_id,
      e.state AS response, e.message
    FROM alert_recipients r
    LEFT JOIN contacts c ON c.owner_id = a.owner_id AND c.peer_id = r.account_id
    LEFT JOIN emergency_responses e ON e.alert_id = r.alert_id AND e.account_id = r.account_id
    WHERE r.alert_id = a.alert_id AND CASE r.role WHEN 'contact' THEN c.contact_id IS NOT NULL
      ELSE e.state IN (${acceptances.map((state) => `'${state}'`).join(', ')}) END
  ) p ON true
  WHERE a.alert_id = $1 AND a.owner_id = $2 ORDER BY p.contact_id, p.response_id`

/** @throws {@link Problem} sos/no-alert when it is another's, or forgotten. */
export async function readStanding(
  db: Queryable,
  alert: AlertId,
  owner: VaultId,
): Promise<SosAnswer> {
  const rows = await db.query<StandingRow>(standingSql, [alert, owner])
  const [first] = rows
  if (!first) throw new Problem('sos/no-alert')
  return {
    alert,
    state: first.state,
    received_at: first.received_at.getTime(),
    ...(first.state === 'armed' && { fires_at: first.fires_at.getTime() }),
    contacts: rows.flatMap((row) =>
      row.role === 'contact' && row.contact_id
        ? [{ contact: row.contact_id, delivered: row.delivered, ...responseOf(row) }]
        : [],
    ),
    responders: rows.flatMap((row) =>
      row.role === 'nearby' && row.response_id
        ? [{ response: row.response_id, ...responseOf(row) }]
        : [],
    ),
  }
}

const responseOf = ({ response, message }: StandingRow) => ({
  ...(response && { state: response }),
  ...(message && { message: bytesToBase64url(message) }),
})
