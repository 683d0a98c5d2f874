/**
 * The six months before a day, as FIGO's classes look at them: which cycles count, which are left out
 * and why, and whether she kept logging. Cycles belong to it that begin within it.
 */
import { addDays, compare, daysBetween, type CivilDate } from '../civil-date.ts'
import type { Cycle } from '../cycle.ts'
import { covers, interruptsCycles, overlaps, type Episode, type EpisodeKind } from '../episode.ts'
import type { DayValues } from '../field.ts'
import { likelyMissed } from '../predict/forecast.ts'
import type { InsightInput, LeftOut, WholeCycle } from './insight.ts'

/** Half of 365.25 days, rounded up; a number of days, so that no month end plays a part. */
const sixMonths = 183

/** A cycle that is over and counts. */
export type CountedCycle = Cycle & WholeCycle

export interface Review {
  readonly today: CivilDate
  /** First day of the six months. */
  readonly from: CivilDate
  readonly values: ReadonlyMap<CivilDate, DayValues>
  /** Days with any log up to today, in order. */
  readonly logged: readonly CivilDate[]
  /** All cycles up to today, in order. */
  readonly history: readonly Cycle[]
  /** All that are over and count, in order. */
  readonly counted: readonly CountedCycle[]
  /** Those of the six months that count, the running one included. */
  readonly recent: readonly Cycle[]
  /** Those of the six months that are over and count. */
  readonly recentWhole: readonly CountedCycle[]
  /** Those of the six months that do not count. */
  readonly leftOut: readonly LeftOut[]
  readonly episodes: readonly Episode[]
  /** The time without cycles in which today lies. */
  readonly interruption: Episode | undefined
  readonly perimenopause: boolean
  /** Probability that a period in the cycle of this start was not logged. */
  readonly missed: ReadonlyMap<CivilDate, number>
}

const isWhole = (cycle: Cycle): cycle is CountedCycle => cycle.length !== undefined

/** Looks back from a day. */
export function reviewOf(input: InsightInput): Review {
  const { today, episodes = [], missedLogs = [] } = input
  const from = addDays(today, 1 - sixMonths)
  const days = input.days.filter(({ date, values }) => date <= today && !isEmpty(values))
  const history = input.cycles
    .filter(({ start }) => start <= today)
    .map((cycle) => asOf(today, cycle))
  const missed = new Map(missedLogs.map(({ start, probability }) => [start, probability]))
  const why = ({ start, notCounted }: Cycle): LeftOut['why'] | undefined =>
    notCounted ?? ((missed.get(start) ?? 0) > likelyMissed ? 'possible-missed-log' : undefined)
  const counting = history.filter((cycle) => !why(cycle))
  const counted = counting.filter(isWhole)
  return {
    today,
    from,
    values: new Map(days.map(({ date, values }) => [date, values])),
    logged: days.map(({ date }) => date).toSorted(compare),
    history,
    counted,
    recent: counting.filter(({ start }) => start >= from),
    recentWhole: counted.filter(({ start }) => start >= from),
    leftOut: history.flatMap((cycle) => {
      const reason = cycle.start >= from ? why(cycle) : undefined
      return reason ? [{ start: cycle.start, why: reason }] : []
    }),
    episodes,
    interruption: episodes.find((one) => interruptsCycles(one) && covers(one, today)),
    perimenopause: episodes.some(
      (one) => one.kind === 'perimenopause' && overlaps(one, from, today),
    ),
    missed,
  }
}

/** A cycle as it was known on a day: one that went on then has no length. */
function asOf(today: CivilDate, cycle: Cycle): Cycle {
  const { length, ...running } = cycle
  return length === undefined || addDays(cycle.start, length) <= today ? cycle : running
}

function isEmpty(values: DayValues): boolean {
  for (const _ in values) return false
  return true
}

/** What every classification says beside its own numbers. */
export function declared({ leftOut, interruption, perimenopause }: Review): {
  leftOut: readonly LeftOut[]
  episode?: EpisodeKind
} {
  const episode = interruption?.kind ?? (perimenopause ? 'perimenopause' : undefined)
  return { leftOut, ...(episode && { episode }) }
}

/** Start and length alone, for evidence. */
export const wholeCycle = ({ start, length }: WholeCycle): WholeCycle => ({ start, length })

/** Last day of a cycle up to today. */
export const lastDayOf = ({ start, length }: Cycle, today: CivilDate): CivilDate =>
  length === undefined ? today : addDays(start, length - 1)

/** The most days in a row without any log between two days, both counted. */
export function longestSilence(
  logged: readonly CivilDate[],
  from: CivilDate,
  to: CivilDate,
): number {
  const within = logged.filter((date) => from <= date && date <= to)
  const edges = [addDays(from, -1), ...within, addDays(to, 1)]
  return Math.max(...edges.slice(1).map((date, i) => daysBetween(edges[i]!, date) - 1))
}
