/**
 * Trends: cycles and bleeding over the latest twelve cycles, weight and sleep over twelve times 30
 * days, each of these by its median, since days that follow each other are alike. A trend is said if
 * it stands out from chance and is large enough to matter.
 */
import { addDays, daysBetween, type CivilDate } from '../civil-date.ts'
import type { FieldName } from '../field.ts'
import { medianOf } from '../statistics.ts'
import type { Insight, TrendMeasure } from './insight.ts'
import type { Review } from './review.ts'
import { robustSlope } from './robust-slope.ts'

const latest = 12
const fewest = 6
const blockDays = 30

/** Smallest change over the whole time: days, days, a share of the weight, hours. */
const smallest = { cycle: 3, bleeding: 2, weightShare: 0.03, sleep: 0.5 }

interface TrendPoint {
  readonly from: CivilDate
  readonly value: number
  /** Number of the cycle or of the 30 days. */
  readonly at: number
}

/** Trends in cycle length, bleeding, weight and sleep. */
export function trends(review: Review): Insight<'trend'>[] {
  const cycles = review.counted.slice(-latest)
  const ofCycles = (value: (cycle: (typeof cycles)[number]) => number): TrendPoint[] =>
    cycles.map((cycle, at) => ({ from: cycle.start, value: value(cycle), at }))
  const weights = blockMedians(review, 'weight.value')
  const typicalWeight = weights.length > 0 ? medianOf(weights.map(({ value }) => value)) : 0
  const looks: [TrendMeasure, TrendPoint[], number][] = [
    ['cycle-length', ofCycles(({ length }) => length), smallest.cycle],
    ['bleeding-days', ofCycles(({ bleedingDays }) => bleedingDays), smallest.bleeding],
    ['weight', weights, typicalWeight * smallest.weightShare],
    ['sleep', blockMedians(review, 'sleep.hours'), smallest.sleep],
  ]
  return looks.flatMap(([measure, points, least]) => trendOf(review, { measure, points, least }))
}

interface Look {
  readonly measure: TrendMeasure
  readonly points: readonly TrendPoint[]
  readonly least: number
}

function trendOf({ today }: Review, { measure, points, least }: Look): Insight<'trend'>[] {
  if (points.length < fewest) return []
  const slope = robustSlope(points.map(({ at, value }) => ({ x: at, y: value })))
  if (slope === undefined) return []
  const change = slope * (points.at(-1)!.at - points[0]!.at)
  if (Math.abs(change) < least) return []
  return [
    {
      kind: 'trend',
      reason: change > 0 ? 'rising' : 'falling',
      period: { from: points[0]!.from, to: today },
      severity: 'info',
      notify: false,
      evidence: {
        measure,
        points: points.map(({ from, value }) => ({ from, value })),
        slope,
        change,
      },
    },
  ]
}

/** Medians of a field over each 30 days up to today, the oldest first; empty ones are left out. */
function blockMedians(
  { today, logged, values }: Review,
  field: Extract<FieldName, 'weight.value' | 'sleep.hours'>,
): TrendPoint[] {
  const first = addDays(today, 1 - latest * blockDays)
  const blocks = new Map<number, number[]>()
  for (const date of logged) {
    const value = date < first ? undefined : values.get(date)![field]
    if (value === undefined) continue
    const at = Math.floor(daysBetween(first, date) / blockDays)
    if (!blocks.get(at)?.push(value)) blocks.set(at, [value])
  }
  return [...blocks].map(([at, found]) => ({
    from: addDays(first, at * blockDays),
    value: medianOf(found),
    at,
  }))
}
