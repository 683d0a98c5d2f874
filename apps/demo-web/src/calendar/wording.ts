/** What sentences about the calendar are made with: her language, her units, and days as she says them. */
import type { Profile } from '@selene/client-sdk'
import { addDays, monthOf, type CivilDate } from '@selene/client-sdk/calendar'
import { useMemo } from 'react'
import { useValue } from '../backend/use-backend.tsx'
import type { Strings } from '../strings/en.ts'
import { useLanguage } from '../strings/language.tsx'
import { dateText } from '../strings/moment.ts'
import { measureOf } from '../units/measure.ts'
import { numberText } from '../units/number-text.ts'

export interface Wording {
  readonly text: Strings
  /** BCP 47 tag for dates and numbers. */
  readonly locale: string
  readonly units: Pick<Profile, 'temperatureUnit' | 'weightUnit'>
}

const none: Profile = {}

/** Her language and units; a sentence waits for neither. */
export function useWording(): Wording {
  const { text, locale } = useLanguage()
  const units = useValue('profile') ?? none
  return useMemo(() => ({ text, locale, units }), [text, locale, units])
}

/** A day and its month, which stay on one line. */
export const dayText = (date: CivilDate, { locale }: Wording): string =>
  dateText(date, locale, { day: 'numeric', month: 'long' }).replaceAll(' ', '\u00A0')

/** A day with its year, for what may be long ago. */
export const fullDayText = (date: CivilDate, { locale }: Wording): string =>
  dateText(date, locale, { day: 'numeric', month: 'long', year: 'numeric' })

/** The same where there is little room. */
export const shortDayText = (date: CivilDate, { locale }: Wording): string =>
  dateText(date, locale, { day: 'numeric', month: 'short', year: 'numeric' })

/** Today and tomorrow by name, another day by its date, as "on" one of them. */
export function onDayText(date: CivilDate, today: CivilDate, wording: Wording): string {
  const { forecast } = wording.text
  if (date === today) return forecast.today
  if (date === addDays(today, 1)) return forecast.tomorrow
  return forecast.onDay(dayText(date, wording))
}

/** The day alone, as it is written before its month; `undefined` where the month comes first. */
function bareDayText(date: CivilDate, { locale }: Wording): string | undefined {
  const parts = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  }).formatToParts(Date.parse(`${date}T00:00:00Z`))
  if (parts[0]?.type !== 'day') return undefined
  const month = parts.findIndex(({ type }) => type === 'month')
  const before = parts.slice(0, month).map(({ value }) => value)
  return before.join('').trim()
}

/** "Between" two days; a month that both share is said once where the language ends with it. */
export function betweenText(
  from: CivilDate,
  to: CivilDate,
  { today, wording }: { readonly today: CivilDate; readonly wording: Wording },
): string {
  const { forecast } = wording.text
  if (from === to) return onDayText(from, today, wording)
  const bare = monthOf(from) === monthOf(to) ? bareDayText(from, wording) : undefined
  const first = from === today ? forecast.today : forecast.theDay(bare ?? dayText(from, wording))
  return forecast.between(first, forecast.theDay(dayText(to, wording)))
}

/** A temperature in her unit, with the unit. */
export function temperatureText(celsius: number, { locale, units }: Wording): string {
  const { toShown, unit } = measureOf('temperature.value', units)
  return `${numberText(toShown(celsius), locale)} ${unit}`
}

/** A share of a whole as a whole number of percent. */
export const percentText = (share: number, locale: string): string =>
  new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(share)
