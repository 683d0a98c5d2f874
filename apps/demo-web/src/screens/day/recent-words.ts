/** Words of her own that she has used lately, to be had again with one tap. Pure. */
import type { Day } from '@selene/client-sdk'
import { addDays, type CivilDate } from '@selene/client-sdk/calendar'
import type { WordsField } from '../../strings/keys.ts'

/** Days before a day whose words are offered on it. */
const recentDays = 90

/** The first of these days; a year that is being typed may have no days before it. */
export const recentFrom = (date: CivilDate): CivilDate =>
  date < '0002' ? date : addDays(date, -recentDays)

const mostWords = 12

interface Use {
  times: number
  last: CivilDate
}

/** The words of other days than `date`: those used most often first, and of these the latest. */
export function recentWords(
  days: readonly Day[],
  field: WordsField,
  date: CivilDate,
): readonly string[] {
  const uses = new Map<string, Use>()
  for (const day of days) {
    if (day.date === date) continue
    for (const word of day.values[field] ?? []) {
      const use = uses.get(word) ?? { times: 0, last: day.date }
      const last = day.date > use.last ? day.date : use.last
      uses.set(word, { times: use.times + 1, last })
    }
  }
  return [...uses]
    .toSorted(
      ([a, of], [b, than]) =>
        than.times - of.times || compareText(than.last, of.last) || compareText(a, b),
    )
    .slice(0, mostWords)
    .map(([word]) => word)
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
