/**
 * Notices for apps: pointers to alerts, joined with what they point to when they are sent. Each is sent
 * until an app of the account has stored it.
 */
import {
  bytesToBase64url,
  type AlertEvent,
  type AlertId,
  type ContactId,
  type Notice,
  type OpId,
  type VaultId,
} from '@selene/shapes'
import type { Clock } from '../core/clock.ts'
import type { Db } from '../db/db.ts'
import type { AlertKind } from './alert.ts'
import { tellOwner, type OwnAlert } from './owner-notice.ts'

/** Numbers are given before they are committed: for so long, a lower one may appear after a higher. */
const lateMilliseconds = 15 * 60_000
const newMilliseconds = 60_000
/** How many notices are read at a time: their slots are a kilobyte each. */
const pageSize = 200

/** Part of what an app may lack. */
export interface NoticePage {
  /** In order of their numbers. */
  readonly notices: Notice[]
  /** After which notice the next page begins; absent from the last one. */
  readonly next?: number
}

export interface Inbox {
  /** What an app that has stored notices up to `last` may lack, of what follows the notice `after`. */
  since(account: VaultId, from: { last: number; after: number }): Promise<NoticePage>
  /** An app of the account has stored the notice; that of a contact, its sender learns. */
  ack(account: VaultId, id: number): Promise<void>
  /** Accounts with notices of the last minute that no app has: perhaps nobody woke their sockets. */
  recentlyUnacked(): Promise<VaultId[]>
}

interface NoticeRow {
  readonly notice_id: bigint
  readonly event: AlertEvent | 'standing'
  readonly alert_id: AlertId
  readonly op_id: OpId | null
  readonly kind: AlertKind
  /** Null in notices of one's own alert. */
  readonly role: 'contact' | 'nearby' | null
  readonly contact_id: ContactId | null
  /** Null for passers-by, and where nothing was sealed or it is erased. */
  readonly sealed: Uint8Array | null
  readonly reply_key: Uint8Array
  readonly raised_at: Date
  readonly received_at: Date
}

/** Somebody who was taken off the contacts gets no slot any more, though he hears of the end. */
const sinceSql = `
  SELECT i.notice_id, i.event, i.alert_id, i.op_id, a.kind, r.role, r.contact_id, s.sealed,
    a.reply_key, a.raised_at, a.received_at
  FROM inbox i JOIN emergency_alerts a USING (alert_id)
  LEFT JOIN alert_recipients r ON r.alert_id = i.alert_id AND r.account_id = i.account_id
  LEFT JOIN contacts c ON c.owner_id = a.owner_id AND c.contact_id = r.contact_id
  LEFT JOIN alert_slots s
    ON s.alert_id = i.alert_id AND s.op_id = i.op_id AND s.contact_id = c.contact_id
  WHERE i.account_id = $1 AND i.notice_id > $4
    AND (i.notice_id > $2 OR i.created_at > $3 OR i.acked_at IS NULL)
  ORDER BY i.notice_id LIMIT ${pageSize}`

/** A passer-by's receipt stays here: a count of them would tell who is where (W61). */
const ackSql = `
  WITH acked AS (
    UPDATE inbox SET acked_at = $3 WHERE account_id = $1 AND notice_id = $2 AND acked_at IS NULL
    RETURNING alert_id, event
  ), delivered AS (
    UPDATE alert_recipients r SET delivered_at = $3 FROM acked k
    WHERE k.event <> 'standing' AND r.alert_id = k.alert_id AND r.account_id = $1
      AND r.delivered_at IS NULL
    RETURNING r.alert_id, r.role
  )
  SELECT a.alert_id, a.owner_id FROM delivered d JOIN emergency_alerts a USING (alert_id)
  WHERE d.role = 'contact'`

export function createInbox(deps: {
  db: Db
  clock: Clock
  told: (accounts: readonly VaultId[]) => void
}): Inbox {
  const { db, clock, told } = deps
  return {
    async since(account, { last, after }) {
      const late = new Date(clock.now() - lateMilliseconds)
      const rows = await db.query<NoticeRow>(sinceSql, [account, last, late, after])
      const notices = rows.flatMap((row) => noticeOf(row) ?? [])
      const end = rows.length < pageSize ? undefined : rows.at(-1)
      return { notices, ...(end && { next: Number(end.notice_id) }) }
    },
    async ack(account, id) {
      const now = new Date(clock.now())
      const delivered = await db.transaction(async (tx) => {
        const [row] = await tx.query<OwnAlert>(ackSql, [account, id, now])
        if (row) await tellOwner(tx, row, now)
        return row
      })
      if (delivered) told([delivered.owner_id])
    },
    async recentlyUnacked() {
      const rows = await db.query<{ account_id: VaultId }>(
        'SELECT DISTINCT account_id FROM inbox WHERE acked_at IS NULL AND created_at > $1',
        [new Date(clock.now() - newMilliseconds)],
      )
      return rows.map((row) => row.account_id)
    },
  }
}

const time = (date: Date): number => date.getTime()

function noticeOf(row: NoticeRow): Notice | undefined {
  const head = { type: 'notice', id: Number(row.notice_id), alert: row.alert_id } as const
  if (row.event === 'standing') return { ...head, kind: 'standing' }
  if (!row.role) return undefined
  return {
    ...head,
    kind: 'alert',
    event: row.event,
    ...(row.op_id && { op: row.op_id }),
    alert_kind: row.kind,
    role: row.role,
    ...(row.contact_id && { contact: row.contact_id }),
    ...(row.sealed && { slot: bytesToBase64url(row.sealed) }),
    reply_key: bytesToBase64url(row.reply_key),
    raised_at: time(row.raised_at),
    received_at: time(row.received_at),
  }
}
