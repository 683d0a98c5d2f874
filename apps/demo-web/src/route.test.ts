import type { ContactId, GrantId } from '@selene/client-sdk'
import { civilDate } from '@selene/client-sdk/calendar'
import { describe, expect, test } from 'vitest'
import { hrefOf, invitationOf, parseRoute, type Route } from './route.ts'

const date = civilDate('2026-02-28')!

describe('the address', () => {
  test.each<Route>([
    { name: 'day' },
    { name: 'day', date },
    { name: 'month' },
    { name: 'month', month: '2026-02' },
    { name: 'cycle' },
    { name: 'cycle', start: date },
    { name: 'insights' },
    { name: 'sos' },
    { name: 'alerts' },
    { name: 'people' },
    { name: 'contact', id: 'some-id' as ContactId },
    { name: 'sharing' },
    { name: 'share' },
    { name: 'share', id: 'some-id' as ContactId },
    { name: 'shared', id: 'some-id' as GrantId },
    { name: 'devices' },
    { name: 'aside' },
    { name: 'way-back' },
    { name: 'recover' },
    { name: 'settings' },
    { name: 'reminders' },
    { name: 'import' },
    { name: 'export' },
    { name: 'backup' },
    { name: 'restore' },
  ])('names a place that a reload finds again: %o', (route) => {
    expect(parseRoute(hrefOf(route))).toEqual(route)
  })

  test.each(['', '#', '#/', '#/nowhere', '#/day/2026-02-30', '#/day/<b>', '#invite=x'])(
    'that names no place is today: %s',
    (hash) => expect(parseRoute(hash)).toEqual({ name: 'day' }),
  )

  test('of a month or a cycle that is none shows the present one', () => {
    expect(parseRoute('#/month/2026-13')).toEqual({ name: 'month' })
    expect(parseRoute('#/cycle/2026-02-30')).toEqual({ name: 'cycle' })
  })

  test('of an invitation is known, that of a place is none', () => {
    const link = 'https://app.example/#invite=secret'
    expect(invitationOf(link)).toBe(link)
    expect(invitationOf('https://app.example/#/people')).toBeUndefined()
  })
})
