/** Alerts of other people as this device keeps them, one row an alert: the table `incoming_alerts`. */
import type { AlertId, ContactId, ResponseState } from '@selene/shapes'
import type { Position } from '../core/position.ts'
import type { Reader, StoreTx } from '../store/store.ts'
import type { AlertKind, IncomingAlert } from './alert.ts'

export interface IncomingRow {
  readonly alert_id: AlertId
  readonly role: 'contact' | 'nearby'
  readonly contact_id: ContactId | null
  readonly kind: AlertKind
  readonly state: IncomingAlert['state']
  /** Whether what stands here, and whether its end, was sealed by the contact. */
  readonly details_verified: boolean
  readonly end_verified: boolean
  /** Notice that brought the details; 0 while none has. */
  readonly details_notice: number
  readonly raised_at: number
  readonly received_at: number
  /** Null once the alert has ended, like the position. */
  readonly reply_key: Uint8Array | null
  readonly note: string
  readonly position: Position | null
  readonly response: ResponseState | null
  /** What both have in common by the keys that the details came by; null like the reply key. */
  readonly auth_key: Uint8Array | null
}

export async function readIncoming(reader: Reader, id: AlertId): Promise<IncomingRow | undefined> {
  const sql = 'SELECT * FROM incoming_alerts WHERE alert_id = $1'
  return (await reader.query<IncomingRow>(sql, [id]))[0]
}

/** Open ones first, newest first. */
export const listIncoming = (reader: Reader): Promise<IncomingRow[]> =>
  reader.query<IncomingRow>(
    `SELECT * FROM incoming_alerts ORDER BY state = 'open' DESC, received_at DESC, alert_id`,
  )

export async function writeIncoming(tx: StoreTx, row: IncomingRow): Promise<void> {
  await tx.query('DELETE FROM incoming_alerts WHERE alert_id = $1', [row.alert_id])
  await tx.query(
    `INSERT INTO incoming_alerts VALUES
       ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13::text::json, $14, $15)`,
    [
      row.alert_id,
      row.role,
      row.contact_id,
      row.kind,
      row.state,
      row.details_verified,
      row.end_verified,
      row.details_notice,
      row.raised_at,
      row.received_at,
      row.reply_key,
      row.note,
      row.position && JSON.stringify(row.position),
      row.response,
      row.auth_key,
    ],
  )
}

const dayMs = 24 * 3_600_000

/** Of one contact, or of all passers-by together, so many ended alerts are kept. */
const keptPerContact = 100

/**
 * A server ends every alert within a day and forgets it a week later: one that is still open here then
 * will never hear of its end. Ended ones go after 30 days, of many the oldest.
 * @param now By the server's clock, so that a wrong one here ends nobody's alert.
 */
export async function pruneIncoming(tx: StoreTx, now: number): Promise<void> {
  await tx.query(
    `UPDATE incoming_alerts SET state = 'expired', position = NULL, reply_key = NULL, auth_key = NULL
     WHERE state = 'open' AND received_at < $1`,
    [now - 7 * dayMs],
  )
  await tx.query(`DELETE FROM incoming_alerts WHERE state <> 'open' AND received_at < $1`, [
    now - 30 * dayMs,
  ])
  await tx.query(
    `DELETE FROM incoming_alerts WHERE alert_id IN (
       SELECT alert_id FROM (
         SELECT alert_id, row_number() OVER (
           PARTITION BY contact_id ORDER BY received_at DESC, alert_id) AS place
         FROM incoming_alerts WHERE state <> 'open') AS ended
       WHERE place > $1)`,
    [keptPerContact],
  )
}
