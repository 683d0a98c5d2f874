/** What she wants to let somebody read, while she says it. Nothing is chosen for her. Pure. */
import type { ContactId, GrantRequest, GrantScope } from '@selene/client-sdk'
import { addDays, civilDate, isCivilDate, type CivilDate } from '@selene/client-sdk/calendar'
import { shiftDate } from '../../calendar/month-grid.ts'
import type { Strings } from '../../strings/en.ts'

export type Since = keyof Strings['sharing']['sinces']
export type Until = keyof Strings['sharing']['untils']

export interface GrantDraft {
  /** Empty while nobody is chosen. */
  readonly contact: ContactId | ''
  readonly scope: ReadonlySet<GrantScope>
  readonly since: Since
  readonly until: Until
  /** Dates as the inputs give them. */
  readonly from: string
  readonly last: string
}

export const newGrant = (contact: ContactId | ''): GrantDraft => ({
  contact,
  scope: new Set(),
  since: 'three-months',
  until: 'month',
  from: '',
  last: '',
})

/** The SDK takes an end within 366 days; the last day ends with its midnight. */
const mostDays = 364

const sinceMonths = { 'three-months': 3, 'six-months': 6, year: 12 } as const
const farBack = '1900-01-01' as CivilDate

/** The first day that is shown; `undefined` while it is none. */
function firstDay({ since, from }: GrantDraft, today: CivilDate): CivilDate | undefined {
  if (since === 'all') return farBack
  if (since === 'own') return isCivilDate(from) && from <= today ? from : undefined
  return addDays(shiftDate(today, -sinceMonths[since]), 1)
}

/** The last day on which it can be read; `undefined` while it is none. */
export function lastDay({ until, last }: GrantDraft, today: CivilDate): CivilDate | undefined {
  switch (until) {
    case 'day':
      return addDays(today, 1)
    case 'week':
      return addDays(today, 7)
    case 'month':
      return shiftDate(today, 1)
    case 'three-months':
      return shiftDate(today, 3)
    case 'own':
      return isCivilDate(last) && last >= today && last <= addDays(today, mostDays)
        ? last
        : undefined
  }
}

export interface GrantFaults {
  readonly contact?: true
  readonly scope?: true
  readonly from?: true
  readonly last?: true
}

export function faultsOf(draft: GrantDraft, today: CivilDate): GrantFaults {
  return {
    ...(draft.contact === '' && { contact: true }),
    ...(draft.scope.size === 0 && { scope: true }),
    ...(firstDay(draft, today) === undefined && { from: true }),
    ...(lastDay(draft, today) === undefined && { last: true }),
  }
}

/** The midnight at this place with which a day ends, milliseconds since 1970. */
function endOf(date: CivilDate): number {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  return new Date(year, month - 1, day + 1).getTime()
}

/** What a draft without faults asks for. */
export function requestOf(draft: GrantDraft, today: CivilDate): GrantRequest | undefined {
  const from = firstDay(draft, today)
  const last = lastDay(draft, today)
  if (draft.contact === '' || draft.scope.size === 0 || !from || !last) return undefined
  return { contact: draft.contact, scope: [...draft.scope], from, expiresAt: endOf(last) }
}

/** The last day before an end that is a midnight here; `undefined` for an end within a day. */
export function lastDayBefore(expiresAt: number): CivilDate | undefined {
  const before = new Date(expiresAt - 1)
  const parts = [before.getFullYear(), before.getMonth() + 1, before.getDate()]
  const date = civilDate(parts.map((part) => String(part).padStart(2, '0')).join('-'))
  return date && endOf(date) === expiresAt ? date : undefined
}

/** Whether everything that was ever logged is shown. */
export const isAllDays = (from: CivilDate): boolean => from <= farBack
