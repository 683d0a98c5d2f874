/**
 * Tables of other programs, read by a mapping of their columns. Rows of one date join in one day. A date
 * that could be meant in two ways is never guessed: the order is said by the mapping, or the only one in
 * which the whole column can be read.
 */
import { fields, isFieldName, type DayValues, type FieldValue } from '../field.ts'
import { readValue } from './cell-value.ts'
import {
  byLowerCase,
  wordsOf,
  type ColumnMapping,
  type CsvMapping,
  type DateColumn,
  type ValueColumn,
  type WordsColumn,
} from './csv-mapping.ts'
import type { CsvRecord } from './csv-records.ts'
import { findDelimiter, openTable } from './csv-table.ts'
import { createGathering, type Gathering, type TagField, type Where } from './gathering.ts'
import { failure, type ParsedDiary } from './parsed-diary.ts'
import { fromSource, type ImportSource } from './source-text.ts'
import { fittingOrders, readWrittenDate, type DateOrder } from './written-date.ts'

/**
 * Reads a table by a mapping. A row without a readable date is left out, of other rows only the cells
 * that cannot be read; each is a fault with its line. Columns that the mapping does not name are unknown,
 * with the number of their filled cells. Fails with `mapping-wrong` when a column of the mapping is not
 * in the file, or none is mapped, and with `date-order` when the dates are to be asked about.
 */
export const parseMappedCsv = (source: ImportSource, mapping: CsvMapping): ParsedDiary =>
  fromSource(source, (text) => readMappedText(text, mapping))

/** Reads the text of a table, see {@link parseMappedCsv}. */
export function readMappedText(text: string, mapping: CsvMapping): ParsedDiary {
  const delimiter = findDelimiter(text, mapping.date.column)
  if (delimiter === undefined) return failure('mapping-wrong')
  const table = openTable(text, delimiter)
  const plan = table && planOf(table.header.cells, mapping)
  if (!plan) return failure('mapping-wrong')
  const order = orderOf(dateCells(table.rows, plan.dateAt), mapping.date)
  if (!order) return failure('date-order')
  const gathering = createGathering()
  for (const { name } of plan.unknown) gathering.unknown(name, 0)
  // Opened anew: the dates have been read to the end.
  readRows(gathering, openTable(text, delimiter)!.rows, { ...plan, order })
  return gathering.finish('mapped-csv')
}

interface Plan {
  readonly dateAt: number
  readonly readers: readonly { readonly at: number; readonly read: ReadCell }[]
  readonly unknown: readonly { readonly name: string; readonly at: number }[]
}

type ReadCell = (gathering: Gathering, where: Where, cell: string) => void

/** Where the columns of a mapping are; `undefined` when one is not there, or says what no field is. */
function planOf(cells: readonly string[], { date, columns }: CsvMapping): Plan | undefined {
  const names = cells.map((cell) => cell.trim())
  const places = new Map<string, number>()
  for (const [at, name] of names.entries()) if (!places.has(name)) places.set(name, at)
  const readers = columns.flatMap((column) => {
    const at = places.get(column.column)
    const read = readerOf(column)
    return at === undefined || !read ? [] : [{ at, read }]
  })
  const dateAt = places.get(date.column)
  if (dateAt === undefined || readers.length === 0 || readers.length < columns.length)
    return undefined
  const mapped = new Set([dateAt, ...readers.map(({ at }) => at)])
  const others = names.map((name, at) => ({ name, at }))
  return {
    dateAt,
    readers,
    unknown: others.filter(({ name, at }) => name !== '' && !mapped.has(at)),
  }
}

function dateCells(rows: Iterable<CsvRecord>, at: number): string[] {
  const dates: string[] = []
  for (const { cells, broken } of rows) if (!broken) dates.push(cells[at]!)
  return dates
}

/**
 * The order in which the dates of a file are read: the one that is said, unless the whole file can be
 * read in another and not in this one, for then days and months would change places unseen.
 */
function orderOf(cells: readonly string[], { order }: DateColumn): DateOrder | undefined {
  const fitting = fittingOrders(cells)
  if (order) return fitting.length === 0 || fitting.includes(order) ? order : undefined
  return fitting.length === 1 ? fitting[0] : undefined
}

function readRows(
  gathering: Gathering,
  rows: Iterable<CsvRecord>,
  { dateAt, readers, unknown, order }: Plan & { readonly order: DateOrder },
): void {
  for (const { line, cells, broken } of rows) {
    const date = broken ? undefined : readWrittenDate(cells[dateAt]!, order)
    if (broken) gathering.fault({ line }, { code: broken })
    else if (!date) gathering.fault({ line }, { code: 'no-date' })
    if (broken || !date) continue
    const where = { date, place: { line } }
    for (const { at, read } of readers)
      if (cells[at]!.trim() !== '') read(gathering, where, cells[at]!)
    for (const { name, at } of unknown) if (cells[at]!.trim() !== '') gathering.unknown(name)
  }
}

function readerOf(column: ColumnMapping): ReadCell | undefined {
  if (!('field' in column)) {
    const names = Object.values(column.meanings).flatMap((values) => Object.keys(values))
    return names.every(isFieldName) ? wordsReader(column) : undefined
  }
  if (!isFieldName(column.field)) return undefined
  return fields[column.field].kind === 'tags'
    ? wordsReader({ column: column.column, meanings: {}, rest: column.field as TagField })
    : valueReader(column)
}

function valueReader({ field, unit, words = {} }: ValueColumn): ReadCell {
  const meanings = byLowerCase(words)
  const isText = fields[field].kind === 'text'
  return (gathering, where, cell) => {
    const meaning = isText ? undefined : meanings.get(cell.trim().toLowerCase())
    if (meaning === null) return
    const { values, remark } =
      meaning === undefined ? readValue(field, cell, unit) : { values: valueOf(field, meaning) }
    if (remark) gathering.remark(remark)
    if (values) gathering.add(where, values)
    else gathering.fault(where.place, { code: 'impossible-value', field })
  }
}

const valueOf = (field: string, value: FieldValue): DayValues => ({ [field]: value })

function wordsReader({ column, separator, meanings, rest }: WordsColumn): ReadCell {
  const known = byLowerCase(meanings)
  return (gathering, where, cell) => {
    for (const word of wordsOf(cell, separator)) {
      const meaning = known.get(word.toLowerCase())
      if (meaning) gathering.add(where, meaning)
      // The word itself is hers, and not named.
      else if (rest === 'unknown') gathering.unknown(column)
      else gathering.addWord(where, rest, word)
    }
  }
}
