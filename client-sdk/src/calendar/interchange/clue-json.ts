/**
 * The data of Clue, read. Two shapes are known, both from public converters of real exports:
 *
 * | shape | one entry |
 * |---|---|
 * | `measurements.json`, a list | `{"date": "2026-01-05", "type": "pain", "value": [{"option": "headache"}]}` |
 * | `.cluedata`, `{"data": […]}` | `{"day": "2024-03-06T00:00:00Z", "period": "heavy", "pain": ["cramps"]}` |
 *
 * A value is an option or a list of them, each `{"option": …}` or the word alone. Measures are objects
 * with a number: `bbt` has `celsius`, `fahrenheit`, `temperature` or `value`, and `excluded`; `weight`
 * has `kilograms` or `pounds`; `sleep_duration` has `minutes` or `hours`. A date with a time of day is
 * midnight UTC of the day meant, so its first ten characters are the day. Clue does not say where
 * cycles begin.
 */
import type { CivilDate } from '../civil-date.ts'
import { clueTypeNames, clueVocabulary } from './clue-vocabulary.ts'
import { createGathering, type Gathering, type Where } from './gathering.ts'
import { isObject, listMember, member, numberMember, type JsonObject } from './json-value.ts'
import { addMeasure, measuredTemperature, measuredWeight, type Measure } from './measure.ts'
import type { ImportedDiary } from './parsed-diary.ts'
import { stampedDate } from './stamped-date.ts'
import { kilogramsOfPounds } from './unit.ts'
import { addForeignWord, entryOf, type Vocabulary } from './vocabulary.ts'

const vocabulary: Vocabulary = clueVocabulary

/** Members of an entry that do not say anything about the day. */
const bookkeeping = new Set(['id', 'date', 'day', 'timestamp', 'created_at', 'updated_at'])

/** The entries of a file of Clue, or `undefined` when it is none. */
export function clueEntries(root: unknown): readonly unknown[] | undefined {
  const measured = [root, member(root, 'measurements')].find(
    (list) => Array.isArray(list) && list.some(isMeasurement),
  )
  if (Array.isArray(measured)) return measured
  const days = listMember(root, 'data')
  return days.some((entry) => dateOf(entry) !== undefined) ? days : undefined
}

const isMeasurement = (entry: unknown): boolean =>
  typeof member(entry, 'type') === 'string' && dateOf(entry) !== undefined

/** Reads the entries of a file of Clue. */
export function readClue(entries: readonly unknown[]): ImportedDiary {
  const gathering = createGathering()
  for (const [index, entry] of entries.entries()) {
    const date = dateOf(entry)
    if (isObject(entry) && date) readEntry(gathering, entry, { date, place: { index } })
    else gathering.fault({ index }, { code: 'no-date' })
  }
  return gathering.finish('clue-json')
}

const dateOf = (entry: unknown): CivilDate | undefined =>
  stampedDate(entry, 'date') ?? stampedDate(entry, 'day')

function readEntry(gathering: Gathering, entry: JsonObject, where: Where): void {
  const type = member(entry, 'type')
  const isMeasured = typeof type === 'string'
  if (isMeasured) readType(gathering, type, member(entry, 'value'), where)
  for (const [name, value] of Object.entries(entry)) {
    if (bookkeeping.has(name) || (isMeasured && (name === 'type' || name === 'value'))) continue
    if (isMeasured) gathering.unknown(name)
    else readFlat(gathering, name, value, where)
  }
}

/** A member of a day of an older file; `period/light` says type and option in its name. */
function readFlat(gathering: Gathering, name: string, value: unknown, where: Where): void {
  if (value === null || value === false) return
  const [type = '', option] = name.split('/', 2)
  readType(gathering, type, option !== undefined && value === true ? option : value, where)
}

const normal = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, '_')
const readable = (option: string): string => option.replaceAll('_', ' ')

function readType(gathering: Gathering, type: string, value: unknown, where: Where): void {
  const name = normal(type)
  const measure = entryOf(measures, name)
  if (measure) return addMeasure(gathering, where, measure(isObject(value) ? value : { value }))
  const items = Array.isArray(value) ? value : [value]
  if (name === 'notes' || name === 'note') return addNotes(gathering, items, where)
  const known = entryOf(clueTypeNames, name) ?? name
  const kind = entryOf(vocabulary, known)
  if (!kind) return gathering.unknown(type, Math.max(1, items.length))
  const options = items.map(optionOf)
  if (options.length === 0 || options.includes(undefined))
    gathering.fault(where.place, { code: 'no-option' })
  for (const option of options) {
    if (option === undefined) continue
    // Tags of her own are kept letter by letter.
    const shown = known === 'tags' ? option : readable(option)
    addForeignWord(gathering, where, kind, { kind: known, word: normal(option), shown })
  }
}

/** The word of an option; `yes` for the mere fact. */
function optionOf(value: unknown): string | undefined {
  const option = isObject(value) ? member(value, 'option') : value
  if (option === true) return 'yes'
  return typeof option === 'string' && option.trim() !== '' ? option : undefined
}

function addNotes(gathering: Gathering, notes: readonly unknown[], where: Where): void {
  for (const note of notes) {
    const text = member(note, 'text') ?? note
    if (typeof text === 'string') gathering.add(where, { 'note.value': text })
    else gathering.fault(where.place, { code: 'no-text' })
  }
}

function temperature(value: JsonObject): Measure {
  const celsius = numberMember(value, 'celsius')
  const fahrenheit = numberMember(value, 'fahrenheit')
  const unnamed = numberMember(value, 'temperature') ?? numberMember(value, 'value')
  const measured = measuredTemperature({ celsius, fahrenheit, unnamed })
  const excluded = member(value, 'excluded') === true && { 'temperature.exclude': true }
  return measured.values ? { ...measured, values: { ...measured.values, ...excluded } } : {}
}

function weight(value: JsonObject): Measure {
  const pounds = numberMember(value, 'pounds')
  const kilograms =
    numberMember(value, 'kilograms') ?? (pounds === undefined ? pounds : kilogramsOfPounds(pounds))
  return kilograms === undefined
    ? measuredWeight(numberMember(value, 'value'))
    : { values: { 'weight.value': kilograms } }
}

function sleepDuration(value: JsonObject): Measure {
  const minutes = numberMember(value, 'minutes')
  const hours = minutes === undefined ? numberMember(value, 'hours') : minutes / 60
  return hours === undefined ? {} : { values: { 'sleep.hours': Math.round(hours * 100) / 100 } }
}

const measures: Readonly<Record<string, (value: JsonObject) => Measure>> = {
  bbt: temperature,
  temperature,
  weight,
  sleep_duration: sleepDuration,
}
