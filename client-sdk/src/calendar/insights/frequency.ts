/**
 * How often periods come. FIGO 2018 (Munro, Critchley, Fraser, Int J Gynecol Obstet 2018;143:393–408):
 * every 24 to 38 days is normal, more often frequent, less often infrequent, none in 90 days absent.
 * The class is that of the median length, since one odd cycle makes no frequency. It notifies only
 * when one or two periods began within six months and the diary can vouch that there were no others:
 * with none at all it did so before, when the last of them were still within the six months. In
 * perimenopause long and absent cycles are to be expected: the class stands, and nothing notifies.
 */
import { addDays, daysBetween, type CivilDate } from '../civil-date.ts'
import { isBleeding, type Cycle } from '../cycle.ts'
import { interruptsCycles, overlaps } from '../episode.ts'
import { likelyMissed } from '../predict/forecast.ts'
import { medianOf } from '../statistics.ts'
import type { Insight, InsightReasons } from './insight.ts'
import { declared, lastDayOf, longestSilence, wholeCycle, type Review } from './review.ts'

const shortestNormal = 24
const longestNormal = 38
const absentAfter = 90
const fewPeriods = 2
const fewestCycles = 2

/** A period lasts days, so one who logs something at least this often, in days, would have logged it. */
const longestUnnoticed = 14

/** Classifies the frequency of periods. */
export function frequency(review: Review): Insight<'cycle-frequency'> {
  const { today, from, recentWhole, history, interruption, perimenopause } = review
  const median =
    recentWhole.length >= fewestCycles
      ? medianOf(recentWhole.map(({ length }) => length))
      : undefined
  const periods = history.filter(({ start }) => start >= from).length
  const isFew = periods >= 1 && periods <= fewPeriods && isVouchedFor(review)
  const without = daysWithout(review)
  const reason = interruption ? 'episode' : classOf(review, { median, isFew, days: without?.days })
  const isUsual = reason === 'normal' || reason === 'too-few-cycles' || reason === 'episode'
  return {
    kind: 'cycle-frequency',
    reason,
    period: { from, to: today },
    severity: isUsual || perimenopause ? 'info' : 'notice',
    notify: isFew && !interruption && !perimenopause,
    evidence: {
      cycles: recentWhole.map(wholeCycle),
      ...(median !== undefined && { median }),
      periods,
      ...(without && { lastBleeding: without.last, daysWithout: without.days }),
      ...declared(review),
    },
  }
}

interface Seen {
  readonly median: number | undefined
  readonly isFew: boolean
  readonly days: number | undefined
}

function classOf(
  { logged, today }: Review,
  { median, isFew, days = 0 }: Seen,
): InsightReasons['cycle-frequency'] {
  if (days >= absentAfter) {
    const silence = longestSilence(logged, addDays(today, 1 - days), today)
    return silence <= longestUnnoticed ? 'absent' : 'absent-or-not-logged'
  }
  if (isFew) return 'infrequent'
  if (median === undefined) return 'too-few-cycles'
  if (median < shortestNormal) return 'frequent'
  return median > longestNormal ? 'infrequent' : 'normal'
}

/** The last bleeding, and the days since it or since the end of a time without cycles. */
function daysWithout({
  logged,
  values,
  episodes,
  today,
}: Review): { last: CivilDate; days: number } | undefined {
  const last = logged.findLast((date) => isBleeding(values.get(date)!))
  if (!last) return undefined
  const ends = episodes.flatMap((episode) =>
    interruptsCycles(episode) && overlaps(episode, last, today) ? [episode.to ?? today] : [],
  )
  const since = ends.reduce((latest, end) => (end > latest ? end : latest), last)
  return { last, days: Math.max(0, daysBetween(since, today)) }
}

/**
 * Whether few periods in the diary mean few periods: it reaches back six months, nothing in them
 * interrupted her cycles, and she kept logging in every cycle that is long enough to hide one.
 */
function isVouchedFor({ logged, from, today, history, episodes, missed }: Review): boolean {
  const reachesBack = logged[0] !== undefined && logged[0] <= from
  const isInterrupted = episodes.some((one) => interruptsCycles(one) && overlaps(one, from, today))
  const couldHide = ({ start, length, notCounted }: Cycle): boolean =>
    notCounted === 'too-long' ||
    (missed.get(start) ?? 0) > likelyMissed ||
    (length === undefined && daysBetween(start, today) > longestNormal)
  const isSure = (cycle: Cycle): boolean => {
    if (cycle.notCounted === 'marked' || cycle.notCounted === 'episode') return false
    if (!couldHide(cycle)) return true
    const end = lastDayOf(cycle, today)
    return longestSilence(logged, cycle.start, end) <= longestUnnoticed
  }
  const touching = history.filter((cycle) => lastDayOf(cycle, today) >= from)
  return reachesBack && !isInterrupted && touching.every(isSure)
}
