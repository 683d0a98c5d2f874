/** The numbers of the summary as rows of a name and a value, for paper and for the narrative of FHIR. */
import type { Statistics } from '../calendar/statistics.ts'
import { counted, dateText, decimal, fill } from '../charts/wording.ts'
import type { ReportFacts } from './report-facts.ts'
import type { ReportWords } from './words.ts'

export type FactRow = readonly [string, string]

const days = (n: number, { charts }: ReportWords): string => counted(n, charts.days, charts)

const spread = ({ shortest, longest }: Statistics, words: ReportWords): string =>
  shortest === longest
    ? days(shortest, words)
    : fill(words.charts.days.other, {
        n: fill(words.charts.range, { from: shortest, to: longest }),
      })

/** Cycles: how many, how long. */
export function cycleRows(found: ReportFacts, words: ReportWords): FactRow[] {
  const { charts, facts } = words
  const { lastStart, lengths } = found
  const rows: FactRow[] = [
    [facts.lastStart, lastStart ? dateText(lastStart, charts) : facts.none],
    [facts.counted, String(lengths?.count ?? 0)],
    [facts.notCounted, String(found.notCounted)],
  ]
  if (lengths) {
    const mean = decimal(lengths.mean, charts)
    rows.push(
      [
        facts.mean,
        lengths.deviation === undefined
          ? fill(charts.days.other, { n: mean })
          : fill(facts.meanValue, { mean, deviation: decimal(lengths.deviation, charts) }),
      ],
      [facts.median, fill(charts.days.other, { n: decimal(lengths.median, charts) })],
      [facts.shortestLongest, spread(lengths, words)],
    )
  }
  return [...rows, [facts.loggedDays, String(found.loggedDays)]]
}

/** Bleeding: how long, how strong, and when it was not to be expected. */
export function bleedingRows(found: ReportFacts, words: ReportWords): FactRow[] {
  const { charts, facts } = words
  const byLevel = found.daysByLevel
    .map((count, level) => `${charts.bleedingLevels[level] ?? ''} ${count}`)
    .join(', ')
  return [
    [facts.bleedingDays, found.durations ? spread(found.durations, words) : facts.none],
    [facts.bleedingByLevel, byLevel],
    [facts.interfering, String(found.interferingDays)],
    [facts.outside, days(found.daysOutsidePeriods, words)],
  ]
}

/** Temperatures, if any were taken. */
export function temperatureRows({ temperatures }: ReportFacts, words: ReportWords): FactRow[] {
  if (!temperatures) return []
  const celsius = (value: number): string =>
    fill(words.charts.celsius, { n: decimal(value, words.charts, 2, 2) })
  const value = fill(words.facts.readingsValue, {
    n: temperatures.count,
    low: celsius(temperatures.shortest),
    high: celsius(temperatures.longest),
  })
  return [[words.facts.readings, value]]
}

/** All of them. */
export const factRows = (found: ReportFacts, words: ReportWords): FactRow[] => [
  ...cycleRows(found, words),
  ...bleedingRows(found, words),
  ...temperatureRows(found, words),
]
