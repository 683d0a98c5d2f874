/**
 * How long and how heavy periods are, and bleeding between them. FIGO 2018 (Munro, Critchley, Fraser,
 * Int J Gynecol Obstet 2018;143:393–408): up to 8 days is a normal duration; heavy is what interferes
 * with quality of life, by her own word and not by volume; any bleeding between periods is
 * intermenstrual. They notify at 10 days in two periods, and at spotting in two cycles, of six months.
 */
import { addDays, daysBetween, type CivilDate } from '../civil-date.ts'
import type { Cycle } from '../cycle.ts'
import type { DayValues } from '../field.ts'
import type { Insight, InsightReasons } from './insight.ts'
import { declared, lastDayOf, type Review } from './review.ts'

const longestNormal = 8
const notifiedDays = 10
const notifiedTimes = 2
/** Days before and after a period at which bleeding may still be part of it. */
const fringe = 3

/** Classifies the duration of periods: prolonged if any of the six months was. */
export function duration(review: Review): Insight<'period-duration'> {
  const periods = review.recent.map(({ start, bleedingDays }) => ({ start, days: bleedingDays }))
  const isProlonged = periods.some(({ days }) => days > longestNormal)
  const isVeryLong = periods.filter(({ days }) => days >= notifiedDays).length >= notifiedTimes
  return classified(review, {
    kind: 'period-duration',
    reason: isProlonged ? 'prolonged' : 'normal',
    isNotice: isProlonged,
    notify: isVeryLong,
    evidence: { periods, ...declared(review) },
  })
}

/** Classifies how heavy periods are. Never notifies: it is she who said so. */
export function heaviness(review: Review): Insight<'flow-heaviness'> {
  const { recent, today, values } = review
  const heavy = eachWith(recent, (cycle) =>
    daysOf(cycle, today).filter((date) => values.get(date)?.['bleeding.interferes'] === true),
  )
  const isSaid = recent.some((cycle) =>
    daysOf(cycle, today).some((date) => values.get(date)?.['bleeding.interferes'] !== undefined),
  )
  const unremarkable = isSaid ? 'normal' : 'not-said'
  return classified(review, {
    kind: 'flow-heaviness',
    reason: heavy.length > 0 ? 'heavy' : unremarkable,
    isNotice: heavy.length > 0,
    notify: false,
    evidence: { periods: recent.length, heavy, ...declared(review) },
  })
}

/**
 * Classifies bleeding between periods, spotting or more. Up to three days that lead up to a period or
 * trail from one, with at most a day between them, belong to that period.
 */
export function intermenstrual(review: Review): Insight<'intermenstrual-bleeding'> {
  const { recent } = review
  const seen = eachWith(recent, (cycle) => betweenPeriods(cycle, review))
  return classified(review, {
    kind: 'intermenstrual-bleeding',
    reason: seen.length > 0 ? 'present' : 'none',
    isNotice: seen.length > 0,
    notify: seen.length >= notifiedTimes,
    evidence: { cycles: recent.length, seen, ...declared(review) },
  })
}

type BleedingKind = 'period-duration' | 'flow-heaviness' | 'intermenstrual-bleeding'

interface Draft<K extends BleedingKind> {
  readonly kind: K
  readonly reason: InsightReasons[K]
  readonly isNotice: boolean
  readonly notify: boolean
  readonly evidence: Insight<K>['evidence']
}

/** In a time without cycles, or with no period to look at, nothing is classified. */
function classified<K extends BleedingKind>(review: Review, draft: Draft<K>): Insight<K> {
  const { from, today, interruption, recent } = review
  const unknown = interruption ? 'episode' : recent.length === 0 && 'no-period'
  return {
    kind: draft.kind,
    reason: unknown || draft.reason,
    period: { from, to: today },
    severity: !unknown && draft.isNotice ? 'notice' : 'info',
    notify: !unknown && draft.notify,
    evidence: draft.evidence,
  } as Insight<K>
}

const eachWith = (
  cycles: readonly Cycle[],
  find: (cycle: Cycle) => CivilDate[],
): { start: CivilDate; days: CivilDate[] }[] =>
  cycles.map((cycle) => ({ start: cycle.start, days: find(cycle) })).filter((one) => one.days[0])

/** The days of a cycle up to today. */
const daysOf = (cycle: Cycle, today: CivilDate): CivilDate[] =>
  Array.from({ length: daysBetween(cycle.start, lastDayOf(cycle, today)) + 1 }, (_, i) =>
    addDays(cycle.start, i),
  )

const isAnyBleeding = (values: DayValues | undefined): boolean =>
  values?.['bleeding.value'] !== undefined && values['bleeding.exclude'] !== true

function betweenPeriods(cycle: Cycle, { values, today }: Review): CivilDate[] {
  const days = daysOf(cycle, today)
  const bleeding = days.flatMap((date, i) => (isAnyBleeding(values.get(date)) ? [i] : []))
  let first = cycle.bleedingDays
  // What reaches today in the running cycle may lead up to the next period.
  let end = days.length
  for (const day of bleeding)
    if (day >= first && day - first <= 1 && day < cycle.bleedingDays + fringe) first = day + 1
  for (const day of bleeding.toReversed())
    if (end - day - 1 <= 1 && day >= days.length - fringe) end = day
  return bleeding.filter((day) => day >= first && day < end).map((day) => days[day]!)
}
