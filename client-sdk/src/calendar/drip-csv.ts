/**
 * The CSV of the open cycle tracker drip, both ways. Reading never fails over one bad row or cell: it
 * imports what is sound and lists the rest by line. Writing gives every column in the order of the
 * table of fields, and reading that text gives the same days again.
 */
import { civilDate, type CivilDate } from './civil-date.ts'
import { findDelimiter, readRecords, writeRecords, type CsvRecord } from './csv-records.ts'
import { faultOf } from './day-check.ts'
import { fieldNames, fields, isFieldName, type DayValues, type FieldName } from './field.ts'

/** A day and what was logged on it. */
export interface DripDay {
  readonly date: CivilDate
  readonly values: DayValues
}

/** Something of the file that was not imported as it stands. */
export interface DripFault {
  /** Line of the file, from 1, where the row begins. */
  readonly line: number
  /** Names columns and limits, never what the file says there. */
  readonly reason: string
}

/** What came of reading a file. */
export type DripImport =
  | {
      readonly ok: true
      /** In the order of the file. */
      readonly days: readonly DripDay[]
      readonly faults: readonly DripFault[]
      readonly unknownColumns: readonly string[]
    }
  | { readonly ok: false; readonly code: 'import/unreadable' | 'import/too-large' }

/** Largest file that is read, in bytes of UTF-8: 10 MiB, some hundred years of full days. */
export const dripCsvMaxBytes = 10 * 1_048_576

const isTooLarge = (text: string): boolean =>
  text.length > dripCsvMaxBytes || new TextEncoder().encode(text).length > dripCsvMaxBytes

const reasons = {
  quotes: 'a quotation mark is missing or misplaced; the row was left out',
  width: 'the row has another number of cells than the header; it was left out',
  'gave-up': 'too many rows are broken; from here on nothing was read',
} as const satisfies Readonly<Record<NonNullable<CsvRecord['broken']>, string>>

/**
 * Reads a drip file: any column order, older files with fewer columns, byte order mark, any line
 * ending, `;` or tab for the comma and a comma for the decimal point (spreadsheets write both). A blank
 * cell is an absent field. A row that cannot be split, or whose date cannot be read, is left out; of a
 * row with a bad cell only that cell is left out. Of two rows for a date the later counts. Each of these
 * is a fault with its line. A file without the column `date` and one other known column is not drip's:
 * `import/unreadable`; one above {@link dripCsvMaxBytes} is `import/too-large`.
 */
export function parseDripCsv(text: string): DripImport {
  if (isTooLarge(text)) return { ok: false, code: 'import/too-large' }
  const delimiter = findDelimiter(text, 'date')
  if (delimiter === undefined) return { ok: false, code: 'import/unreadable' }
  const [first, ...rows] = readRecords(text, delimiter)
  const header = first && !first.broken ? readHeader(first) : undefined
  if (!header) return { ok: false, code: 'import/unreadable' }
  return { ok: true, unknownColumns: header.unknownColumns, ...readRows(rows, header) }
}

interface Header {
  readonly dateAt: number
  readonly columns: ReadonlyMap<FieldName, number>
  readonly unknownColumns: readonly string[]
  readonly faults: readonly DripFault[]
}

function readHeader({ line, cells }: CsvRecord): Header | undefined {
  const names = cells.map((cell) => cell.trim())
  const columns = new Map<FieldName, number>()
  const unknownColumns: string[] = []
  const faults: DripFault[] = []
  for (const [at, name] of names.entries()) {
    if (names.indexOf(name) < at && (name === 'date' || isFieldName(name)))
      faults.push({ line, reason: `${name}: the column occurs twice, the first was read` })
    else if (isFieldName(name)) columns.set(name, at)
    else if (name !== 'date' && name !== '') unknownColumns.push(name)
  }
  const dateAt = names.indexOf('date')
  return dateAt < 0 || columns.size === 0 ? undefined : { dateAt, columns, unknownColumns, faults }
}

function readRows(rows: readonly CsvRecord[], header: Header) {
  const days = new Map<CivilDate, DayValues>()
  const faults: DripFault[] = [...header.faults]
  for (const { line, cells, broken } of rows) {
    const date = broken ? undefined : civilDate(cells[header.dateAt]!.trim())
    if (!date) {
      const reason = broken
        ? reasons[broken]
        : 'date: a date YYYY-MM-DD is needed; the row was left out'
      faults.push({ line, reason })
      continue
    }
    // Deleting first lets the later row also have the later place.
    if (days.delete(date))
      faults.push({
        line,
        reason: 'the date has occurred before; this row replaces the earlier one',
      })
    const day = readDay(cells, header)
    days.set(date, day.values)
    faults.push(...day.reasons.map((reason) => ({ line, reason })))
  }
  return { days: [...days].map(([date, values]) => ({ date, values })), faults }
}

function readDay(cells: readonly string[], { columns }: Header) {
  const values: Record<string, unknown> = {}
  const wrong: string[] = []
  for (const [name, at] of columns) {
    const value = readCell(name, cells[at]!)
    if (value === undefined) continue
    const fault = faultOf(name, value)
    if (fault) wrong.push(`${fault}; the cell was left out`)
    else values[name] = value
  }
  return { values: values as DayValues, reasons: wrong }
}

/** The value of a cell, `undefined` when it is blank; what makes no sense stays text, for the check. */
function readCell(name: FieldName, cell: string): number | boolean | string | undefined {
  const { kind } = fields[name]
  if (kind === 'text') return cell === '' ? undefined : withoutGuard(cell)
  const word = cell.trim().toLowerCase()
  if (word === '') return undefined
  if (kind === 'flag') return word === 'true' ? true : word === 'false' ? false : word
  if (kind === 'time') return /^\d:/.test(word) ? `0${word}` : word
  return /^\d+([.,]\d+)?$/.test(word) ? Number(word.replace(',', '.')) : word
}

/**
 * Spreadsheets run cells that begin with one of these as formulas (CWE-1236). Such a text is written
 * behind an apostrophe, as is one with apostrophes before it; reading takes one away again. The one
 * text of another program that this changes is an apostrophe before a formula.
 */
const formula = /^'*\s*[=+\-@]/
const withGuard = (text: string): string => (formula.test(text) ? `'${text}` : text)
const withoutGuard = (cell: string): string =>
  cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell

function writeCell(values: DayValues, name: FieldName): string {
  const value = values[name]
  if (value === undefined) return ''
  return typeof value === 'string' ? withGuard(value) : String(value)
}

/**
 * Writes days, in the order given, as a drip file: every column, `\r\n` line ends, UTF-8 without byte
 * order mark. What `checkDayChange` finds no fault with is read back as it was; texts that a
 * spreadsheet would run as a formula are disarmed.
 */
export function writeDripCsv(days: readonly DripDay[]): string {
  const header = ['date', ...fieldNames]
  const rows = days.map(({ date, values }) => [
    date as string,
    ...fieldNames.map((name) => writeCell(values, name)),
  ])
  return writeRecords([header, ...rows])
}
