/** Made-up diaries for tests and measurements: cycles of given lengths, with what a test puts on a day. */
import { addDays, civilDate, type CivilDate } from '../civil-date.ts'
import { cyclesFromDays } from '../cycle.ts'
import type { Episode } from '../episode.ts'
import type { DayValues } from '../field.ts'
import type { LoggedDay } from '../logged-day.ts'
import type { InsightInput } from './insight.ts'

export interface SampleDiary {
  /** Lengths of the cycles that are over, days. */
  readonly lengths: readonly number[]
  /** Days of the running cycle up to today; 10 unless given. */
  readonly running?: number
  readonly start?: CivilDate
  /** Days of bleeding of a cycle, counted from 0; 5 unless given. */
  readonly bleeding?: (cycle: number) => number
  /** What is logged beside bleeding, by cycle and day, both counted from 0. */
  readonly values?: (cycle: number, day: number) => DayValues | undefined
  readonly episodes?: readonly Episode[]
}

const defaults = {
  running: 10,
  start: civilDate('2023-11-20')!,
  bleeding: () => 5,
  values: () => undefined,
  episodes: [],
}

/** A diary, and the cycles that are read off it. */
export function sampleDiary(sample: SampleDiary): InsightInput {
  const { lengths, running, start, bleeding, values, episodes } = { ...defaults, ...sample }
  const days: LoggedDay[] = []
  let first = start
  for (const [cycle, length] of [...lengths, running].entries()) {
    for (let day = 0; day < length; day += 1) {
      const bleeds = day < bleeding(cycle) ? { 'bleeding.value': 2 } : undefined
      const found = { ...bleeds, ...values(cycle, day) }
      if (Object.keys(found).length > 0) days.push({ date: addDays(first, day), values: found })
    }
    first = addDays(first, length)
  }
  const { cycles } = cyclesFromDays(days, { episodes })
  return { today: addDays(first, -1), days, cycles, episodes }
}
