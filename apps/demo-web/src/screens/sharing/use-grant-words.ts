/** What a grant is of and how long it stands, in words. */
import type { GivenGrant } from '@selene/client-sdk'
import { useLanguage } from '../../strings/language.tsx'
import { dateText, momentText } from '../../strings/moment.ts'
import { isAllDays, lastDayBefore } from './grant-draft.ts'

type Standing = Pick<GivenGrant, 'scope' | 'expiresAt'>

interface GrantWords {
  /** Parts of the calendar, in their order. */
  what(grant: Standing): string
  until(grant: Standing, now: number): string
  since(from: GivenGrant['from']): string
}

export function useGrantWords(): GrantWords {
  const { text, locale } = useLanguage()
  const { sharing } = text
  return {
    what: ({ scope }) => scope.map((name) => sharing.scopes[name]).join(', '),
    until({ expiresAt }, now) {
      if (expiresAt <= now) return sharing.ended
      const last = lastDayBefore(expiresAt)
      return last
        ? sharing.until(dateText(last, locale, { dateStyle: 'medium' }))
        : sharing.untilMoment(momentText(expiresAt, locale, now))
    },
    since: (from) =>
      isAllDays(from)
        ? sharing.sinceAll
        : sharing.since(dateText(from, locale, { dateStyle: 'medium' })),
  }
}
