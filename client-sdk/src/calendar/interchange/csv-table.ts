/** Tables: CSV text with a header, whose delimiter is to be found. */
import { readRecords, type CsvRecord } from './csv-records.ts'

/** Wider texts are no tables. */
const maxColumns = 1000
/** Characters at the beginning of a text that tell its delimiter. */
const headLength = 65_536
const delimiters = [',', ';', '\t'] as const

export interface CsvTable {
  readonly header: CsvRecord
  /** The rows below the header; they can be gone through once. */
  readonly rows: Iterable<CsvRecord>
}

/** Opens a table; `undefined` when the first record of the text is no header. */
export function openTable(text: string, delimiter: string): CsvTable | undefined {
  const rows = readRecords(text, delimiter)
  const header = rows.next().value
  return header && !header.broken && header.cells.length <= maxColumns
    ? { header, rows }
    : undefined
}

/** Returns the delimiter with which the first line that is not blank has a cell `name`, or `undefined`. */
export function findDelimiter(text: string, name: string): string | undefined {
  const [head = ''] = text
    .slice(0, headLength)
    .trimStart()
    .split(/[\r\n]/, 1)
  return delimiters.find((delimiter) =>
    openTable(head, delimiter)?.header.cells.some((cell) => cell.trim() === name),
  )
}

/**
 * Returns the delimiter with which the rows at the beginning of a text most often have as many cells as
 * its first one, and more than one; `undefined` when none parts it into columns.
 */
export function guessDelimiter(text: string): string | undefined {
  const head = text.slice(0, headLength)
  const scores = delimiters.map((delimiter) => {
    const table = openTable(head, delimiter)
    if (!table || table.header.cells.length < 2) return 0
    return 1 + [...table.rows].filter(({ broken }) => !broken).length
  })
  const best = Math.max(...scores)
  return best > 0 ? delimiters[scores.indexOf(best)] : undefined
}
