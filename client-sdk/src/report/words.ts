/** The words of the report. A language is one file of data in this shape; `{name}` marks what is filled in. */
import type { FieldName } from '../calendar/field.ts'
import type { ChartWords } from '../charts/words.ts'

type Words<Key extends string> = Readonly<Record<Key, string>>

/** Fields that are told as symptoms, moods among them. */
export type SymptomField = Exclude<
  Extract<FieldName, `pain.${string}` | `mood.${string}`>,
  'pain.note' | 'pain.strength' | 'mood.note'
>

/** Fields whose text is told in the section of notes. What concerns sex is left out of reports. */
export type NoteField =
  | 'note.value'
  | 'bleeding.note'
  | 'temperature.note'
  | 'pain.note'
  | 'mood.note'

export interface ReportWords {
  /** Dates, numbers and the words of what was observed are those of the charts. */
  readonly charts: ChartWords
  readonly symptoms: Readonly<Record<SymptomField, string>>
  /** Mild, moderate, severe. */
  readonly painStrengths: readonly string[]
  /** Poor, fair, good. */
  readonly sleepQualities: readonly string[]
  /** Negative, positive. */
  readonly pregnancyTest: readonly string[]
  readonly notes: Readonly<Record<NoteField, string>>
  readonly day: Words<
    | 'cycleDay'
    | 'temperature'
    | 'symptoms'
    | 'other'
    | 'leftOut'
    | 'interferes'
    | 'painStrength'
    | 'medication'
    | 'sleep'
    | 'sleepHours'
    | 'weight'
    | 'weightKilograms'
    | 'pregnancyTest'
    | 'cycleNotCounted'
  >
  readonly pdf: Words<
    | 'title'
    | 'name'
    | 'period'
    | 'periodValue'
    | 'made'
    | 'madeValue'
    | 'disclaimer'
    | 'page'
    | 'summary'
    | 'cycles'
    | 'bleeding'
    | 'symptoms'
    | 'symptom'
    | 'days'
    | 'share'
    | 'temperature'
    | 'insights'
    | 'howToRead'
    | 'charts'
    | 'table'
    | 'notes'
    | 'noEntries'
    | 'noNotes'
    | 'noCharts'
    | 'noSymptoms'
    | 'shareOfDays'
    | 'missing'
  > & { readonly reading: readonly string[] }
  readonly facts: Words<
    | 'lastStart'
    | 'counted'
    | 'notCounted'
    | 'mean'
    | 'meanValue'
    | 'median'
    | 'shortestLongest'
    | 'bleedingDays'
    | 'bleedingByLevel'
    | 'interfering'
    | 'outside'
    | 'readings'
    | 'readingsValue'
    | 'loggedDays'
    | 'none'
  >
  readonly fhir: Words<
    | 'title'
    | 'author'
    | 'lastPeriod'
    | 'cycleLength'
    | 'usualLength'
    | 'frequency'
    | 'flowDuration'
    | 'flow'
    | 'basalTemperature'
    | 'basalMethod'
    | 'symptom'
    | 'painSeverity'
    | 'mucus'
    | 'ovulationTest'
    | 'pregnancyTest'
    | 'finding'
    | 'selfReported'
    | 'calculated'
    | 'insights'
    | 'menorrhagia'
    | 'amenorrhoea'
    | 'irregular'
    | 'intermenstrual'
    | 'menarche'
  >
}
