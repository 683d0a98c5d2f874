/**
 * The CSV of the open cycle tracker drip, both ways. Reading never fails over one bad row or cell: it
 * imports what is sound and lists the rest by line. Writing gives every column in the order of the
 * table of fields, and reading that text gives the same days again.
 */
import { civilDate, type CivilDate } from '../civil-date.ts'
import { faultOf } from '../day-check.ts'
import { dripFieldNames, fields, type DayValues, type FieldName } from '../field.ts'
import type { LoggedDay } from '../logged-day.ts'
import { writeRecords, type CsvRecord } from './csv-records.ts'
import { findDelimiter, openTable } from './csv-table.ts'
import { createFaultList, type FaultList } from './fault-list.ts'
import { withGuard, withoutGuard } from './formula-guard.ts'
import { createNameTally } from './name-tally.ts'
import { failure, type ParsedDiary } from './parsed-diary.ts'
import { fromSource, type ImportSource } from './source-text.ts'

const isDripField = (name: string): name is FieldName =>
  dripFieldNames.some((field) => field === name)

/**
 * Reads a drip file: any column order, older files with fewer columns, byte order mark, any line
 * ending, `;` or tab for the comma and a comma for the decimal point (spreadsheets write both). A blank
 * cell is an absent field. A row that cannot be split, or whose date cannot be read, is left out; of a
 * row with a bad cell only that cell is left out. Of two rows for a date the later counts. Each of these
 * is a fault with its line. Columns that drip does not have are unknown, with the number of their filled
 * cells. A file without the column `date` and one other known column is not drip's.
 */
export const parseDripCsv = (source: ImportSource): ParsedDiary => fromSource(source, readDripText)

/** Reads the text of a drip file, see {@link parseDripCsv}. */
export function readDripText(text: string): ParsedDiary {
  const delimiter = findDelimiter(text, 'date')
  if (delimiter === undefined) return failure('unknown-format')
  const table = openTable(text, delimiter)
  const faults = createFaultList()
  const header = table && readHeader(table.header, faults)
  if (!header) return failure('unknown-format')
  const { days, unknown } = readRows(table.rows, header, faults)
  return {
    ok: true,
    format: 'drip-csv',
    days: [...days].map(([date, values]) => ({ date, values })),
    episodes: [],
    faults: faults.list(),
    unknown: unknown.list(),
    remarks: [],
  }
}

interface Header {
  readonly dateAt: number
  readonly columns: ReadonlyMap<FieldName, number>
  readonly unknown: readonly { readonly name: string; readonly at: number }[]
}

function readHeader({ line, cells }: CsvRecord, faults: FaultList): Header | undefined {
  const names = cells.map((cell) => cell.trim())
  const columns = new Map<FieldName, number>()
  const unknown: { name: string; at: number }[] = []
  const seen = new Set<string>()
  for (const [at, name] of names.entries()) {
    if (seen.has(name) && (name === 'date' || isDripField(name)))
      faults.add({ line }, { code: 'repeated-column', column: name })
    else if (isDripField(name)) columns.set(name, at)
    else if (name !== 'date' && name !== '') unknown.push({ name, at })
    seen.add(name)
  }
  const dateAt = names.indexOf('date')
  return dateAt < 0 || columns.size === 0 ? undefined : { dateAt, columns, unknown }
}

function readRows(rows: Iterable<CsvRecord>, header: Header, faults: FaultList) {
  const days = new Map<CivilDate, DayValues>()
  const unknown = createNameTally()
  for (const { name } of header.unknown) unknown.add(name, 0)
  for (const { line, cells, broken } of rows) {
    const date = broken ? undefined : civilDate(cells[header.dateAt]!.trim())
    if (broken) faults.add({ line }, { code: broken })
    else if (!date) faults.add({ line }, { code: 'no-date' })
    if (broken || !date) continue
    // Deleting first lets the later row also have the later place.
    if (days.delete(date)) faults.add({ line }, { code: 'repeated-date' })
    days.set(date, readDay({ line, cells }, header, faults))
    for (const { name, at } of header.unknown) if (cells[at]!.trim() !== '') unknown.add(name)
  }
  return { days, unknown }
}

function readDay({ line, cells }: CsvRecord, { columns }: Header, faults: FaultList): DayValues {
  const values: Record<string, unknown> = {}
  for (const [name, at] of columns) {
    const value = readCell(name, cells[at]!)
    if (value === undefined) continue
    if (faultOf(name, value)) faults.add({ line }, { code: 'impossible-value', field: name })
    else values[name] = value
  }
  return values
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

function writeCell(values: DayValues, name: FieldName): string {
  const value = values[name]
  if (value === undefined) return ''
  return typeof value === 'string' ? withGuard(value) : String(value)
}

/**
 * Writes days, in the order given, as a drip file: every column that drip has, `\r\n` line ends, UTF-8
 * without byte order mark. Of these fields, what `checkDayChange` finds no fault with is read back as it
 * was; fields of ours that drip has no column for are not written. Texts that a spreadsheet would run as
 * a formula are disarmed.
 */
export function writeDripCsv(days: readonly LoggedDay[]): string {
  const header = ['date', ...dripFieldNames]
  const rows = days.map(({ date, values }) => [
    date as string,
    ...dripFieldNames.map((name) => writeCell(values, name)),
  ])
  return writeRecords([header, ...rows])
}
