/**
 * What came of reading a file, the same for every format: the days that are sound, and a word on all
 * that is not among them. Nothing is dropped unsaid; what is said names fields and limits, never values.
 */
import type { Episode } from '../episode.ts'
import type { LoggedDay } from '../logged-day.ts'
import type { ImportFault } from './import-fault.ts'

/** The formats that are read. */
export type ImportFormat = 'drip-csv' | 'clue-json' | 'flo-json' | 'mapped-csv' | 'diary-json'

/** A name of the file's that has no meaning or no place here, and how often something stands under it. */
export interface UnknownName {
  readonly name: string
  readonly count: number
}

const remarkCodes = [
  /** Bleeding of a strength that the file does not say was taken for medium. */
  'medium-assumed',
  /** A period without a last day was taken for one day. */
  'period-without-end',
  /** A cycle marked as pregnant was taken for a pregnancy until the next period. */
  'pregnancy-assumed',
  /** A temperature was converted from °F. */
  'celsius-from-fahrenheit',
  /** A weight without a unit was taken for kilograms. */
  'kilograms-assumed',
  /** Of several values for one day the greatest was taken. */
  'greatest-kept',
  /** Of several values for one day the last was taken. */
  'latest-kept',
  /** A word too long, or one too many, for a tag was put into the note of its day. */
  'word-in-note',
  /** An entry that is marked as deleted was left out. */
  'deleted-left-out',
] as const

/** A way in which the file was understood, that a person should know of. */
export type RemarkCode = (typeof remarkCodes)[number]

export interface ImportRemark {
  readonly code: RemarkCode
  /** How often. */
  readonly count: number
}

/** Counted remarks, in the order of their codes. */
export const remarksOf = (counts: ReadonlyMap<RemarkCode, number>): ImportRemark[] =>
  remarkCodes.flatMap((code) => {
    const count = counts.get(code)
    return count === undefined ? [] : [{ code, count }]
  })

/**
 * Why a file is not read: `packed` is an archive that is to be opened first; `mapping-needed` a table
 * whose columns are not known, `mapping-wrong` one without the columns of the mapping, and `date-order`
 * one whose dates can be read in several ways, or only in another way than the mapping's.
 */
export type FailureReason =
  | 'too-large'
  | 'unknown-format'
  | 'broken-json'
  | 'encoding'
  | 'packed'
  | 'newer-version'
  | 'mapping-needed'
  | 'mapping-wrong'
  | 'date-order'

export interface ImportFailure {
  readonly ok: false
  readonly code: 'import/unreadable' | 'import/too-large'
  readonly reason: FailureReason
}

export interface ImportedDiary {
  readonly ok: true
  readonly format: ImportFormat
  /** Each date once, each value possible (`faultOf`). */
  readonly days: readonly LoggedDay[]
  readonly episodes: readonly Episode[]
  readonly faults: readonly ImportFault[]
  readonly unknown: readonly UnknownName[]
  readonly remarks: readonly ImportRemark[]
}

export type ParsedDiary = ImportedDiary | ImportFailure

/** The failure for a reason. */
export const failure = (reason: FailureReason): ImportFailure => ({
  ok: false,
  code: reason === 'too-large' ? 'import/too-large' : 'import/unreadable',
  reason,
})
