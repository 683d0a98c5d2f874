/**
 * The end of alerts: what the server held for responders and the routing are erased, the slots go, and
 * everybody who was told hears of it. An alert that never went off ends in silence (W50, W57).
 */
import type { AlertId, OpId, VaultId } from '@selene/shapes'
import type { Transaction } from '../db/db.ts'
import { fromUuidArray } from '../db/uuid-array.ts'

export interface Closing {
  readonly alert: AlertId
  readonly owner: VaultId
  readonly state: 'cancelled' | 'resolved' | 'expired'
  /** The operation that ends it; absent when the server does. */
  readonly op?: OpId
  /** Milliseconds since 1970. */
  readonly now: number
  /**
   * Alerts of the incident that she raised up to this moment of her device's clock end too; absent when
   * none does. One that she raised after she ended another must not end with it, in whatever order the
   * two arrive; a clock that is wrong may leave one open.
   */
  readonly raisedUntil?: number
}

export interface Closed {
  /** Whom to wake, the owner among them. */
  readonly told: VaultId[]
  /** Whether the named alert had gone off. */
  readonly wasSent: boolean
}

/**
 * An alert that was sent ends with another one only if that was sent too: taking a countdown back takes
 * no call for help back. The owner gets a notice too, for her other devices. `$3` is null when the alert
 * ends alone, `$6` when no operation is behind it.
 */
const closeSql = `
  WITH ending AS MATERIALIZED (
    SELECT alert_id, state FROM emergency_alerts
    WHERE owner_id = $1::uuid AND closed_at IS NULL AND (alert_id = $2::uuid OR (
      raised_at <= $3::timestamptz
      AND incident_id = (SELECT incident_id FROM emergency_alerts WHERE alert_id = $2)
      AND (state = 'armed' OR (SELECT state FROM emergency_alerts WHERE alert_id = $2) = 'sent')))
    ORDER BY alert_id FOR NO KEY UPDATE
  ), closed AS (
    UPDATE emergency_alerts a SET state = $4::text, closed_at = $5::timestamptz, cell_row = NULL, cell_column = NULL,
      radius_metres = NULL, excluded = NULL, responder_op = NULL, responder_part = NULL,
      responder_key = NULL, responder_day = NULL
    FROM ending e WHERE a.alert_id = e.alert_id
  ), erased AS (
    DELETE FROM alert_slots s USING ending e WHERE s.alert_id = e.alert_id
  ), happened AS (
    INSERT INTO events (topic, key, body, at)
    SELECT 'emergency-alerts', alert_id, '{"event":"alert.closed"}'::jsonb, $5::timestamptz
    FROM ending
  ), told AS (
    INSERT INTO inbox (account_id, alert_id, event, op_id, created_at)
    SELECT r.account_id, r.alert_id, $4::text, $6::uuid, $5::timestamptz
      FROM ending e JOIN alert_recipients r USING (alert_id) WHERE e.state = 'sent'
    UNION ALL
    SELECT $1::uuid, e.alert_id, 'standing', NULL, $5::timestamptz FROM ending e WHERE e.state = 'sent'
    ORDER BY 1, 2
    RETURNING account_id
  )
  SELECT (SELECT array_agg(DISTINCT account_id) FROM told) AS told,
    EXISTS (SELECT 1 FROM ending WHERE alert_id = $2 AND state = 'sent') AS was_sent`

/** Ends open alerts of one owner, whose lock the caller holds; closed ones stay as they are. */
export async function closeAlerts(tx: Transaction, closing: Closing): Promise<Closed> {
  const [row] = await tx.query<{ told: string | null; was_sent: boolean }>(closeSql, [
    closing.owner,
    closing.alert,
    closing.raisedUntil === undefined ? null : new Date(closing.raisedUntil),
    closing.state,
    new Date(closing.now),
    closing.op ?? null,
  ])
  return { told: fromUuidArray<VaultId>(row?.told ?? null), wasSent: row?.was_sent === true }
}
