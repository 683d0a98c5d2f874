/**
 * Telling people: who they are, and a notice for each, in the transaction that makes the alert go off.
 * Every contact of the owner is told, sealed for or not (W46); people nearby when she asked for them,
 * nearest first. Limits and failures narrow only that second part, and count per owner, so that
 * flooding an area cannot use up its helpers (W49).
 */
import type { Cell, OpId, VaultId } from '@selene/shapes'
import { dayMilliseconds } from '../core/day.ts'
import type { Log } from '../core/log.ts'
import type { Queryable, Transaction } from '../db/db.ts'
import { fromUuidArray, toUuidArray } from '../db/uuid-array.ts'
import { reachesNearby, type OpenAlert } from './alert.ts'
import { calledByMember } from './alert-table.ts'

/** Accounts near a cell, nearest first, without the owner, her contacts and `exclude`. */
export type FindNearby = (
  tx: Queryable,
  query: {
    readonly cell: Cell
    readonly radiusMetres: number
    readonly owner: VaultId
    readonly exclude: readonly VaultId[]
    readonly limit: number
  },
) => Promise<VaultId[]>

/** How old an act may be for strangers to be asked; a clock ahead of the server's says nothing. */
const freshMilliseconds = 6 * 3_600_000
/** How many people nearby are told at a time, and in one incident. */
const nearbyAtOnce = 50
const nearbyOfIncident = 150
/** In how many incidents a day people nearby are asked. */
const incidentsPerDay = 3

/** What is told, and when the person acted. Times are milliseconds since 1970. */
export interface Telling {
  readonly event: 'raised' | 'updated'
  readonly op: OpId
  /** By her device's clock. */
  readonly at: number
  readonly now: number
}

/** Tells people and returns whom. */
export type Tell = (tx: Transaction, alert: OpenAlert, telling: Telling) => Promise<VaultId[]>

/**
 * Whom this incident has reached, strangers or not, since a contact who was removed meanwhile must not
 * come back as a stranger; how many of them were strangers; and the other incidents of the last day that
 * reached some. Calls of members and of removed devices count apart.
 */
const communitySql = `
  WITH reached AS MATERIALIZED (
    SELECT r.account_id, r.role FROM alert_recipients r JOIN emergency_alerts a USING (alert_id)
    WHERE a.owner_id = $1 AND a.incident_id = $2
  )
  SELECT ARRAY(SELECT DISTINCT account_id FROM reached) AS told,
    (SELECT count(DISTINCT account_id)::int FROM reached WHERE role = 'nearby') AS strangers,
    (SELECT count(DISTINCT a.incident_id)::int FROM emergency_alerts a
      WHERE a.owner_id = $1 AND a.incident_id <> $2 AND EXISTS (SELECT 1 FROM alert_recipients r
        WHERE r.alert_id = a.alert_id AND r.role = 'nearby' AND r.told_at > $3)
      AND ${calledByMember('a')} = (SELECT ${calledByMember('b')} FROM emergency_alerts b
        WHERE b.alert_id = $4)) AS incidents`

interface Community {
  readonly told: string
  readonly strangers: number
  readonly incidents: number
}

/**
 * Updates that no app has stored give way to the operation that follows, where it brings the same person
 * something newer. Before anything else is locked and past what is locked, since whoever acknowledges
 * holds a notice and then wants its recipient.
 */
const giveWaySql = `
  DELETE FROM inbox WHERE notice_id IN (
    SELECT i.notice_id FROM inbox i JOIN alert_recipients r USING (alert_id, account_id)
    WHERE i.alert_id = $1 AND i.event = 'updated' AND i.acked_at IS NULL
      AND (r.role = 'nearby' OR EXISTS (SELECT 1 FROM alert_slots s
        WHERE s.alert_id = $1 AND s.op_id = $2 AND s.contact_id = r.contact_id))
    FOR UPDATE OF i SKIP LOCKED)`

/**
 * Accounts are locked so that one that is being deleted is left out instead of failing the alert. Who
 * was told as a passer-by hears of changes, but is not called a second time.
 */
const tellSql = `
  WITH before AS MATERIALIZED (
    SELECT account_id, role FROM alert_recipients WHERE alert_id = $1::uuid
  ), wanted AS (
    SELECT DISTINCT ON (account_id) account_id, role, contact_id FROM (
      SELECT peer_id AS account_id, 'contact' AS role, contact_id FROM contacts WHERE owner_id = $2
      UNION ALL
      SELECT account_id, 'nearby', NULL FROM unnest($3::text::uuid[]) AS account_id
      UNION ALL
      SELECT account_id, 'nearby', NULL FROM before
        WHERE role = 'nearby' AND account_id <> ALL ($4::text::uuid[])
    ) everybody ORDER BY account_id, role
  ), present AS MATERIALIZED (
    SELECT w.account_id, w.role, w.contact_id FROM wanted w JOIN accounts a USING (account_id)
    ORDER BY a.account_id FOR KEY SHARE OF a
  ), reached AS (
    INSERT INTO alert_recipients (alert_id, account_id, role, contact_id, told_at)
    SELECT $1, account_id, role, contact_id, $7::timestamptz FROM present
    ON CONFLICT (alert_id, account_id)
      DO UPDATE SET role = EXCLUDED.role, contact_id = EXCLUDED.contact_id
  ), happened AS (
    INSERT INTO events (topic, key, body, at)
    VALUES ('emergency-alerts', $1, jsonb_build_object('event', 'alert.' || $5::text), $7::timestamptz)
  )
  INSERT INTO inbox (account_id, alert_id, event, op_id, created_at)
  SELECT p.account_id, $1, CASE WHEN b.account_id IS NULL THEN 'raised'
      WHEN p.role = 'nearby' THEN 'updated' ELSE $5::text END, $6::uuid, $7::timestamptz
  FROM present p LEFT JOIN before b USING (account_id) ORDER BY p.account_id
  RETURNING account_id`

export function createTell(deps: { findNearby: FindNearby; log: Log }): Tell {
  async function passersBy(
    tx: Transaction,
    alert: OpenAlert,
    { at, now }: Telling,
  ): Promise<VaultId[]> {
    const { cell, radiusMetres, excluded = [] } = alert
    if (!reachesNearby(alert) || !cell || radiusMetres === undefined) return []
    if (at < now - freshMilliseconds) return []
    const [community] = await tx.query<Community>(communitySql, [
      alert.owner,
      alert.incident,
      new Date(now - dayMilliseconds),
      alert.id,
    ])
    const { told = null, strangers = 0, incidents = 0 } = community ?? {}
    const limit = Math.min(nearbyAtOnce, nearbyOfIncident - strangers)
    if (incidents >= incidentsPerDay || limit <= 0) return []
    const exclude = [...excluded, ...fromUuidArray<VaultId>(told)]
    return deps.findNearby(tx, { cell, radiusMetres, owner: alert.owner, exclude, limit })
  }

  /** Whatever goes wrong with strangers, contacts are told. */
  async function passersByIfPossible(
    tx: Transaction,
    alert: OpenAlert,
    telling: Telling,
  ): Promise<VaultId[]> {
    if (!reachesNearby(alert)) return []
    try {
      return await tx.savepoint(() => passersBy(tx, alert, telling))
    } catch (error) {
      deps.log.error({ error }, 'people nearby could not be looked for')
      return []
    }
  }

  return async (tx, alert, telling) => {
    const nearby = await passersByIfPossible(tx, alert, telling)
    await tx.query(giveWaySql, [alert.id, telling.op])
    const rows = await tx.query<{ account_id: VaultId }>(tellSql, [
      alert.id,
      alert.owner,
      toUuidArray(nearby),
      toUuidArray(alert.excluded ?? []),
      telling.event,
      telling.op,
      new Date(telling.now),
    ])
    return rows.map((row) => row.account_id)
  }
}
