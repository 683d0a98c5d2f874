import { useLanguage } from '../../strings/language.tsx'
import { clockText, dateText } from '../../strings/moment.ts'
import type { Wording } from './rule-text.ts'

/** Reminders in her language. */
export function useWording(): Wording {
  const { text, locale } = useLanguage()
  return {
    text,
    dateOf: (date) => dateText(date, locale, { day: 'numeric', month: 'long' }),
    clockOf: (time) => clockText(time, locale),
  }
}
