/**
 * The data that Flo sends on request, read: a large JSON file of which four lists are a diary. No
 * document describes it; this is what independent public readers of real exports have found.
 *
 * | list | one entry |
 * |---|---|
 * | `operationalData.cycles` | `period_start_date`, `period_end_date`, `period_intensity`, `pregnant` |
 * | `operationalData.point_events_manual_v2`, or under `pointEventsManualData` | `local_date` or `date`, `category`, `subcategory`, `properties`, `deleted` |
 * | `operationalData.repeatable_child_point_events` | the same, for pills: `properties.missed_pill` |
 * | `operationalData.notes` | `date`, `text`, `deleted` |
 *
 * A date is `2022-12-13 00:00:00.0`, and its first ten characters are the day; `local_date` is her own,
 * while `date` may be that of UTC. `period_intensity` and `properties` are an object, or one as text;
 * the former has a strength for days of the period, counted from 0. All other lists are unknown.
 */
import { readCycles } from './flo-cycles.ts'
import { isDeleted, isSaying, objectMember } from './flo-entry.ts'
import { floVocabulary } from './flo-vocabulary.ts'
import { createGathering, type Gathering, type Where } from './gathering.ts'
import { isObject, listMember, member, numberMember, type JsonObject } from './json-value.ts'
import { addMeasure, measuredTemperature, measuredWeight, type Measure } from './measure.ts'
import type { ImportedDiary } from './parsed-diary.ts'
import { stampedDate } from './stamped-date.ts'
import { addForeignWord, entryOf, medicine, tag, type Vocabulary } from './vocabulary.ts'

const vocabulary: Vocabulary = floVocabulary

/** Lists of the file that are read, and where they may be. */
const lists = {
  cycles: ['operationalData'],
  notes: ['operationalData'],
  point_events_manual_v2: ['operationalData', 'pointEventsManualData'],
  repeatable_child_point_events: ['operationalData'],
} as const
type ListName = keyof typeof lists

const entriesOf = (root: unknown, name: ListName): readonly unknown[] =>
  lists[name].flatMap((section) => listMember(member(root, section), name))

/** Whether a file is one of Flo's. */
export const isFlo = (root: unknown): boolean =>
  (Object.keys(lists) as ListName[]).some((name) =>
    lists[name].some((section) => Array.isArray(member(member(root, section), name))),
  )

/** Reads a file of Flo's. */
export function readFlo(root: unknown): ImportedDiary {
  const gathering = createGathering()
  readCycles(gathering, entriesOf(root, 'cycles'))
  for (const name of ['point_events_manual_v2', 'repeatable_child_point_events'] as const)
    readEntries(gathering, root, name, readEvent)
  readEntries(gathering, root, 'notes', readNote)
  tallySections(gathering, root)
  return gathering.finish('flo-json')
}

const membersOf = (value: unknown): [string, unknown][] =>
  isObject(value) ? Object.entries(value) : []

/** Counts the sections of the file that are not read, and those of the sections that are. */
function tallySections(gathering: Gathering, root: unknown): void {
  const sections = new Set<string>(Object.values(lists).flat())
  for (const [section, value] of membersOf(root)) {
    if (!sections.has(section)) tallyOne(gathering, section, value)
    else
      for (const [name, held] of membersOf(value))
        if (!Object.hasOwn(lists, name)) tallyOne(gathering, `${section}.${name}`, held)
  }
}

function tallyOne(gathering: Gathering, name: string, value: unknown): void {
  const count = Array.isArray(value) ? value.length : isSaying(value) ? 1 : 0
  if (count > 0) gathering.unknown(name, count)
}

type ReadEntry = (gathering: Gathering, where: Where, entry: JsonObject) => void

function readEntries(gathering: Gathering, root: unknown, name: ListName, read: ReadEntry): void {
  for (const [index, entry] of entriesOf(root, name).entries()) {
    const place = { list: name, index }
    if (isDeleted(gathering, entry)) continue
    const date = stampedDate(entry, 'local_date') ?? stampedDate(entry, 'date')
    if (isObject(entry) && date) read(gathering, { date, place }, entry)
    else gathering.fault(place, { code: 'no-date' })
  }
}

function readNote(gathering: Gathering, where: Where, entry: JsonObject): void {
  const text = member(entry, 'text')
  if (typeof text === 'string') gathering.add(where, { 'note.value': text })
  else gathering.fault(where.place, { code: 'no-text' })
}

/** `DrawingPain`, `drawing_pain` and `Drawing pain` as `drawing pain`. */
const normal = (name: string): string =>
  name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[\s_]+/g, ' ')
    .trim()
    .toLowerCase()

function wordIn(entry: JsonObject, name: string): string {
  const word = member(entry, name)
  return typeof word === 'string' && word !== 'N/A' ? word : ''
}

const measures: Readonly<Record<string, (value: number | undefined) => Measure>> = {
  temperature: (value) => measuredTemperature({ unnamed: value }),
  'basal temperature': (value) => measuredTemperature({ unnamed: value }),
  bbt: (value) => measuredTemperature({ unnamed: value }),
  weight: measuredWeight,
}

function readEvent(gathering: Gathering, where: Where, entry: JsonObject): void {
  const category = normal(wordIn(entry, 'category'))
  const word = normal(wordIn(entry, 'subcategory'))
  const properties = objectMember(entry, 'properties')
  const measure = entryOf(measures, category)
  if (measure) return addMeasure(gathering, where, measure(numberMember(properties, 'value')))
  const kind = entryOf(vocabulary, category)
  const missed = member(properties, 'missed_pill')
  if (category === 'medication' && typeof missed === 'boolean')
    gathering.add(where, missed ? tag('pill missed') : medicine(word || 'pills'))
  else if (kind && word !== '')
    addForeignWord(gathering, where, kind, { kind: category, word, shown: word })
  else gathering.unknown([category, word].filter(Boolean).join(': ') || 'category')
}
