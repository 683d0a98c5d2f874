/**
 * One notice about somebody's alert, taken into what is known of it. Pure; the order of notices does not
 * matter, and neither does one that comes twice: an alert that has ended stays so, and of details those
 * of the latest notice stand. Only the contact whose alert it is speaks for it: what another one sealed
 * counts as not sealed.
 */
import {
  base64urlToBytes,
  type AlertId,
  type AlertNotice,
  type ContactId,
  type SlotDetails,
  type SosKind,
} from '@selene/shapes'
import { plainLine } from '../core/plain-text.ts'
import { fixToPosition } from './fix.ts'
import type { IncomingRow } from './incoming-table.ts'

/** What a slot that opened and was made by the contact whom its notice names says. */
export interface Sealed {
  readonly kind: SosKind
  readonly details: SlotDetails
  /** Of the keys that it came by. */
  readonly authKey: Uint8Array
}

const endings = { cancelled: 'cancel', resolved: 'resolve' } as const

const newRow = (notice: AlertNotice): IncomingRow => ({
  alert_id: notice.alert as AlertId,
  role: notice.role,
  contact_id: (notice.contact ?? null) as ContactId | null,
  kind: notice.alert_kind,
  state: 'open',
  details_verified: false,
  end_verified: false,
  details_notice: 0,
  raised_at: notice.raised_at,
  received_at: notice.received_at,
  reply_key: base64urlToBytes(notice.reply_key) ?? null,
  note: '',
  position: null,
  response: null,
  auth_key: null,
})

/** Details of an opening slot, unless later ones are here. */
function withDetails(row: IncomingRow, notice: AlertNotice, sealed: Sealed): IncomingRow {
  if (notice.id <= row.details_notice) return row
  const { details, authKey } = sealed
  const position = details.position ? fixToPosition(details.position) : null
  return {
    ...row,
    kind: details.kind,
    raised_at: details.raisedAt,
    note: plainLine(details.note),
    position: row.state === 'open' ? position : null,
    details_verified: true,
    details_notice: notice.id,
    auth_key: row.state === 'open' ? authKey : null,
  }
}

/** The first end stands, unless a later one is sealed by the contact and it was not. */
function withEnd(row: IncomingRow, state: IncomingRow['state'], isVerified: boolean): IncomingRow {
  const isNews = row.state === 'open' || (isVerified && !row.end_verified)
  const end = isNews ? { state, end_verified: isVerified } : undefined
  return { ...row, ...end, position: null, reply_key: null, auth_key: null }
}

/** One that was heard of as a passer-by first, and then as somebody's contact, is that contact's. */
function withContact(row: IncomingRow, { role, contact }: AlertNotice): IncomingRow {
  if (row.contact_id !== null || contact === undefined) return row
  return { ...row, role, contact_id: contact as ContactId }
}

export function nextRow(
  known: IncomingRow | undefined,
  notice: AlertNotice,
  opened: Sealed | undefined,
): IncomingRow {
  const row = withContact(known ?? newRow(notice), notice)
  const sealed = row.contact_id === (notice.contact ?? null) ? opened : undefined
  const { event } = notice
  if (event === 'expired') return withEnd(row, event, false)
  if (event === 'cancelled' || event === 'resolved')
    return withEnd(row, event, sealed?.kind === endings[event])
  const opens = sealed?.kind === 'raise' || sealed?.kind === 'update'
  return opens ? withDetails(row, notice, sealed) : row
}

/** Whether what the row says is the contact's own word; that an alert expired only the server can say. */
export const isVerified = (row: IncomingRow): boolean =>
  row.state === 'open' || row.state === 'expired' ? row.details_verified : row.end_verified
