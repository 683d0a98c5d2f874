/**
 * What the columns of a table usually mean, by their names: a table to begin with, which a person
 * looks through before it counts.
 */
import { isFieldName, type DayValues, type FieldName } from '../field.ts'
import type { ColumnMapping, ValueColumn, WordsColumn } from './csv-mapping.ts'
import { entryOf, tag } from './vocabulary.ts'

const normal = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^\p{L}]+/gu, ' ')
    .trim()

/** Names of a date's column, in the languages in which trackers write them most. */
const dateNames = new Set(['date', 'day', 'datum', 'tag', 'fecha', 'dia', 'data', 'jour', 'дата'])

/** Whether a name is one of a date's column. */
export const isDateName = (name: string): boolean => dateNames.has(normal(name))

const nothing = { none: null, no: null, false: null, '-': null } as const
const amounts = { low: 0, medium: 1, high: 2 } as const
const results = { negative: 0, positive: 1, neg: 0, pos: 1 } as const

const usualWords: Partial<Record<FieldName, ValueColumn['words']>> = {
  'bleeding.value': {
    ...nothing,
    spotting: 0,
    light: 1,
    low: 1,
    medium: 2,
    moderate: 2,
    normal: 2,
    yes: 2,
    x: 2,
    heavy: 3,
    high: 3,
    'very heavy': 3,
  },
  'mucus.texture': { none: 0, dry: 0, sticky: 1, creamy: 1, 'egg white': 2, eggwhite: 2 },
  'ovulationTest.result': { negative: 0, low: 0, high: 1, positive: 2, peak: 2 },
  'pregnancyTest.result': results,
  'desire.value': { ...amounts, none: 0 },
  'sleep.quality': { poor: 0, bad: 0, fair: 1, ok: 1, good: 2, great: 2 },
  'pain.strength': { none: null, mild: 1, light: 1, moderate: 2, medium: 2, severe: 3, strong: 3 },
}

const symptoms: Readonly<Record<string, DayValues>> = {
  cramps: { 'pain.cramps': true },
  headache: { 'pain.headache': true },
  migraine: { 'pain.migraine': true },
  backache: { 'pain.backache': true },
  'back pain': { 'pain.backache': true },
  nausea: { 'pain.nausea': true },
  'tender breasts': { 'pain.tenderBreasts': true },
  'breast tenderness': { 'pain.tenderBreasts': true },
  'ovulation pain': { 'pain.ovulationPain': true },
  fatigue: { 'mood.fatigue': true },
  spotting: { 'bleeding.value': 0 },
}

const moods: Readonly<Record<string, DayValues>> = {
  happy: { 'mood.happy': true },
  sad: { 'mood.sad': true },
  stressed: { 'mood.stressed': true },
  balanced: { 'mood.balanced': true },
  calm: { 'mood.balanced': true },
  fine: { 'mood.fine': true },
  anxious: { 'mood.anxious': true },
  energetic: { 'mood.energetic': true },
  tired: { 'mood.fatigue': true },
  angry: { 'mood.angry': true },
}

const encounters: Readonly<Record<string, DayValues>> = {
  yes: { 'sex.partner': true },
  protected: { 'sex.partner': true, ...tag('protected sex') },
  unprotected: { 'sex.partner': true, 'sex.none': true },
  masturbation: { 'sex.solo': true },
}

const words = (meanings: WordsColumn['meanings'], rest: WordsColumn['rest'] = 'symptom.tags') => ({
  meanings,
  rest,
})

type Guess = FieldName | Omit<WordsColumn, 'column'>

const guesses: Readonly<Record<string, Guess>> = {
  flow: 'bleeding.value',
  period: 'bleeding.value',
  'period flow': 'bleeding.value',
  bleeding: 'bleeding.value',
  'bleeding intensity': 'bleeding.value',
  menstruation: 'bleeding.value',
  'menstrual flow': 'bleeding.value',
  blutung: 'bleeding.value',
  temperature: 'temperature.value',
  temp: 'temperature.value',
  bbt: 'temperature.value',
  'basal temperature': 'temperature.value',
  'basal body temperature': 'temperature.value',
  temperatur: 'temperature.value',
  'temperature c': 'temperature.value',
  'temperature f': 'temperature.value',
  'bbt c': 'temperature.value',
  'bbt f': 'temperature.value',
  'cervical mucus': 'mucus.texture',
  'cervical fluid': 'mucus.texture',
  mucus: 'mucus.texture',
  discharge: 'mucus.texture',
  note: 'note.value',
  notes: 'note.value',
  comment: 'note.value',
  comments: 'note.value',
  notiz: 'note.value',
  libido: 'desire.value',
  'sex drive': 'desire.value',
  desire: 'desire.value',
  'ovulation test': 'ovulationTest.result',
  opk: 'ovulationTest.result',
  'lh test': 'ovulationTest.result',
  'pregnancy test': 'pregnancyTest.result',
  pain: 'pain.strength',
  'pain level': 'pain.strength',
  sleep: 'sleep.hours',
  'sleep hours': 'sleep.hours',
  'hours of sleep': 'sleep.hours',
  'sleep quality': 'sleep.quality',
  weight: 'weight.value',
  'weight kg': 'weight.value',
  'weight lb': 'weight.value',
  'weight lbs': 'weight.value',
  gewicht: 'weight.value',
  cramps: 'pain.cramps',
  headache: 'pain.headache',
  migraine: 'pain.migraine',
  backache: 'pain.backache',
  nausea: 'pain.nausea',
  'tender breasts': 'pain.tenderBreasts',
  'breast tenderness': 'pain.tenderBreasts',
  symptoms: words(symptoms),
  symptom: words(symptoms),
  mood: words(moods),
  moods: words(moods),
  feelings: words(moods),
  sex: words(encounters),
  intercourse: words(encounters),
  'sexual activity': words(encounters),
  tags: words({}),
  medication: words({}, 'medication.taken'),
  medications: words({}, 'medication.taken'),
  medicine: words({}, 'medication.taken'),
}

const unitNames = [
  { ending: / c$/, unit: '°C' },
  { ending: / f$/, unit: '°F' },
  { ending: / kg$/, unit: 'kg' },
  { ending: / lbs?$/, unit: 'lb' },
] as const

/** What a column usually means, by its name; `undefined` for a name that is not known. */
export function guessColumn(name: string): ColumnMapping | undefined {
  const key = normal(name)
  const found = isFieldName(name) ? name : entryOf(guesses, key)
  if (found === undefined) return undefined
  if (typeof found !== 'string') return { column: name, ...found }
  const unit = unitNames.find(({ ending }) => ending.test(key))?.unit
  const usual = usualWords[found]
  return { column: name, field: found, ...(unit && { unit }), ...(usual && { words: usual }) }
}
