/**
 * Giving a stranger who accepted the position of the person who called (W56). The expected attacker is
 * somebody who opts in near a victim's home; the rules make that slow and narrow, and each of them is
 * looked at when the position is asked for.
 */
import {
  bytesToBase64url,
  Problem,
  type AlertId,
  type OpId,
  type ResponseState,
  type VaultId,
} from '@selene/shapes'
import type { Clock } from '../core/clock.ts'
import { dayMilliseconds, dayOf } from '../core/day.ts'
import type { Db, Transaction } from '../db/db.ts'
import type { HeldPart } from './alert.ts'
import type { DayKeys } from './day-keys.ts'
import { tellOwner, type OwnAlert } from './owner-notice.ts'
import { lockReleases } from './owner-lock.ts'
import { acceptances } from './standing.ts'

export interface ReleaseRules {
  /** Age of the account. */
  readonly minAccountDays: number
  /** Days on which a cell was reported. */
  readonly minCellDays: number
  /** To how many accounts one alert's position is given. */
  readonly releasesPerAlert: number
  /** How many positions one account gets within 24 hours. */
  readonly releasesPerDay: number
}

export const releaseRules: ReleaseRules = {
  minAccountDays: 14,
  minCellDays: 3,
  releasesPerAlert: 3,
  releasesPerDay: 1,
}

/** The body of the answer; `key` opens `part`. */
export interface ResponderBox {
  readonly op: string
  readonly key: string
  readonly part: string
}

/** @throws {@link Problem} sos/no-alert, sos/closed, or sos/not-released with the rule in its detail. */
export type Release = (alert: AlertId, account: VaultId) => Promise<ResponderBox>

interface Asked extends OwnAlert {
  readonly closed: boolean
  readonly excluded: boolean
  readonly role: 'contact' | 'nearby'
  readonly response: ResponseState | null
  readonly released: boolean
  readonly responder_op: OpId | null
  readonly responder_part: Uint8Array | null
  readonly responder_key: Uint8Array | null
  readonly responder_day: string | null
}

interface Decided {
  readonly part: HeldPart
  /** Whose alert it is, when the account gets its position for the first time; she is told. */
  readonly owner?: VaultId
}

interface TrackRecord {
  readonly created_on: string
  /** Null when the account no longer helps nearby. */
  readonly cell_days: number | null
  readonly of_alert: number
  readonly of_day: number
}

/** Locks the alert, so that releases of one alert follow each other. */
const askedSql = `
  SELECT a.alert_id, a.owner_id, a.closed_at IS NOT NULL AS closed, COALESCE(r.account_id = ANY (a.excluded), false) AS excluded,
    r.role, e.state AS response, e.released_at IS NOT NULL AS released,
    a.responder_op, a.responder_part, a.responder_key, a.responder_day
  FROM emergency_alerts a JOIN alert_recipients r USING (alert_id)
  LEFT JOIN emergency_responses e USING (alert_id, account_id)
  WHERE a.alert_id = $1 AND r.account_id = $2 FOR NO KEY UPDATE OF a`

const recordSql = `
  SELECT a.created_on, r.cell_days,
    (SELECT count(*)::int FROM emergency_responses
      WHERE alert_id = $1 AND released_at IS NOT NULL) AS of_alert,
    (SELECT count(*)::int FROM emergency_responses
      WHERE account_id = $2 AND released_at > $3) AS of_day
  FROM accounts a LEFT JOIN responders r USING (account_id) WHERE a.account_id = $2`

const releaseSql = `
  WITH happened AS (
    INSERT INTO events (topic, key, body, at)
    VALUES ('emergency-alerts', $1::uuid, '{"event":"alert.released"}', $3::timestamptz)
  )
  UPDATE emergency_responses SET released_at = $3 WHERE alert_id = $1 AND account_id = $2`

export function createRelease(
  deps: {
    db: Db
    clock: Clock
    dayKeys: DayKeys
    told: (accounts: readonly VaultId[]) => void
  },
  rules: ReleaseRules,
): Release {
  const { db, clock, dayKeys } = deps

  async function decide(tx: Transaction, alert: AlertId, account: VaultId): Promise<Decided> {
    await lockReleases(tx, account)
    const [asked] = await tx.query<Asked>(askedSql, [alert, account])
    if (!asked) throw new Problem('sos/no-alert')
    if (asked.closed) throw new Problem('sos/closed')
    const part = partOf(asked)
    if (asked.released) return { part }
    const now = clock.now()
    const since = new Date(now - dayMilliseconds)
    const [record] = await tx.query<TrackRecord>(recordSql, [alert, account, since])
    if (!record) throw new Problem('sos/no-alert')
    checkRecord(record, rules, now)
    await tx.query(releaseSql, [alert, account, new Date(now)])
    await tellOwner(tx, asked, new Date(now))
    return { part, owner: asked.owner_id }
  }

  return async (alert, account) => {
    const { part, owner } = await db.transaction((tx) => decide(tx, alert, account))
    if (owner) deps.told([owner])
    const key = await dayKeys.unwrap({ alert, op: part.op }, part)
    if (!key) throw refused('the position is no longer held')
    return {
      op: part.op,
      key: bytesToBase64url(key),
      part: bytesToBase64url(part.sealed),
    }
  }
}

const refused = (detail: string): Problem => new Problem('sos/not-released', { detail })

/**
 * What is asked for, if it may be given at all. Somebody whom she excludes hears the same as where there
 * is no position: that an exclusion is meant for him would tell him who calls.
 */
function partOf(asked: Asked): HeldPart {
  const { responder_op: op, responder_part: sealed, responder_key: wrappedKey } = asked
  if (asked.role !== 'nearby') throw refused('contacts have it in what was sealed for them')
  if (!asked.response || !acceptances.includes(asked.response))
    throw refused('accept the alert first')
  if (asked.excluded || !op || !sealed || !wrappedKey || !asked.responder_day)
    throw refused('there is no position to give')
  return { op, sealed, wrappedKey, day: asked.responder_day }
}

function checkRecord(record: TrackRecord, rules: ReleaseRules, now: number): void {
  const age = (Date.parse(dayOf(now)) - Date.parse(record.created_on)) / dayMilliseconds
  if (age < rules.minAccountDays)
    throw refused(`the account is younger than ${rules.minAccountDays} days`)
  if ((record.cell_days ?? 0) < rules.minCellDays)
    throw refused(`the account has helped nearby on fewer than ${rules.minCellDays} days`)
  if (record.of_alert >= rules.releasesPerAlert)
    throw refused(`${rules.releasesPerAlert} people have it already`)
  if (record.of_day >= rules.releasesPerDay)
    throw refused(`the account got ${rules.releasesPerDay} within a day`)
}
