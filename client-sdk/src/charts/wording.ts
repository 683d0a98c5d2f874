/** Turns templates, counts, dates and numbers into the words of a language. Nothing asks the platform's locale. */
import type { CivilDate } from '../calendar/civil-date.ts'
import type { ChartWords, Counted } from './words.ts'

/** The template with each `{name}` replaced by its value. */
export const fill = (template: string, values: Readonly<Record<string, string | number>>): string =>
  template.replaceAll(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place))

/** The part of a language that says numbers and dates; the words of the report have it too. */
export type Phrasing = Pick<ChartWords, 'language' | 'months' | 'date' | 'decimalPoint' | 'percent'>

/** A number with at most `digits` decimals, at least `least`. */
export function decimal(value: number, { decimalPoint }: Phrasing, digits = 1, least = 0): string {
  const [whole = '', part = ''] = value.toFixed(digits).split('.')
  const kept = part.replace(/0+$/u, '').padEnd(least, '0')
  return kept === '' ? whole : `${whole}${decimalPoint}${kept}`
}

/** The text for a count. */
export function counted(n: number, forms: Counted, { language }: Phrasing): string {
  const form = new Intl.PluralRules(language).select(n)
  return fill(forms[form] ?? forms.other, { n })
}

/** A share of 0 to 1 in whole percent. */
export const percent = (share: number, words: Phrasing): string =>
  fill(words.percent, { n: Math.round(share * 100) })

const partsOf = (date: CivilDate, { months }: Phrasing) => ({
  year: date.slice(0, 4),
  month: months[Number(date.slice(5, 7)) - 1] ?? '',
  day: Number(date.slice(8)),
})

/** A date as people write it. */
export const dateText = (date: CivilDate, words: Phrasing): string =>
  fill(words.date, partsOf(date, words))

/** Short name of the month of a date. */
export const monthName = (date: CivilDate, words: Phrasing): string => partsOf(date, words).month
