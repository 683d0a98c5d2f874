/**
 * Our own backup of a diary: JSON that loses nothing. One day stands on each line, so that a person can
 * look through it and two backups can be compared.
 *
 * ```
 * {"format":"selene-diary","version":1,"exportedOn":"2026-01-31",
 * "days":[
 * {"date":"2026-01-01","values":{"bleeding.value":2,"symptom.tags":["dizzy"]}}
 * ],
 * "episodes":[
 * {"kind":"pregnancy","from":"2024-02-01","to":"2024-11-05"}
 * ]}
 * ```
 *
 * Values stand under the names of the table of fields. A change that older readers would misread takes a
 * new version, which they refuse; what is only added is reported by them as unknown.
 */
import { civilDate, type CivilDate } from '../civil-date.ts'
import { faultOf } from '../day-check.ts'
import { episodeKinds, type Episode } from '../episode.ts'
import { fieldNames, isFieldName, type DayValues } from '../field.ts'
import type { LoggedDay } from '../logged-day.ts'
import { createFaultList, type FaultList } from './fault-list.ts'
import type { FilePlace } from './import-fault.ts'
import { isObject, listMember, member, type JsonObject } from './json-value.ts'
import { createNameTally, type NameTally } from './name-tally.ts'
import { failure, type ParsedDiary } from './parsed-diary.ts'

const format = 'selene-diary'
const version = 1

export interface DiaryBackup {
  /** Each date once. */
  readonly days: readonly LoggedDay[]
  readonly episodes: readonly Episode[]
  readonly exportedOn: CivilDate
}

const listOf = (entries: readonly object[]): string =>
  entries.length === 0 ? '[]' : `[\n${entries.map((entry) => JSON.stringify(entry)).join(',\n')}\n]`

/** Values in the order of the table of fields, so that equal days are equal lines. */
const inOrder = (values: DayValues): DayValues =>
  Object.fromEntries(
    fieldNames.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])),
  )

/** Writes a diary as a backup, in the order given; reading it gives the same days and episodes again. */
export function writeDiaryJson({ days, episodes, exportedOn }: DiaryBackup): string {
  const head = JSON.stringify({ format, version, exportedOn }).slice(0, -1)
  const written = days.map(({ date, values }) => ({ date, values: inOrder(values) }))
  const times = episodes.map(({ kind, from, to }) => ({ kind, from, ...(to && { to }) }))
  return `${head},\n"days":${listOf(written)},\n"episodes":${listOf(times)}}\n`
}

/** Whether a file is a backup, of whatever version. */
export const isDiaryBackup = (root: unknown): boolean => member(root, 'format') === format

/**
 * Reads a backup. A day or episode that cannot be is left out, of a day with an impossible value only
 * that value; of two entries for a date the later counts. Fails with `newer-version` when a later version
 * of the program has written it.
 */
export function readDiaryBackup(root: unknown): ParsedDiary {
  const written = member(root, 'version')
  if (typeof written === 'number' && written > version) return failure('newer-version')
  if (written !== version) return failure('unknown-format')
  const faults = createFaultList()
  const unknown = createNameTally()
  tallyOthers(unknown, '', root, ['format', 'version', 'exportedOn', 'days', 'episodes'])
  for (const list of ['days', 'episodes'] as const)
    if (!Array.isArray(member(root, list))) faults.add({ list }, { code: 'no-list' })
  const reports = { faults, unknown }
  const days = readDays(listMember(root, 'days'), reports)
  const episodes = listMember(root, 'episodes').flatMap(
    (entry, index) => readEpisode(entry, index, reports) ?? [],
  )
  return {
    ok: true,
    format: 'diary-json',
    days,
    episodes,
    faults: faults.list(),
    unknown: unknown.list(),
    remarks: [],
  }
}

function tallyOthers(
  unknown: NameTally,
  prefix: string,
  value: unknown,
  known: readonly string[],
): void {
  if (!isObject(value)) return
  for (const name of Object.keys(value)) if (!known.includes(name)) unknown.add(prefix + name)
}

function dateIn(entry: unknown, name: string): CivilDate | undefined {
  const written = member(entry, name)
  return typeof written === 'string' ? civilDate(written) : undefined
}

interface Reports {
  readonly faults: FaultList
  readonly unknown: NameTally
}

function readDays(entries: readonly unknown[], reports: Reports): LoggedDay[] {
  const { faults, unknown } = reports
  const days = new Map<CivilDate, DayValues>()
  for (const [index, entry] of entries.entries()) {
    const place = { list: 'days', index } as const
    const date = dateIn(entry, 'date')
    const values = member(entry, 'values')
    if (!date || !isObject(values)) {
      faults.add(place, { code: date ? 'no-values' : 'no-date' })
      continue
    }
    tallyOthers(unknown, 'days.', entry, ['date', 'values'])
    if (days.delete(date)) faults.add(place, { code: 'repeated-date' })
    days.set(date, readValues(values, place, reports))
  }
  return [...days].map(([date, values]) => ({ date, values }))
}

function readValues(values: JsonObject, place: FilePlace, { faults, unknown }: Reports): DayValues {
  const sound = Object.entries(values).filter(([name, value]) => {
    if (!isFieldName(name)) {
      unknown.add(`values.${name}`)
      return false
    }
    const isPossible = faultOf(name, value) === undefined
    if (!isPossible) faults.add(place, { code: 'impossible-value', field: name })
    return isPossible
  })
  return Object.fromEntries(sound)
}

function readEpisode(entry: unknown, index: number, reports: Reports): Episode | undefined {
  const kind = episodeKinds.find((known) => known === member(entry, 'kind'))
  const from = dateIn(entry, 'from')
  const to = dateIn(entry, 'to')
  const isOver = member(entry, 'to') !== undefined
  if (kind && from && (isOver ? to && to >= from : true)) {
    tallyOthers(reports.unknown, 'episodes.', entry, ['kind', 'from', 'to'])
    return { kind, from, ...(to && { to }) }
  }
  reports.faults.add({ list: 'episodes', index }, { code: 'impossible-episode' })
  return undefined
}
