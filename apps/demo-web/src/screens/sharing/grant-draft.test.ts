import type { ContactId } from '@selene/client-sdk'
import type { CivilDate } from '@selene/client-sdk/calendar'
import { describe, expect, test } from 'vitest'
import {
  faultsOf,
  isAllDays,
  lastDayBefore,
  newGrant,
  requestOf,
  type GrantDraft,
} from './grant-draft.ts'

const contact = 'some-contact' as ContactId
const today = '2026-03-31' as CivilDate
const whole: GrantDraft = { ...newGrant(contact), scope: new Set(['periods', 'forecast']) }

/** The last day of what a draft asks for. */
const lastOf = (draft: GrantDraft): string | undefined => {
  const request = requestOf(draft, today)
  return request && lastDayBefore(request.expiresAt)
}

describe('what is shared', () => {
  test('is nothing, and with nobody, until she says it', () => {
    expect(faultsOf(newGrant(''), today)).toEqual({ contact: true, scope: true })
    expect(requestOf(newGrant(contact), today)).toBeUndefined()
  })

  test('is what she chose, for a month, of the last three', () => {
    expect(requestOf(whole, today)).toMatchObject({
      contact,
      scope: ['periods', 'forecast'],
      from: '2026-01-01',
    })
    expect(lastOf(whole)).toBe('2026-04-30')
  })

  test.each([
    ['day', '2026-04-01'],
    ['week', '2026-04-07'],
    ['three-months', '2026-06-30'],
  ] as const)('ends after a %s with a whole day', (until, last) => {
    expect(lastOf({ ...whole, until })).toBe(last)
  })

  test.each(['', '2026-03-30', '2027-03-31'])('cannot end on %o', (last) => {
    expect(faultsOf({ ...whole, until: 'own', last }, today)).toEqual({ last: true })
  })

  test.each(['2026-03-31', '2027-03-30'])('can end on %s, within what the SDK takes', (last) => {
    const request = requestOf({ ...whole, until: 'own', last }, today)!
    expect(lastDayBefore(request.expiresAt)).toBe(last)
    const days = (request.expiresAt - new Date(2026, 2, 31).getTime()) / 86_400_000
    expect(days).toBeLessThanOrEqual(366)
  })

  test('begins on a day that has been', () => {
    for (const from of ['', '2026-04-01', '2026-02-30'])
      expect(faultsOf({ ...whole, since: 'own', from }, today)).toEqual({ from: true })
    expect(requestOf({ ...whole, since: 'own', from: today }, today)?.from).toBe(today)
    expect(isAllDays(requestOf({ ...whole, since: 'all' }, today)!.from)).toBe(true)
    expect(isAllDays(today)).toBe(false)
  })
})

test('an end within a day has no last day', () => {
  expect(lastDayBefore(new Date(2026, 3, 1).getTime())).toBe('2026-03-31')
  expect(lastDayBefore(new Date(2026, 3, 1, 12).getTime())).toBeUndefined()
})
