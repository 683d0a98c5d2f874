/**
 * What of a file was not imported as it stands: where, and why by a code, so that an app says it in the
 * person's language. Nothing here repeats what the file says: fields, lists and limits are our own.
 */
import type { FieldName } from '../field.ts'

/** Lists of the files that have several, by the names that these formats give them. */
export type FileList =
  | 'days'
  | 'episodes'
  | 'cycles'
  | 'notes'
  | 'point_events_manual_v2'
  | 'repeatable_child_point_events'

/** A place in a file: a line of a table, or an entry of a list; the whole file when all are absent. */
export interface FilePlace {
  /** Line of a table, from 1, where the row begins. */
  readonly line?: number
  /** Entry of a list, from 0. */
  readonly index?: number
  /** The list, in a file that has several. */
  readonly list?: FileList
}

/** Faults of which there is no more to say than their code. */
export type SimpleFaultCode =
  /** There is no date where one is needed; row or entry were left out. */
  | 'no-date'
  /** There are no values where they are needed; the day was left out. */
  | 'no-values'
  /** The date has occurred before; this row or entry replaces the earlier one. */
  | 'repeated-date'
  /** A quotation mark is missing or misplaced; the row was left out. */
  | 'misplaced-quote'
  /** The row has another number of cells than the header; it was left out. */
  | 'cell-count'
  /** Some bytes of the file are no characters; each stands as a replacement character. */
  | 'bad-bytes'
  /** There is no option where one is needed; what is none was left out. */
  | 'no-option'
  /** There is no number where one is needed; the entry was left out. */
  | 'no-number'
  /** There is no text where one is needed; the entry was left out. */
  | 'no-text'
  /** The list is missing. */
  | 'no-list'
  /** A declared time lacks a known kind or a first day, or ends before it begins; it was left out. */
  | 'impossible-episode'
  /** Bleeding of a strength or a day that is not known; that strength was left out. */
  | 'unknown-intensity'

/** Why something was not imported as it stands. */
export type FaultReason =
  | { readonly code: SimpleFaultCode }
  /** The field cannot hold it: see `fields` for what it can; the value was left out. */
  | { readonly code: 'impossible-value'; readonly field: FieldName }
  /** The column occurs twice; the first was read. */
  | { readonly code: 'repeated-column'; readonly column: FieldName | 'date' }
  /** A period without days, or of more than `most`; it was left out. */
  | { readonly code: 'period-length'; readonly most: number }
  /** The file has more than `most` days; further ones were left out. */
  | { readonly code: 'too-many-days'; readonly most: number }
  /** So many further faults are not listed. */
  | { readonly code: 'not-listed'; readonly count: number }

/** Something of the file that was not imported as it stands. */
export type ImportFault = FilePlace & FaultReason
