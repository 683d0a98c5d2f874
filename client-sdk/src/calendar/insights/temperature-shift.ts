/**
 * The two levels of waking temperature, before and after ovulation, in cycles in which it was
 * observed. A cycle needs as many readings as the rule that finds the shift: six low and three high.
 */
import { addDays, daysBetween } from '../civil-date.ts'
import type { DayValues } from '../field.ts'
import { meanOf } from '../statistics.ts'
import type { Insight, SeenOvulation, TemperatureShift } from './insight.ts'
import { lutealLengthOf } from './cycle-days.ts'
import { lastDayOf, type CountedCycle, type Review } from './review.ts'

const latestCycles = 12
const fewestCycles = 3
const fewestLow = 6
const fewestHigh = 3
/** The first days of a cycle often still have the warmth of the one before. */
const firstLowDay = 5

/** Mean low and high level, °C, their difference, and luteal length, over the latest twelve cycles. */
export function temperatureShift(
  review: Review,
  ovulations: readonly SeenOvulation[],
): Insight<'temperature-shift'>[] {
  const byStart = new Map(ovulations.map((seen) => [seen.cycleStart, seen]))
  const cycles = review.counted
    .slice(-latestCycles)
    .flatMap((cycle) => shiftOf(cycle, byStart.get(cycle.start), review) ?? [])
  if (cycles.length < fewestCycles) return []
  const low = meanOf(cycles.map((cycle) => cycle.low))
  const high = meanOf(cycles.map((cycle) => cycle.high))
  const last = review.counted.findLast(({ start }) => start === cycles.at(-1)!.start)!
  return [
    {
      kind: 'temperature-shift',
      reason: 'measured',
      period: { from: cycles[0]!.start, to: lastDayOf(last, review.today) },
      severity: 'info',
      notify: false,
      evidence: {
        cycles,
        low,
        high,
        shift: high - low,
        lutealLength: meanOf(cycles.map(({ lutealLength }) => lutealLength)),
      },
    },
  ]
}

function shiftOf(
  cycle: CountedCycle,
  seen: SeenOvulation | undefined,
  { values }: Review,
): TemperatureShift | undefined {
  const lutealLength = lutealLengthOf(cycle, seen)
  if (!seen || lutealLength === undefined) return undefined
  const day = daysBetween(cycle.start, seen.date) + 1
  const readings = (from: number, to: number): number[] =>
    Array.from({ length: Math.max(0, to - from + 1) }, (_, i) =>
      reading(values.get(addDays(cycle.start, from + i - 1))),
    ).filter((value) => value !== undefined)
  const [low, high] = [readings(firstLowDay, day), readings(day + 1, cycle.length)]
  if (low.length < fewestLow || high.length < fewestHigh) return undefined
  return { start: cycle.start, low: meanOf(low), high: meanOf(high), lutealLength }
}

const reading = (values: DayValues | undefined): number | undefined =>
  values?.['temperature.exclude'] === true ? undefined : values?.['temperature.value']
