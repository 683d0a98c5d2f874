/** Cycle lengths in words: every length, and the probabilities of the running one. */
import { medianOf } from '../calendar/statistics.ts'
import type { ChartTable } from './chart.ts'
import type { NextLength, PastCycle } from './cycle-length-data.ts'
import { counted, dateText, decimal, fill, percent } from './wording.ts'
import type { ChartWords } from './words.ts'

interface Told {
  readonly cycles: readonly PastCycle[]
  readonly next: NextLength | undefined
}

/** How many cycles there are, how they spread, and what is expected. */
export function lengthSummary({ cycles, next }: Told, drawn: number, words: ChartWords): string {
  const { lengths } = words
  const kept = cycles.filter(({ isCounted }) => isCounted).map(({ length }) => length)
  const sentences = [
    kept.length === 0
      ? lengths.none
      : fill(lengths.summary, {
          cycles: counted(kept.length, words.cycles, words),
          low: decimal(Math.min(...kept), words),
          high: decimal(Math.max(...kept), words),
          median: decimal(medianOf(kept), words),
        }),
  ]
  if (kept.length < cycles.length)
    sentences.push(fill(lengths.summaryNotCounted, { n: cycles.length - kept.length }))
  if (drawn < cycles.length) sentences.push(fill(lengths.summaryEarlier, { n: drawn }))
  if (next)
    sentences.push(
      fill(lengths.summaryNext, {
        early: decimal(next.p10, words),
        late: decimal(next.p90, words),
        middle: decimal(next.p50, words),
      }),
    )
  return sentences.join(' ')
}

/** One table of what was, one of what is expected. */
export function lengthTables({ cycles, next }: Told, words: ChartWords): ChartTable[] {
  const { lengths } = words
  const past: ChartTable = {
    caption: lengths.title,
    columns: [lengths.start, lengths.length, lengths.remark],
    rows: cycles.map(({ start, length, isCounted }) => [
      dateText(start, words),
      counted(length, words.days, words),
      isCounted ? lengths.counted : lengths.notCounted,
    ]),
  }
  return next ? [past, nextTable(next, words)] : [past]
}

function nextTable(next: NextLength, words: ChartWords): ChartTable {
  const { lengths } = words
  const days = (n: number): string => fill(words.days.other, { n: decimal(n, words) })
  return {
    caption: fill(lengths.next, { date: dateText(next.start, words) }),
    columns: [lengths.length, lengths.probability],
    rows: [
      [days(next.p10), lengths.early],
      [days(next.p50), lengths.middle],
      [days(next.p90), lengths.late],
      ...next.likelihood.map(({ length, probability }) => [
        days(length),
        percent(probability, words),
      ]),
    ],
  }
}
