/** The year in words: a row for each month, runs of days joined. */
import type { ChartTable } from './chart.ts'
import { clampLevel } from './marks.ts'
import type { Month, YearDay } from './year-data.ts'
import { counted, fill } from './wording.ts'
import type { ChartWords } from './words.ts'

/** Days of a month as `3, 5–8`. */
function runsOf(days: readonly number[], words: ChartWords): string {
  const runs: [number, number][] = []
  for (const day of days) {
    const last = runs.at(-1)
    if (last && day === last[1] + 1) last[1] = day
    else runs.push([day, day])
  }
  return runs
    .map(([from, to]) => (from === to ? String(from) : fill(words.range, { from, to })))
    .join(', ')
}

const level = ({ bleeding }: YearDay): number | undefined =>
  bleeding === undefined ? undefined : clampLevel(bleeding, 3)

/** Bleeding by level, e.g. `light 3, 6; heavy 4–5`. */
function bleedingText({ days }: Month, words: ChartWords): string {
  const byLevel = words.bleedingLevels.flatMap((name, index) => {
    const found = days.filter((day) => level(day) === index).map(({ day }) => day)
    return found.length === 0 ? [] : [`${name} ${runsOf(found, words)}`]
  })
  return byLevel.join('; ')
}

/** A row for each month. */
export function yearTable(months: readonly Month[], words: ChartWords): ChartTable {
  const { year } = words
  const pick = (month: Month, test: (day: YearDay) => boolean): string =>
    runsOf(
      month.days.filter(test).map(({ day }) => day),
      words,
    ) || year.none
  return {
    caption: year.title.replace('{year}', months[0]?.first.slice(0, 4) ?? ''),
    columns: [year.month, year.bleeding, year.predicted, year.fertile, year.fertilePredicted],
    rows: months.map((month) => [
      words.months[month.index] ?? '',
      bleedingText(month, words) || year.none,
      pick(month, (day) => day.isBleedingPredicted === true && day.bleeding === undefined),
      pick(month, ({ fertile }) => fertile === 'observed'),
      pick(month, ({ fertile }) => fertile === 'predicted'),
    ]),
  }
}

/** How many days of each kind there are. */
export function yearSummary(year: number, months: readonly Month[], words: ChartWords): string {
  const days = months.flatMap((month) => month.days)
  const count = (test: (day: YearDay) => boolean): number => days.filter(test).length
  const bleeding = count((day) => level(day) !== undefined)
  const predicted = count((day) => day.isBleedingPredicted === true && day.bleeding === undefined)
  const fertile = count((day) => day.fertile !== undefined)
  const sentences = [
    bleeding === 0
      ? fill(words.year.summaryNone, { year })
      : fill(words.year.summary, {
          year,
          days: counted(bleeding, words.days, words),
          heavy: count((day) => level(day) === 3),
        }),
  ]
  if (predicted > 0)
    sentences.push(
      fill(words.year.summaryPredicted, { days: counted(predicted, words.days, words) }),
    )
  if (fertile > 0) sentences.push(fill(words.year.summaryFertile, { n: fertile }))
  return sentences.join(' ')
}
