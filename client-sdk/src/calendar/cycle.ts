/**
 * Cycles, read off the days. A cycle begins on the first bleeding day, spotting not counted, after more
 * than `maxBreak` days without bleeding, and lasts until the next one begins.
 */
import { addDays, compare, daysBetween, type CivilDate } from './civil-date.ts'
import { interruptsCycles, overlaps, type Episode } from './episode.ts'
import type { DayValues } from './field.ts'
import type { LoggedDay } from './logged-day.ts'

/** Why a cycle is left out of statistics and predictions. */
export type NotCounted = 'marked' | 'too-long' | 'episode'

export interface Cycle {
  readonly start: CivilDate
  /** Days from this start to the next; absent for the last one, which is not over. */
  readonly length?: number
  /** Days from the start to the last day of its first bleeding, both counted. */
  readonly bleedingDays: number
  /** Absent when it counts. */
  readonly notCounted?: NotCounted
  /**
   * Of a cycle that is over: she says that no start within it was left unlogged, by `cycle.start: false`
   * on one of its days without bleeding. On a day with bleeding that speaks of this bleeding alone.
   */
  readonly nothingMissed?: true
}

export interface CycleHistory {
  /** In order; the last one is running. */
  readonly cycles: readonly Cycle[]
  /**
   * Days on which bleeding began so soon after a start that it may or may not be another one: she
   * decides by `cycle.start`. Until then they are not taken for starts.
   */
  readonly proposals: readonly CivilDate[]
}

export interface CycleRules {
  /** Days without bleeding that do not end a period; 1 unless given, so that a day not logged begins nothing. */
  readonly maxBreak?: number
  /** Longer cycles are kept but not counted; 99 days unless given. */
  readonly maxLength?: number
  readonly episodes?: readonly Episode[]
}

/** Fewer days after a start, another is proposed and not assumed. */
const shortestAssumed = 12
const defaults = { maxBreak: 1, maxLength: 99, episodes: [] } satisfies Required<CycleRules>

/** Bleeding that counts: more than spotting, and not excluded. */
export const isBleeding = (values: DayValues): boolean =>
  (values['bleeding.value'] ?? 0) >= 1 && values['bleeding.exclude'] !== true

interface Run {
  readonly first: CivilDate
  last: CivilDate
}

/** Reads cycles off days in any order; a date occurs once. */
export function cyclesFromDays(days: readonly LoggedDay[], rules: CycleRules = {}): CycleHistory {
  const { maxBreak, maxLength, episodes } = { ...defaults, ...rules }
  const starts: Run[] = []
  const proposals: CivilDate[] = []
  const marked: CivilDate[] = []
  const vouched: CivilDate[] = []
  let run: Run | undefined
  for (const { date, values } of days.toSorted((a, b) => compare(a.date, b.date))) {
    if (values['cycle.exclude'] === true) marked.push(date)
    const word = values['cycle.start']
    const bleeds = isBleeding(values)
    if (word === false && !bleeds) vouched.push(date)
    const goesOn = run !== undefined && daysBetween(run.last, date) - 1 <= maxBreak
    const begins = word ?? (bleeds && !goesOn)
    if (begins) {
      const isSoon = starts.length > 0 && daysBetween(starts.at(-1)!.first, date) < shortestAssumed
      run = { first: date, last: date }
      if (word === true || !isSoon) starts.push(run)
      else proposals.push(date)
    } else if (bleeds && goesOn) run!.last = date
    else if (bleeds) run = { first: date, last: date }
  }
  const said = { marked, vouched, episodes: episodes.filter(interruptsCycles), maxLength }
  return { cycles: starts.map((start, i) => toCycle(start, starts[i + 1], said)), proposals }
}

interface Exclusions {
  readonly marked: readonly CivilDate[]
  readonly episodes: readonly Episode[]
  readonly maxLength: number
}

interface Said extends Exclusions {
  /** Days on which she says that none began, without bleeding. */
  readonly vouched: readonly CivilDate[]
}

function toCycle({ first, last }: Run, next: Run | undefined, said: Said): Cycle {
  const length = next && daysBetween(first, next.first)
  const end = length === undefined ? undefined : addDays(first, length - 1)
  const notCounted = reasonNotToCount({ first, end, length }, said)
  const isVouched = end && said.vouched.some((date) => first <= date && date <= end)
  return {
    start: first,
    ...(length !== undefined && { length }),
    bleedingDays: daysBetween(first, last) + 1,
    ...(notCounted && { notCounted }),
    ...(isVouched && { nothingMissed: true }),
  }
}

function reasonNotToCount(
  {
    first,
    end = first,
    length = 0,
  }: { first: CivilDate; end?: CivilDate | undefined; length?: number | undefined },
  { marked, episodes, maxLength }: Exclusions,
): NotCounted | undefined {
  const isOpen = length === 0
  if (marked.some((date) => first <= date && (isOpen || date <= end))) return 'marked'
  if (episodes.some((episode) => overlaps(episode, first, end))) return 'episode'
  return length > maxLength ? 'too-long' : undefined
}

/** Lengths of the cycles that are over and count, in order, days. */
export const countedLengths = (cycles: readonly Cycle[]): number[] =>
  cycles.flatMap(({ length, notCounted }) => (length === undefined || notCounted ? [] : [length]))
