/**
 * What makes an SOS operation take effect once (W48): its identity is recorded in the transaction of its
 * effect, and found again when the same bytes come another time.
 */
import { Problem, sameBytes, type AlertId } from '@selene/shapes'
import type { Transaction } from '../db/db.ts'
import { calledByMember, openColumns, type OpenRow } from './alert-table.ts'
import type { TrustedOp } from './signed-op.ts'

/** What an operation finds. */
export interface Found {
  readonly isNew: boolean
  /** Hash under which it is known; absent when it is new. */
  readonly known: Uint8Array | undefined
  /** Incident that a new alert joins; one of removed devices alone takes nothing in. */
  readonly incident: AlertId | undefined
  /** Whether its device has done something about the alert before. */
  readonly isOwn: boolean
  /** The alert that it names, of whomever and in whatever state. */
  readonly alert: OpenRow | undefined
}

/** Records the operation and looks at what it names, under the owner's lock. */
export async function enter(tx: Transaction, { op, hash }: TrustedOp): Promise<Found> {
  const [row] = await tx.query<
    Partial<OpenRow> & {
      is_new: boolean
      known: Uint8Array | null
      incident: AlertId | null
      is_own: boolean
    }
  >(
    `WITH recorded AS (
        INSERT INTO sos_ops (vault_id, device_id, op_id, alert_id, kind, body_hash)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING op_id
      )
      SELECT EXISTS (SELECT 1 FROM recorded) AS is_new,
        (SELECT body_hash FROM sos_ops
          WHERE vault_id = $1 AND device_id = $2 AND op_id = $3) AS known,
        (SELECT e.incident_id FROM emergency_alerts e
          WHERE e.owner_id = $1 AND e.closed_at IS NULL AND e.kind <> 'test'
            AND ${calledByMember('e')}
          ORDER BY e.received_at, e.alert_id LIMIT 1) AS incident,
        EXISTS (SELECT 1 FROM sos_ops
          WHERE vault_id = $1 AND device_id = $2 AND alert_id = $4) AS is_own,
        ${openColumns('a')}
      FROM (SELECT 1) AS one LEFT JOIN emergency_alerts a ON a.alert_id = $4`,
    [op.vault, op.device, op.op, op.alert, op.kind, hash],
  )
  if (!row) throw new Error('a query that always has a row had none')
  return {
    isNew: row.is_new,
    known: row.known ?? undefined,
    incident: row.incident ?? undefined,
    isOwn: row.is_own,
    alert: row.alert_id ? (row as OpenRow) : undefined,
  }
}

/** @throws {@link Problem} outbox/equivocation unless the bytes are those that are known. */
export function checkReplay(known: Uint8Array | undefined, hash: Uint8Array): void {
  if (!known || !sameBytes(known, hash)) throw new Problem('outbox/equivocation')
}
