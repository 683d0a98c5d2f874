/**
 * Codes of the FHIR export. A code stands here only if its meaning is exactly that of the entry; anything
 * else is told as text, because a wrong code is worse than none.
 *
 * | concept | code | remark |
 * |---|---|---|
 * | last period | LOINC 8665-2 | `valueDateTime` |
 * | one cycle | SNOMED CT 364310004 | days |
 * | usual cycle | SNOMED CT 161716008 | mean days |
 * | frequency | SNOMED CT 364306002, 289887006 | median days. IHE APS calls 364306002 "Duration of Menstrual Flow", but in SNOMED CT it is the frequency of menstruation: duration of flow is text |
 * | flow of a day | SNOMED CT 364308001, cycle.fhir.me | her own estimate, never a volume |
 * | waking temperature | LOINC 8310-5 with SNOMED CT 300076005, method 281660007 | a vital sign in FHIR |
 * | symptom | LOINC 75325-1 | the finding is the value |
 */
import type { SymptomField } from './words.ts'
import type { Coding } from './fhir-resource.ts'

const snomed = (code: string, display: string): Coding => ({
  system: 'http://snomed.info/sct',
  code,
  display,
})
const loinc = (code: string, display: string): Coding => ({
  system: 'http://loinc.org',
  code,
  display,
})
/** Code system of the open guide for period tracking, which other trackers write too. */
const tracking = (code: string, display: string): Coding => ({
  system: 'https://cycle.fhir.me/CodeSystem/cycle',
  code,
  display,
})
const category = (code: string, display: string): Coding => ({
  system: 'http://terminology.hl7.org/CodeSystem/observation-category',
  code,
  display,
})

export const categories = {
  survey: category('survey', 'Survey'),
  vitalSigns: category('vital-signs', 'Vital Signs'),
} as const

export const codes = {
  patientNote: [loinc('51855-5', 'Patient Note')],
  lastPeriod: [loinc('8665-2', 'Last menstrual period start date')],
  cycleLength: [snomed('364310004', 'Duration of menstrual cycle')],
  usualLength: [snomed('161716008', 'Usual length of menstrual cycle')],
  frequency: [
    snomed('364306002', 'Frequency of menstruation'),
    snomed('289887006', 'Finding of frequency of menstruation'),
  ],
  flow: [
    snomed('364308001', 'Quantity of menstrual blood loss'),
    tracking('menstrual-flow', 'Patient-reported menstrual flow category'),
  ],
  temperature: [loinc('8310-5', 'Body temperature'), snomed('300076005', 'Basal body temperature')],
  basalMethod: [
    snomed('281660007', 'Basal body temperature measurement for detection of ovulation'),
  ],
  symptom: [loinc('75325-1', 'Symptom')],
  painSeverity: [loinc('38208-5', 'Pain severity - Reported')],
  pregnancyTest: [loinc('2106-3', 'Choriogonadotropin (pregnancy test) [Presence] in Urine')],
  menarche: [snomed('398700009', 'Age at menarche')],
} as const

/** Levels of flow: spotting, light, medium, heavy. */
export const flowLevels: readonly Coding[] = [
  tracking('flow-spotting', 'Spotting'),
  tracking('flow-light', 'Light'),
  tracking('flow-moderate', 'Moderate'),
  tracking('flow-heavy', 'Heavy'),
]

/** Mild, moderate, severe. */
export const severities: readonly Coding[] = [
  snomed('255604002', 'Mild'),
  snomed('6736007', 'Moderate'),
  snomed('24484000', 'Severe'),
]

/** Negative, positive. */
export const testResults: readonly Coding[] = [
  snomed('260385009', 'Negative'),
  snomed('10828004', 'Positive'),
]

/** Symptoms that SNOMED CT has a finding for. */
export const symptomCodes: Readonly<Partial<Record<SymptomField, Coding>>> = {
  'pain.cramps': snomed('431416001', 'Menstrual cramp'),
  'pain.ovulationPain': snomed('43548008', 'Ovulation pain'),
  'pain.headache': snomed('25064002', 'Headache'),
  'pain.backache': snomed('161891005', 'Backache'),
  'pain.nausea': snomed('422587007', 'Nausea'),
  'pain.tenderBreasts': snomed('55222007', 'Breast tenderness'),
  'pain.migraine': snomed('37796009', 'Migraine'),
  'mood.anxious': snomed('48694002', 'Anxiety'),
  'mood.fatigue': snomed('84229001', 'Fatigue'),
  'mood.stressed': snomed('73595000', 'Stress'),
}

export const findingKinds = ['menorrhagia', 'amenorrhoea', 'irregular', 'intermenstrual'] as const
/** What an evaluation of the diary can find that SNOMED CT has a concept for. */
export type FindingKind = (typeof findingKinds)[number]

export const findingCodes: Readonly<Record<FindingKind, Coding>> = {
  menorrhagia: snomed('386692008', 'Menorrhagia'),
  amenorrhoea: snomed('14302001', 'Amenorrhea'),
  irregular: snomed('80182007', 'Irregular periods'),
  intermenstrual: snomed('237130006', 'Intermenstrual bleeding'),
}
