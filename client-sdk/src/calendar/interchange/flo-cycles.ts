/** The cycles of Flo's file: periods as ranges of days, and pregnancies. */
import { addDays, compare, daysBetween, type CivilDate } from '../civil-date.ts'
import { isDeleted, isSaying, objectMember } from './flo-entry.ts'
import { floIntensities } from './flo-vocabulary.ts'
import type { Gathering } from './gathering.ts'
import { isObject, member, type JsonObject } from './json-value.ts'
import type { FilePlace } from './import-fault.ts'
import { stampedDate } from './stamped-date.ts'
import { entryOf } from './vocabulary.ts'

/** Longer periods are a log that was not ended, not bleeding. */
const maxPeriodDays = 30

/** Members of a cycle that are read, or that say nothing about it. */
const cycleMembers = new Set(
  [
    'period_start_date period_end_date period_intensity pregnant pregnant_start_date',
    'pregnant_end_date deleted additional_fields time_index id user_id parent_id source_id source',
    'source_client source_client_version created_at updated_at',
  ].flatMap((names) => names.split(' ')),
)

interface Cycle {
  readonly entry: JsonObject
  readonly start: CivilDate
  readonly place: FilePlace
}

/** Reads the list `cycles`, see {@link readFlo}. */
export function readCycles(gathering: Gathering, entries: readonly unknown[]): void {
  const cycles = entries
    .flatMap((entry, index) => toCycle(gathering, entry, { list: 'cycles', index }) ?? [])
    .toSorted((a, b) => compare(a.start, b.start))
  for (const [i, cycle] of cycles.entries()) {
    readPeriod(gathering, cycle)
    if (isPregnant(cycle.entry)) readPregnancy(gathering, cycle, cycles[i + 1]?.start)
    for (const [name, value] of Object.entries(cycle.entry))
      if (!cycleMembers.has(name) && isSaying(value)) gathering.unknown(`cycles.${name}`)
  }
}

function toCycle(gathering: Gathering, entry: unknown, place: FilePlace): Cycle | undefined {
  if (isDeleted(gathering, entry)) return undefined
  const start = stampedDate(entry, 'period_start_date')
  if (isObject(entry) && start) return { entry, start, place }
  gathering.fault(place, { code: 'no-date' })
  return undefined
}

function isPregnant(entry: JsonObject): boolean {
  const word = member(entry, 'pregnant')
  return word === true || (typeof word === 'string' && word.toLowerCase() === 'true')
}

/** Bleeding on each day of a period. */
function readPeriod(gathering: Gathering, { entry, start, place }: Cycle): void {
  const end = stampedDate(entry, 'period_end_date')
  if (!end) gathering.remark('period-without-end')
  const days = daysBetween(start, end ?? start) + 1
  if (days < 1 || days > maxPeriodDays)
    return gathering.fault(place, { code: 'period-length', most: maxPeriodDays })
  const intensities = new Map(Object.entries(objectMember(entry, 'period_intensity')))
  for (let day = 0; day < days; day += 1) {
    const known = entryOf(floIntensities, String(intensities.get(String(day))).toLowerCase())
    if (known) intensities.delete(String(day))
    else gathering.remark('medium-assumed')
    gathering.add({ date: addDays(start, day), place }, known ?? { 'bleeding.value': 2 })
  }
  if (intensities.size > 0) gathering.fault(place, { code: 'unknown-intensity' })
}

/** A pregnancy, counted from the first day of the last period unless the file says its first day. */
function readPregnancy(gathering: Gathering, cycle: Cycle, next: CivilDate | undefined): void {
  const from = stampedDate(cycle.entry, 'pregnant_start_date') ?? cycle.start
  const said = stampedDate(cycle.entry, 'pregnant_end_date')
  const to = said ?? (next && next > from ? addDays(next, -1) : undefined)
  if (to !== undefined && to < from)
    return gathering.fault(cycle.place, { code: 'impossible-episode' })
  if (!said) gathering.remark('pregnancy-assumed')
  gathering.addEpisode({ kind: 'pregnancy', from, ...(to !== undefined && { to }) })
}
