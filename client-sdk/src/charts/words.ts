/**
 * The words of the charts. A language is one file of data in this shape; texts with `{name}` are
 * templates that {@link ./wording.ts} fills.
 */

/** A text for a count, by plural category of the language (Unicode CLDR); `{n}` stands for the count. */
export type Counted = { readonly other: string } & Readonly<
  Partial<Record<'zero' | 'one' | 'two' | 'few' | 'many', string>>
>

type Words<Key extends string> = Readonly<Record<Key, string>>

export interface ChartWords {
  /** BCP 47 tag, which decides plurals. */
  readonly language: string
  /** Twelve short names. */
  readonly months: readonly string[]
  /** With `{day}`, `{month}` (short name) and `{year}`. */
  readonly date: string
  readonly decimalPoint: string
  /** With `{n}`. */
  readonly percent: string
  /** With `{from}` and `{to}`. */
  readonly range: string
  /** With `{n}`. */
  readonly celsius: string
  readonly fahrenheit: string
  readonly days: Counted
  readonly cycles: Counted
  /** Stands on everything that shows fertile days. */
  readonly notContraception: string
  /** Spotting, light, medium, heavy. */
  readonly bleedingLevels: readonly string[]
  readonly temperature: TemperatureWords
  readonly lengths: LengthWords
  readonly symptoms: SymptomWords
  readonly year: YearWords
}

export type TemperatureWords = Words<
  | 'title'
  | 'day'
  | 'date'
  | 'temperature'
  | 'bleeding'
  | 'mucus'
  | 'cervix'
  | 'ovulationTest'
  | 'marks'
  | 'leftOut'
  | 'coverLine'
  | 'baseReading'
  | 'highReading'
  | 'baseReadings'
  | 'highReadings'
  | 'shift'
  | 'peak'
  | 'fertile'
  | 'fertilePredicted'
  | 'summaryStart'
  | 'summaryReadings'
  | 'summaryNoReadings'
  | 'summaryLeftOut'
  | 'summaryCoverLine'
  | 'summaryShift'
  | 'summaryFertile'
  | 'summaryFertilePredicted'
  | 'summaryCut'
> & {
  /** Five qualities from t to S+, as they are written on charts, and what they mean. */
  readonly mucusSigns: readonly string[]
  readonly mucusMeanings: readonly string[]
  /** Closed, medium, open. */
  readonly cervixOpening: readonly string[]
  /** Hard, soft. */
  readonly cervixFirmness: readonly string[]
  /** Low, medium, high. */
  readonly cervixPosition: readonly string[]
  /** Low, high, peak. */
  readonly testResults: readonly string[]
}

export type LengthWords = Words<
  | 'title'
  | 'nextTitle'
  | 'start'
  | 'length'
  | 'remark'
  | 'counted'
  | 'notCounted'
  | 'next'
  | 'probability'
  | 'middle'
  | 'early'
  | 'late'
  | 'band'
  | 'usual'
  | 'none'
  | 'summary'
  | 'summaryNotCounted'
  | 'summaryEarlier'
  | 'summaryNext'
>

export type SymptomWords = Words<'title' | 'symptom' | 'shade' | 'summary' | 'none'>

export type YearWords = Words<
  | 'title'
  | 'month'
  | 'bleeding'
  | 'predicted'
  | 'fertile'
  | 'fertilePredicted'
  | 'none'
  | 'summary'
  | 'summaryNone'
  | 'summaryPredicted'
  | 'summaryFertile'
>
