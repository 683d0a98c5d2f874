/**
 * Comma-separated records (RFC 4180) with the line on which each begins. The grammar is Papa Parse's;
 * this module adds line numbers and goes on behind a broken record: a quote that is never closed would
 * else swallow every record after it.
 */
import Papa from 'papaparse'

/**
 * A record, or with `broken` the place of one that could not be split into cells. What is left of a
 * broken record on the lines after its first is reported line by line: nothing is dropped unsaid.
 */
export interface CsvRecord {
  /** Line of the text, from 1, where the record begins. */
  readonly line: number
  readonly cells: readonly string[]
  readonly broken?: 'quotes' | 'width' | 'gave-up'
}

/** Characters read again behind broken records before the rest is given up; some seconds at most. */
const rereadLimit = 64 * 1_048_576
const delimiters = [',', ';', '\t'] as const

const newlineOf = (text: string): '\n' | '\r' =>
  text.includes('\r') && !text.includes('\n') ? '\r' : '\n'

/** Returns the delimiter with which the first line that is not blank has a cell `name`, or `undefined`. */
export function findDelimiter(text: string, name: string): string | undefined {
  const [line = ''] = text.trimStart().split(/[\r\n]/, 1)
  return delimiters.find((delimiter) => {
    const [cells = []] = Papa.parse<string[]>(line, { delimiter }).data
    return cells.some((cell) => cell.trim() === name)
  })
}

/**
 * Splits a text into records; blank ones are left out. The first, without blank cells at its
 * end, sets how many cells the others must have: missing cells make a record broken, and so do
 * additional ones unless they are blank.
 */
export function readRecords(text: string, delimiter: string): CsvRecord[] {
  const newline = newlineOf(text)
  // With a last line ending, a closing quote at the end is like any other.
  const whole = text.endsWith(newline) ? text : text + newline
  const records: CsvRecord[] = []
  const place = { at: 0, line: 1, width: 0, reread: 0 }

  /** Takes the record up to `end`; false when reading has to go on at its second line. */
  const take = (cells: readonly string[], end: number, quotesBroken: boolean): boolean => {
    const span = whole.slice(place.at, end)
    const lines = span.split(newline).length - 1
    place.width ||= cells.findLastIndex((cell) => cell.trim() !== '') + 1
    const broken = quotesBroken ? 'quotes' : fitsWidth(cells, place.width) ? undefined : 'width'
    if (broken) records.push({ line: place.line, cells: [], broken })
    else if (!isBlank(cells)) records.push({ line: place.line, cells })
    const isWhole = !broken || lines === 1
    if (!isWhole) place.reread += span.length
    place.at = isWhole ? end : place.at + span.indexOf(newline) + 1
    place.line += isWhole ? lines : 1
    return isWhole
  }

  while (place.at < whole.length && place.reread <= rereadLimit) {
    // Papa Parse drops a byte order mark from its input without counting it.
    if (whole[place.at] === '\uFEFF') place.at += 1
    const base = place.at
    Papa.parse<string[]>(whole.slice(base), {
      delimiter,
      newline,
      fastMode: false,
      step({ data, errors, meta }, parser) {
        const end = base + meta.cursor
        if (end === place.at) return
        const cells = withoutReturn(data, whole.slice(place.at, end), delimiter)
        if (!take(cells, end, errors.length > 0)) parser.abort()
      },
    })
  }
  if (place.at < whole.length) records.push({ line: place.line, cells: [], broken: 'gave-up' })
  return records
}

/** Of a `\r\n` that ends a record, the `\r` is not part of an unquoted last cell. */
function withoutReturn(cells: readonly string[], span: string, delimiter: string) {
  const last = cells.at(-1)!
  const before = cells.length > 1 ? delimiter : ''
  const isUnquoted = last.endsWith('\r') && span.endsWith(`${before}${last}\n`)
  return isUnquoted ? [...cells.slice(0, -1), last.slice(0, -1)] : cells
}

const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '')

const fitsWidth = (cells: readonly string[], width: number): boolean =>
  isBlank(cells) || (cells.length >= width && isBlank(cells.slice(width)))

/** Joins records into CSV text with `\r\n` line ends, quoting what needs it. */
export const writeRecords = (records: readonly (readonly string[])[]): string =>
  `${Papa.unparse(records as string[][], { newline: '\r\n' })}\r\n`
