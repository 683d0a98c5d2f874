/** The chart of cycle lengths from the history and the forecast. Pure. */
import {
  daysBetween,
  likelyMissed,
  type Cycle,
  type CycleForecast,
  type Forecast,
} from '@selene/client-sdk/calendar'
import type { CycleLengthData, NextLength } from '@selene/client-sdk/charts'

/** Past lengths, and how likely each length of the running cycle is while that can be said. */
export function lengthData(
  cycles: readonly Cycle[],
  forecast: Forecast | undefined,
): CycleLengthData {
  const known = forecast?.kind === 'forecast' ? forecast : undefined
  const missed = new Set(
    known?.skipped
      .filter(({ probability }) => probability > likelyMissed)
      .map(({ start }) => start),
  )
  return {
    cycles: cycles.flatMap(({ start, length, notCounted }) =>
      length === undefined ? [] : [{ start, length, isCounted: !notCounted && !missed.has(start) }],
    ),
    ...(known && !known.overdue.asks && { next: nextOf(known) }),
  }
}

function nextOf({ cycleStart, next }: CycleForecast): NextLength {
  const lengthTo = (date: Parameters<typeof daysBetween>[1]): number =>
    daysBetween(cycleStart, date)
  const first = lengthTo(next.from)
  return {
    start: cycleStart,
    likelihood: next.probabilities.map((probability, i) => ({ length: first + i, probability })),
    p10: lengthTo(next.p10),
    p50: lengthTo(next.p50),
    p90: lengthTo(next.p90),
  }
}
