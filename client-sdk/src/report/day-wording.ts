/** A day in words, as table and notes tell it. What concerns sex and desire is not for a report. */
import type { DayValues } from '../calendar/field.ts'
import { mucusQuality } from '../calendar/fertility/signs.ts'
import { decimal, fill } from '../charts/wording.ts'
import type { NoteField, ReportWords, SymptomField } from './words.ts'

const present = (texts: readonly (string | undefined)[]): string[] =>
  texts.filter((text): text is string => text !== undefined && text !== '')

const at = (list: readonly string[], index: number | undefined): string | undefined =>
  index === undefined ? undefined : list[index]

/** Strength of bleeding. */
export function bleedingWords(values: DayValues, words: ReportWords): string {
  const strength = at(words.charts.bleedingLevels, values['bleeding.value'])
  const said =
    strength !== undefined && values['bleeding.exclude'] === true
      ? fill(words.day.leftOut, { value: strength })
      : strength
  return present([said, values['bleeding.interferes'] ? words.day.interferes : '']).join(', ')
}

/** Temperature without its unit, in brackets when it is left out. */
export function temperatureWords(values: DayValues, words: ReportWords): string {
  const celsius = values['temperature.value']
  if (celsius === undefined) return ''
  const text = decimal(celsius, words.charts, 2, 2)
  return values['temperature.exclude'] === true ? `(${text})` : text
}

/** Sign of the mucus' quality. */
export const mucusWords = (values: DayValues, words: ReportWords): string =>
  at(words.charts.temperature.mucusSigns, mucusQuality(values)) ?? ''

/** Opening, firmness and position of the cervix. */
export function cervixWords(values: DayValues, words: ReportWords): string {
  const { temperature } = words.charts
  if (values['cervix.exclude'] === true) return ''
  return present([
    at(temperature.cervixOpening, values['cervix.opening']),
    at(temperature.cervixFirmness, values['cervix.firmness']),
    at(temperature.cervixPosition, values['cervix.position']),
  ]).join(', ')
}

export const ovulationTestWords = (values: DayValues, words: ReportWords): string =>
  at(words.charts.temperature.testResults, values['ovulationTest.result']) ?? ''

/** The symptoms and moods that were ticked, in the order of the words. */
export const symptomFields = (values: DayValues, words: ReportWords): SymptomField[] =>
  (Object.keys(words.symptoms) as SymptomField[]).filter((field) => values[field] === true)

/** How strong the pain was: mild, moderate or severe. */
const painStrength = (values: DayValues, words: ReportWords): string | undefined =>
  at(words.painStrengths, (values['pain.strength'] ?? 0) - 1)

/** Symptoms and moods, her own words for them last. */
export function symptomWords(values: DayValues, words: ReportWords): string {
  const strength = painStrength(values, words)
  return present([
    ...symptomFields(values, words).map((field) => words.symptoms[field]),
    strength && fill(words.day.painStrength, { value: strength }),
    ...(values['symptom.tags'] ?? []),
  ]).join(', ')
}

/** What else a clinician may want to know. */
export function otherWords(values: DayValues, words: ReportWords): string {
  const { day } = words
  const hours = values['sleep.hours']
  const weight = values['weight.value']
  const sleep = present([
    hours === undefined ? '' : fill(day.sleepHours, { n: decimal(hours, words.charts) }),
    at(words.sleepQualities, values['sleep.quality']),
  ])
  const taken = values['medication.taken'] ?? []
  const test = at(words.pregnancyTest, values['pregnancyTest.result'])
  return present([
    taken.length === 0 ? '' : fill(day.medication, { list: taken.join(', ') }),
    test && fill(day.pregnancyTest, { value: test }),
    sleep.length === 0 ? '' : fill(day.sleep, { list: sleep.join(', ') }),
    weight === undefined
      ? ''
      : fill(day.weight, {
          value: fill(day.weightKilograms, { n: decimal(weight, words.charts) }),
        }),
    values['cycle.exclude'] === true ? day.cycleNotCounted : '',
  ]).join('; ')
}

/** The notes of a day and what they are about. */
export function noteWords(
  values: DayValues,
  words: ReportWords,
): { about: string; text: string }[] {
  return (Object.keys(words.notes) as NoteField[]).flatMap((field) => {
    const text = values[field]
    return text === undefined || text.trim() === '' ? [] : [{ about: words.notes[field], text }]
  })
}
