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
  for (const name of ['days', 'episodes'])
    if (!Array.isArray(member(root, name))) faults.add({}, `${name}: a list is needed`)
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
    const date = dateIn(entry, 'date')
    const values = member(entry, 'values')
    if (!date || !isObject(values)) {
      faults.add({ index }, 'days: a date YYYY-MM-DD and values are needed; the day was left out')
      continue
    }
    tallyOthers(unknown, 'days.', entry, ['date', 'values'])
    if (days.delete(date))
      faults.add({ index }, 'days: the date has occurred before; this day replaces the earlier one')
    days.set(date, readValues(values, index, reports))
  }
  return [...days].map(([date, values]) => ({ date, values }))
}

function readValues(values: JsonObject, index: number, { faults, unknown }: Reports): DayValues {
  const sound = Object.entries(values).filter(([name, value]) => {
    if (!isFieldName(name)) {
      unknown.add(`values.${name}`)
      return false
    }
    const fault = faultOf(name, value)
    if (fault) faults.add({ index }, `days: ${fault}; the value was left out`)
    return !fault
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
  const need = 'a known kind, a first day and a last one that is not before it are needed'
  reports.faults.add({ index }, `episodes: ${need}; the episode was left out`)
  return undefined
}
