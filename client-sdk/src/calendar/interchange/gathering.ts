/**
 * Gathers the days of a file that says many things about a day in many places. What one place adds
 * joins what others said: a flag is set, of whole numbers the greatest counts, of other measures the
 * last, texts are joined line by line and tags make a set. A value that cannot be is a fault; each value
 * that gives way is counted. The work is in proportion to what is added.
 */
import { compare, type CivilDate } from '../civil-date.ts'
import { faultOf } from '../day-check.ts'
import type { Episode } from '../episode.ts'
import { fields, type DayValues, type FieldName } from '../field.ts'
import type { LoggedDay } from '../logged-day.ts'
import { tagsOf } from '../tag.ts'
import { createFaultList } from './fault-list.ts'
import { createNameTally } from './name-tally.ts'
import type { FaultReason, FilePlace } from './import-fault.ts'
import {
  remarksOf,
  type ImportedDiary,
  type ImportFormat,
  type RemarkCode,
} from './parsed-diary.ts'

/** Days of one file, a thousand years: a short file may speak of long times. */
const maxDays = 366_000

/** The fields that hold words. */
export type TagField = 'symptom.tags' | 'medication.taken'

/** A day, and the place of the file that speaks of it. */
export interface Where {
  readonly date: CivilDate
  readonly place: FilePlace
}

export interface Gathering {
  /** Adds what one place of the file says about a day. */
  add(where: Where, values: DayValues): void
  /** Adds a word in foreign spelling as a tag; one that is no tag goes into the note of the day. */
  addWord(where: Where, field: TagField, word: string): void
  addEpisode(episode: Episode): void
  fault(place: FilePlace, reason: FaultReason): void
  /** Counts a name that has no meaning or no place here. */
  unknown(name: string, times?: number): void
  remark(code: RemarkCode): void
  /** The days in the order of their dates; those of which nothing is left are not among them. */
  finish(format: ImportFormat): ImportedDiary
}

/** What is known of a day while the file is read; tags are put in order at the end. */
type Gathered = Map<FieldName, number | boolean | string | Set<string>>

/** A word on one line and without the sign that parts tags from each other. */
const lineOf = (word: string): string =>
  word
    .replaceAll('|', '/')
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .toWellFormed()

const greater = (a: unknown, b: number | boolean | string): number | boolean | string =>
  typeof b === 'number' ? Math.max(a as number, b) : a === true || b

/** An empty gathering. */
export function createGathering(): Gathering {
  const days = new Map<CivilDate, Gathered>()
  const episodes: Episode[] = []
  const faults = createFaultList()
  const names = createNameTally()
  const remarks = new Map<RemarkCode, number>()
  let isFull = false

  const remark = (code: RemarkCode): void => {
    remarks.set(code, (remarks.get(code) ?? 0) + 1)
  }

  function dayOf(date: CivilDate): Gathered | undefined {
    const day = days.get(date) ?? (days.size < maxDays ? new Map() : undefined)
    if (day) days.set(date, day)
    else if (!isFull) faults.add({}, { code: 'too-many-days', most: maxDays })
    isFull ||= !day
    return day
  }

  /** These return the field that could not hold what was to be added. */
  function addText(day: Gathered, name: FieldName, text: string): FieldName | undefined {
    if (text.trim() === '') return undefined
    const before = day.get(name) as string | undefined
    if (before !== undefined && `\n${before}\n`.includes(`\n${text}\n`)) return undefined
    const joined = before === undefined ? text : `${before}\n${text}`
    if (faultOf(name, joined)) return name
    day.set(name, joined)
    return undefined
  }

  function addTag(day: Gathered, name: TagField, word: string): FieldName | undefined {
    const line = lineOf(word)
    if (line === '') return undefined
    const tags = (day.get(name) as Set<string> | undefined) ?? new Set<string>()
    const hasPlace = tags.has(line) || tags.size < fields[name].maxCount
    if (hasPlace && faultOf(name, [line]) === undefined) {
      day.set(name, tags.add(line))
      return undefined
    }
    remark('word-in-note')
    return addText(day, 'note.value', line)
  }

  function addScalar(day: Gathered, name: FieldName, value: number | boolean | string): void {
    const before = day.get(name)
    const isMeasure = fields[name].kind === 'decimal' || fields[name].kind === 'time'
    if (before !== undefined && before !== value)
      remark(isMeasure ? 'latest-kept' : 'greatest-kept')
    day.set(name, before === undefined || isMeasure ? value : greater(before, value))
  }

  function addValue(day: Gathered, name: FieldName, value: unknown): (FieldName | undefined)[] {
    const { kind } = fields[name]
    if (kind === 'tags' && Array.isArray(value))
      return value.map((word) => addTag(day, name as TagField, String(word)))
    if (kind === 'text') return [addText(day, name, String(value))]
    if (faultOf(name, value)) return [name]
    addScalar(day, name, value as number | boolean | string)
    return []
  }

  return {
    fault: faults.add,
    remark,
    unknown: names.add,
    addEpisode: (episode) => void episodes.push(episode),
    add({ date, place }, values) {
      const day = dayOf(date)
      if (!day) return
      for (const [name, value] of Object.entries(values) as [FieldName, unknown][])
        for (const field of addValue(day, name, value))
          if (field) faults.add(place, { code: 'impossible-value', field })
    },
    addWord({ date, place }, field, word) {
      const day = dayOf(date)
      const full = day && addTag(day, field, word)
      if (full) faults.add(place, { code: 'impossible-value', field: full })
    },
    finish: (format) => ({
      ok: true,
      format,
      days: [...days]
        .filter(([, day]) => day.size > 0)
        .map(toLoggedDay)
        .toSorted((a, b) => compare(a.date, b.date)),
      episodes,
      faults: faults.list(),
      unknown: names.list(),
      remarks: remarksOf(remarks),
    }),
  }
}

const toLoggedDay = ([date, day]: [CivilDate, Gathered]): LoggedDay => ({
  date,
  values: Object.fromEntries(
    [...day].map(([name, held]) => [name, held instanceof Set ? tagsOf([...held]) : held]),
  ),
})
