/**
 * The starts to come, as days after the start of the running cycle. There are two views of the next: the
 * next that will be logged, which can be measured, and the next of her body, which comes whether or not
 * it will be logged. Both keep in mind that one may have been missed already. All is kept apart by
 * rhythm, so that what is not known of her typical length adds up from cycle to cycle instead of
 * averaging out.
 */
import type { Rhythm } from './length-model.ts'
import {
  add,
  before,
  convolve,
  from,
  normalise,
  scale,
  totalOf,
  trim,
  type Masses,
} from './masses.ts'

export interface Running {
  /** Days from the start of the running cycle to today, the first day on which the next may begin. */
  readonly elapsed: number
  /** Where the next start lies by an ovulation that was seen in this cycle; the sum is 1. */
  readonly byOvulation?: Masses | undefined
}

/** The next start, by rhythm and in proportion, given that none was logged before today. */
export interface NextStart {
  readonly logged: readonly Masses[]
  readonly ofBody: readonly Masses[]
  /** Probability that a start lies between that of the running cycle and the next that will be logged. */
  readonly unlogged: number
}

/** Ends of a distribution that hold less are left out. */
const negligible = 1e-6
/** The same where distributions are added up from cycle to cycle; rhythms less likely are left out there. */
const negligibleInSum = 1e-4
/** When fewer lengths than this are as long as hers is by now, her last start says nothing of the next. */
const sharePhaseLost = 1e-4

/** Where the next start lies. */
export function nextStart(rhythms: readonly Rhythm[], running: Running): NextStart {
  const { elapsed } = running
  const first = rhythms.map((rhythm) => firstStart(rhythm, running))
  const logged = rhythms.map(({ byMisses: [, ...missed] }, i) =>
    from(add([first[i]!, ...missed]), elapsed),
  )
  const share = totalOf(add(logged))
  if (share < sharePhaseLost) {
    const anyDay = rhythms.map((rhythm) => startAnyDay(rhythm, elapsed))
    return { logged: anyDay, ofBody: anyDay, unlogged: 1 }
  }
  return {
    logged,
    ofBody: rhythms.map((rhythm, i) => startOfBody(rhythm, first[i]!, elapsed)),
    unlogged: Math.max(0, 1 - totalOf(from(add(first), elapsed)) / share),
  }
}

/** The next start and those after it, `count` in all, each with the sum 1. */
export function startsFrom(
  next: readonly Masses[],
  rhythms: readonly Rhythm[],
  count: number,
): Masses[] {
  const all = add(next)
  const least = totalOf(all) * negligibleInSum
  let courses = rhythms.flatMap((rhythm, i) =>
    totalOf(next[i]!) > least ? [{ start: next[i]!, cycle: cycleOf(rhythm, negligibleInSum) }] : [],
  )
  return Array.from({ length: count }, (_, i) => {
    if (i === 0) return normalise(trim(all, negligible))
    courses = courses.map(({ start, cycle }) => ({
      start: convolve(trim(start, negligibleInSum), cycle),
      cycle,
    }))
    return normalise(trim(add(courses.map(({ start }) => start)), negligible))
  })
}

/** Length of one cycle of a rhythm without its ends; the sum is 1. */
const cycleOf = ({ byMisses: [none] }: Rhythm, ends: number): Masses => normalise(trim(none!, ends))

/** The start after that of the running cycle, logged or not; an ovulation tells more than all lengths. */
const firstStart = ({ byMisses: [none] }: Rhythm, { byOvulation }: Running): Masses =>
  byOvulation ? scale(byOvulation, totalOf(none!)) : none!

/** The first start that is not before today; those before it were missed, each with her share of misses. */
function startOfBody(rhythm: Rhythm, first: Masses, elapsed: number): Masses {
  const ahead = [from(first, elapsed)]
  let start = first
  while (ahead.length < rhythm.byMisses.length) {
    const missed = scale(before(start, elapsed), rhythm.missing)
    if (totalOf(missed) <= totalOf(first) * negligible) break
    start = convolve(trim(missed, negligible), cycleOf(rhythm, negligible))
    ahead.push(from(start, elapsed))
  }
  return add(ahead)
}

/**
 * Where today is any day of a cycle: a wait of `r` days is as likely as a cycle longer than that (the
 * residual life of a renewal process).
 */
function startAnyDay(rhythm: Rhythm, elapsed: number): Masses {
  const { first, values } = cycleOf(rhythm, negligible)
  const waits = new Float64Array(first + values.length)
  let longer = 0
  for (let wait = waits.length - 1; wait >= 0; wait--) {
    waits[wait] = longer
    longer += values[wait - first] ?? 0
  }
  return scale(normalise({ first: elapsed, values: waits }), totalOf(rhythm.byMisses[0]!))
}
