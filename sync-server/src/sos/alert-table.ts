/** Open alerts in their table: read and written whole, one row each. */
import { Problem, type AlertId, type OpId, type SosOp, type VaultId } from '@selene/shapes'
import type { Transaction } from '../db/db.ts'
import { fromUuidArray, toUuidArray } from '../db/uuid-array.ts'
import type { AlertKind, HeldPart, OpenAlert, OpenState } from './alert.ts'

/** The columns of an alert that is open. */
export interface OpenRow {
  readonly alert_id: AlertId
  readonly owner_id: VaultId
  readonly incident_id: AlertId
  readonly kind: AlertKind
  readonly state: OpenState
  readonly audience: OpenAlert['audience']
  readonly raised_at: Date
  readonly received_at: Date
  readonly fires_at: Date
  readonly op_id: OpId
  readonly reply_key: Uint8Array
  readonly cell_row: number | null
  readonly cell_column: number | null
  readonly radius_metres: number | null
  readonly excluded: string | null
  readonly responder_op: OpId | null
  readonly responder_part: Uint8Array | null
  readonly responder_key: Uint8Array | null
  readonly responder_day: string | null
}

const columns = `alert_id, owner_id, incident_id, kind, state, audience, raised_at, received_at,
  fires_at, op_id, reply_key, cell_row, cell_column, radius_metres, excluded,
  responder_op, responder_part, responder_key, responder_day`

/** What a further operation may change. */
const changing = columns
  .split(/,\s+/)
  .filter((name) => !['alert_id', 'owner_id', 'incident_id', 'received_at'].includes(name))

/** The columns of an alert, behind the name of a table. */
export const openColumns = (table: string): string =>
  columns
    .split(/,\s+/)
    .map((name) => `${table}.${name}`)
    .join(', ')

/**
 * Whether a device that is still a member raised or updated the alert in this row of a table. A device
 * that was removed, perhaps stolen, calls on its own account: it takes no other alert's place.
 */
export const calledByMember = (table: string): string =>
  `EXISTS (SELECT 1 FROM sos_ops o JOIN devices d USING (vault_id, device_id)
    WHERE o.vault_id = ${table}.owner_id AND o.alert_id = ${table}.alert_id
      AND o.kind IN ('raise', 'update') AND d.removed_at IS NULL)`

export function alertOf(row: OpenRow): OpenAlert {
  const { cell_row: cellRow, cell_column: column } = row
  return {
    id: row.alert_id,
    owner: row.owner_id,
    incident: row.incident_id,
    kind: row.kind,
    state: row.state,
    audience: row.audience,
    raisedAt: row.raised_at.getTime(),
    receivedAt: row.received_at.getTime(),
    firesAt: row.fires_at.getTime(),
    op: row.op_id,
    replyKey: row.reply_key,
    cell: cellRow === null || column === null ? undefined : { row: cellRow, column },
    radiusMetres: row.radius_metres ?? undefined,
    excluded: row.excluded === null ? undefined : fromUuidArray<VaultId>(row.excluded),
    part: partOf(row),
  }
}

function partOf(row: OpenRow): HeldPart | undefined {
  const { responder_op: op, responder_part: sealed, responder_key: key, responder_day: day } = row
  return op && sealed && key && day ? { op, sealed, wrappedKey: key, day } : undefined
}

/**
 * Writes an alert, and the slots of the operation behind it.
 * @throws {@link Problem} sos/no-alert when another account has taken its id at this moment.
 */
export async function storeAlert(tx: Transaction, alert: OpenAlert, op: SosOp): Promise<void> {
  const { part } = alert
  const written = await tx.query(
    `INSERT INTO emergency_alerts (${columns})
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15::text::uuid[],
        $16, $17, $18, $19)
      ON CONFLICT (alert_id) DO UPDATE
        SET ${changing.map((name) => `${name} = EXCLUDED.${name}`).join(', ')}
        WHERE emergency_alerts.owner_id = EXCLUDED.owner_id
      RETURNING 1 AS written`,
    [
      alert.id,
      alert.owner,
      alert.incident,
      alert.kind,
      alert.state,
      alert.audience,
      new Date(alert.raisedAt),
      new Date(alert.receivedAt),
      new Date(alert.firesAt),
      alert.op,
      alert.replyKey,
      alert.cell?.row ?? null,
      alert.cell?.column ?? null,
      alert.radiusMetres ?? null,
      alert.excluded ? toUuidArray(alert.excluded) : null,
      part?.op ?? null,
      part?.sealed ?? null,
      part?.wrappedKey ?? null,
      part?.day ?? null,
    ],
  )
  if (written.length === 0) throw new Problem('sos/no-alert')
  await storeSlots(tx, op)
}

/**
 * Keeps an operation's slots, in place of those of updates before it; those for people who are not
 * contacts are dropped, two for the same one stand one behind the other.
 */
export async function storeSlots(tx: Transaction, op: SosOp): Promise<void> {
  const [first] = op.slots
  if (!first) return
  await tx.query(
    `WITH older AS (
        DELETE FROM alert_slots USING unnest($3::text::uuid[]) AS told (contact)
        WHERE alert_id = $1 AND op_id <> $2 AND of_update AND contact_id = told.contact
      )
      INSERT INTO alert_slots (alert_id, op_id, contact_id, of_update, sealed)
      SELECT $1::uuid, $2::uuid, c.contact_id, $7::boolean,
        string_agg(substring($4::bytea FROM ((s.place - 1) * $5::int + 1)::int FOR $5::int), ''
          ORDER BY s.place)
      FROM unnest($3::text::uuid[]) WITH ORDINALITY AS s (contact_id, place)
      JOIN contacts c ON c.owner_id = $6 AND c.contact_id = s.contact_id
      GROUP BY c.contact_id`,
    [
      op.alert,
      op.op,
      toUuidArray(op.slots.map((slot) => slot.contact)),
      new Uint8Array(Buffer.concat(op.slots.map((slot) => slot.sealed))),
      first.sealed.length,
      op.vault,
      op.kind === 'update',
    ],
  )
}
