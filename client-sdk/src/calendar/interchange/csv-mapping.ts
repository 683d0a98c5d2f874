/**
 * How a table of another program is to be read: which column is the date, and what the others are. A
 * mapping is data: it may be kept and used again for the next file of the same program.
 */
import type { DayValues, FieldName, FieldValue } from '../field.ts'
import type { TagField } from './gathering.ts'
import type { DateOrder } from './written-date.ts'

/** The column of the date; without `order`, the one order in which all its cells are dates. */
export interface DateColumn {
  readonly column: string
  readonly order?: DateOrder
}

/** A column that holds one field. */
export interface ValueColumn {
  readonly column: string
  readonly field: FieldName
  /** Of temperatures and weights; without it, °F is told from °C by the number, and a weight is in kg. */
  readonly unit?: '°C' | '°F' | 'kg' | 'lb'
  /** What cells mean that are no value themselves, in any case of letters; `null` for nothing. */
  readonly words?: Readonly<Record<string, FieldValue | null>>
}

/** A column that holds words, each of which says something of its own. */
export interface WordsColumn {
  readonly column: string
  /** What parts the words; commas, semicolons, `|` and line ends unless given. */
  readonly separator?: string
  /** What words mean, in any case of letters. */
  readonly meanings: Readonly<Record<string, DayValues>>
  /** Where other words go. */
  readonly rest: TagField | 'unknown'
}

export type ColumnMapping = ValueColumn | WordsColumn

/** Columns are named as in the header, without blanks around; of two of one name the first is meant. */
export interface CsvMapping {
  readonly date: DateColumn
  readonly columns: readonly ColumnMapping[]
}

/** A table for cells in any case of letters. */
export const byLowerCase = <T>(table: Readonly<Record<string, T>>): ReadonlyMap<string, T> =>
  new Map(Object.entries(table).map(([word, meaning]) => [word.trim().toLowerCase(), meaning]))

/** The words of a cell. */
export const wordsOf = (cell: string, separator: string | undefined): string[] =>
  cell
    .split(separator || /[,;|\r\n]/)
    .map((word) => word.trim())
    .filter((word) => word !== '')
