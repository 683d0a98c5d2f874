/** What was observed, as FHIR observations: of days, of cycles, and of the range as a whole. */
import { addDays, type CivilDate } from '../calendar/civil-date.ts'
import type { Cycle } from '../calendar/cycle.ts'
import type { DayValues } from '../calendar/field.ts'
import { mucusQuality } from '../calendar/fertility/signs.ts'
import { dateText, decimal, fill } from '../charts/wording.ts'
import { symptomFields } from './day-wording.ts'
import {
  categories,
  codes,
  findingCodes,
  flowLevels,
  severities,
  symptomCodes,
  testResults,
  type FindingKind,
} from './fhir-codes.ts'
import { fhirString, sentence } from './fhir-narrative.ts'
import type {
  CodeableConcept,
  Coding,
  FhirObservation,
  Quantity,
  Reference,
} from './fhir-resource.ts'
import type { ReportFacts } from './report-facts.ts'
import type { ReportWords } from './words.ts'

/** What an observation says; who, status and narrative are the same for all. */
interface Said extends Pick<
  FhirObservation,
  | 'effectiveDateTime'
  | 'effectivePeriod'
  | 'valueQuantity'
  | 'valueCodeableConcept'
  | 'valueDateTime'
  | 'method'
> {
  readonly code: CodeableConcept
  readonly category?: Coding
  /** The value as people read it. */
  readonly value: string
  readonly when: string
  readonly note: string
}

export interface Teller {
  readonly words: ReportWords
  readonly patient: Reference
}

function observation(said: Said, { patient }: Teller): FhirObservation {
  const { code, category = categories.survey, value, when, note, ...rest } = said
  return {
    resourceType: 'Observation',
    text: sentence(`${when}: ${code.text}: ${value}. ${note}`),
    status: 'final',
    category: [{ coding: [category], text: category.display ?? category.code }],
    code,
    subject: patient,
    performer: [patient],
    ...rest,
    note: [{ text: note }],
  }
}

const concept = (text: string, coding: readonly Coding[] = []): CodeableConcept => ({
  ...(coding.length > 0 && { coding }),
  text: fhirString(text),
})

const ucum = (value: number, code: string, unit: string): Quantity => ({
  value,
  unit,
  system: 'http://unitsofmeasure.org',
  code,
})

/** A number as JSON should have it: hundredths are enough for days and degrees. */
const hundredths = (value: number): number => Math.round(value * 100) / 100

const inDays = (value: number): Quantity => ucum(hundredths(value), 'd', 'd')

const daysText = (value: number, { charts }: ReportWords): string =>
  fill(charts.days.other, { n: decimal(value, charts) })

/** Observations of one day. Notes, and what concerns sex, are not exported. */
export function dayObservations(
  { date, values }: { date: CivilDate; values: DayValues },
  teller: Teller,
): FhirObservation[] {
  const { words } = teller
  const frame = {
    effectiveDateTime: date,
    when: dateText(date, words.charts),
    note: words.fhir.selfReported,
  }
  return [
    ...flowOf(values, words),
    ...temperatureOf(values, words),
    ...symptomsOf(values, words),
    ...signsOf(values, words),
  ].map((said) => observation({ ...frame, ...said }, teller))
}

type DaySaid = Omit<Said, 'when' | 'note'>

const coded = (code: CodeableConcept, value: CodeableConcept): DaySaid => ({
  code,
  valueCodeableConcept: value,
  value: value.text,
})

function flowOf(values: DayValues, { fhir, charts }: ReportWords): DaySaid[] {
  const level = values['bleeding.value']
  if (level === undefined || values['bleeding.exclude'] === true) return []
  const coding = flowLevels[level]
  const value = concept(charts.bleedingLevels[level] ?? '', coding ? [coding] : [])
  return [coded(concept(fhir.flow, codes.flow), value)]
}

function temperatureOf(values: DayValues, { fhir, charts }: ReportWords): DaySaid[] {
  const celsius = values['temperature.value']
  if (celsius === undefined || values['temperature.exclude'] === true) return []
  return [
    {
      code: concept(fhir.basalTemperature, codes.temperature),
      category: categories.vitalSigns,
      valueQuantity: ucum(hundredths(celsius), 'Cel', '°C'),
      method: concept(fhir.basalMethod, codes.basalMethod),
      value: fill(charts.celsius, { n: decimal(celsius, charts, 2, 2) }),
    },
  ]
}

function symptomsOf(values: DayValues, words: ReportWords): DaySaid[] {
  const code = concept(words.fhir.symptom, codes.symptom)
  const ticked = symptomFields(values, words).map((field) => {
    const coding = symptomCodes[field]
    return coded(code, concept(words.symptoms[field], coding ? [coding] : []))
  })
  const own = (values['symptom.tags'] ?? [])
    .filter((tag) => fhirString(tag) !== '')
    .map((tag) => coded(code, concept(tag)))
  const strength = (values['pain.strength'] ?? 0) - 1
  const severity = severities[strength]
  const severe = severity
    ? [
        coded(
          concept(words.fhir.painSeverity, codes.painSeverity),
          concept(words.painStrengths[strength] ?? '', [severity]),
        ),
      ]
    : []
  return [...ticked, ...own, ...severe]
}

function signsOf(values: DayValues, { fhir, charts, pregnancyTest }: ReportWords): DaySaid[] {
  const { temperature } = charts
  const said: DaySaid[] = []
  const quality = mucusQuality(values)
  if (quality !== undefined) {
    const text = `${temperature.mucusSigns[quality] ?? ''} (${temperature.mucusMeanings[quality] ?? ''})`
    said.push(coded(concept(fhir.mucus), concept(text)))
  }
  const ovulation = values['ovulationTest.result']
  if (ovulation !== undefined)
    said.push(coded(concept(fhir.ovulationTest), concept(temperature.testResults[ovulation] ?? '')))
  const pregnancy = values['pregnancyTest.result']
  const result = pregnancy === undefined ? undefined : testResults[pregnancy]
  if (pregnancy !== undefined && result)
    said.push(
      coded(
        concept(fhir.pregnancyTest, codes.pregnancyTest),
        concept(pregnancyTest[pregnancy] ?? '', [result]),
      ),
    )
  return said
}

/** Length and duration of bleeding of a complete cycle; nothing of the running one. */
export function cycleObservations(
  { start, length, bleedingDays, notCounted }: Cycle,
  teller: Teller,
): FhirObservation[] {
  const { words } = teller
  if (length === undefined) return []
  const note =
    notCounted === undefined
      ? words.fhir.calculated
      : `${words.fhir.calculated} ${words.day.cycleNotCounted}.`
  const about = (code: CodeableConcept, days: number): Said => ({
    code,
    effectivePeriod: { start, end: addDays(start, days - 1) },
    valueQuantity: inDays(days),
    value: daysText(days, words),
    when: dateText(start, words.charts),
    note,
  })
  return [
    about(concept(words.fhir.cycleLength, codes.cycleLength), length),
    about(concept(words.fhir.flowDuration), bleedingDays),
  ].map((said) => observation(said, teller))
}

/** What holds for the whole range. */
export function rangeObservations(
  { lastStart, lengths }: ReportFacts,
  madeOn: CivilDate,
  teller: Teller,
): FhirObservation[] {
  const { words } = teller
  const frame = {
    effectiveDateTime: madeOn,
    when: dateText(madeOn, words.charts),
  }
  const said: Said[] = []
  if (lastStart)
    said.push({
      ...frame,
      code: concept(words.fhir.lastPeriod, codes.lastPeriod),
      valueDateTime: lastStart,
      value: dateText(lastStart, words.charts),
      note: words.fhir.selfReported,
    })
  if (lengths)
    for (const [text, coding, days] of [
      [words.fhir.usualLength, codes.usualLength, lengths.mean],
      [words.fhir.frequency, codes.frequency, lengths.median],
    ] as const)
      said.push({
        ...frame,
        code: concept(text, coding),
        valueQuantity: inDays(days),
        value: daysText(days, words),
        note: words.fhir.calculated,
      })
  return said.map((each) => observation(each, teller))
}

/** Something that an evaluation of the diary found. */
export const findingObservation = (
  kind: FindingKind,
  madeOn: CivilDate,
  teller: Teller,
): FhirObservation => {
  const { words } = teller
  const value = concept(words.fhir[kind], [findingCodes[kind]])
  return observation(
    {
      ...coded(concept(words.fhir.finding), value),
      effectiveDateTime: madeOn,
      when: dateText(madeOn, words.charts),
      note: words.fhir.calculated,
    },
    teller,
  )
}

/** Age at the first period, years. */
export const menarcheObservation = (
  years: number,
  madeOn: CivilDate,
  teller: Teller,
): FhirObservation =>
  observation(
    {
      code: concept(teller.words.fhir.menarche, codes.menarche),
      effectiveDateTime: madeOn,
      valueQuantity: ucum(hundredths(years), 'a', 'a'),
      value: decimal(years, teller.words.charts),
      when: dateText(madeOn, teller.words.charts),
      note: teller.words.fhir.selfReported,
    },
    teller,
  )
