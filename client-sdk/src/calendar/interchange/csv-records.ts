/**
 * Comma-separated records (RFC 4180) with the line on which each begins. A quotation mark that is
 * missing or misplaced breaks its record alone: reading goes on with the next line. The work is in
 * proportion to the text, however broken it is: where a broken record has gone from line to line, no
 * other does so again.
 */

/**
 * A record, or with `broken` the place of one that could not be split into cells. What is left of a
 * broken record on the lines after its first is reported line by line: nothing is dropped unsaid.
 */
export interface CsvRecord {
  /** Line of the text, from 1, where the record begins. */
  readonly line: number
  readonly cells: readonly string[]
  readonly broken?: 'misplaced-quote' | 'cell-count'
}

/** A text and the signs that part it; a line ends with `\n`, or with `\r` where no `\n` occurs. */
interface Table {
  readonly text: string
  readonly delimiter: string
  readonly newline: '\n' | '\r'
}

const tableOf = (text: string, delimiter: string): Table => ({
  text,
  delimiter,
  newline: text.includes('\r') && !text.includes('\n') ? '\r' : '\n',
})

/** Where the line of a position ends; the line ending is not part of it. */
function lineEnd({ text, newline }: Table, at: number): number {
  const end = text.indexOf(newline, at)
  return end < 0 ? text.length : end
}

interface Cell {
  /** Absent when a quotation mark is missing or misplaced. */
  readonly value?: string
  /**
   * Position of the sign behind the cell: the delimiter, the line ending or the end of the text; of the
   * misplaced quotation mark when there is no value.
   */
  readonly end: number
}

function readPlainCell({ text, delimiter, newline }: Table, from: number): Cell {
  const [parting, ending] = [delimiter.charCodeAt(0), newline.charCodeAt(0)]
  let end = from
  for (; end < text.length; end += 1) {
    const code = text.charCodeAt(end)
    if (code === parting || code === ending) break
  }
  // Of a `\r\n`, the `\r` is not part of the cell.
  const isReturn = newline === '\n' && text[end] === newline && text[end - 1] === '\r'
  return { value: text.slice(from, isReturn && end > from ? end - 1 : end), end }
}

const isSpace = (sign: string | undefined): boolean =>
  sign === ' ' || sign === '\t' || sign === '\r'

/** Reads a quoted cell from behind its first mark; its last one is not behind `limit`. */
function readQuotedCell(table: Table, from: number, limit: number): Cell {
  const { text, delimiter, newline } = table
  const parts: string[] = []
  for (let at = from; ;) {
    const mark = text.indexOf('"', at)
    if (mark < 0) return { end: text.length }
    if (mark > limit) return { end: limit }
    parts.push(text.slice(at, mark))
    at = mark + 2
    if (text[mark + 1] === '"') continue
    // Blanks may stand behind the cell, and so may the `\r` of a `\r\n`.
    let end = mark + 1
    while (text[end] !== delimiter && text[end] !== newline && isSpace(text[end])) end += 1
    const isEnded = end === text.length || text[end] === delimiter || text[end] === newline
    return isEnded ? { value: parts.join('"'), end } : { end: mark }
  }
}

interface RecordCells {
  /** Absent when a quotation mark is missing or misplaced. */
  readonly cells?: readonly string[]
  /** Position up to which the record was read. */
  readonly end: number
}

function readCells(table: Table, from: number, limit: number): RecordCells {
  const cells: string[] = []
  for (let at = from; ;) {
    const isQuoted = table.text[at] === '"'
    const { value, end } = isQuoted
      ? readQuotedCell(table, at + 1, limit)
      : readPlainCell(table, at)
    if (value === undefined) return { end }
    cells.push(value)
    if (table.text[end] !== table.delimiter) return { cells, end }
    at = end + 1
  }
}

const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '')

const fitsWidth = (cells: readonly string[], width: number): boolean =>
  isBlank(cells) || (cells.length >= width && isBlank(cells.slice(width)))

/**
 * Yields the records of a text; blank ones are left out. The first, without blank cells at its
 * end, sets how many cells the others must have: missing cells make a record broken, and so do
 * additional ones unless they are blank.
 */
export function* readRecords(text: string, delimiter: string): Generator<CsvRecord, void> {
  const table = tableOf(text, delimiter)
  const place = { at: text.startsWith('\uFEFF') ? 1 : 0, line: 1 }
  /** How far broken records have been read. */
  let brokenTo = 0
  let width: number | undefined
  while (place.at < text.length) {
    // Empty lines are passed over at once: there may be millions.
    if (text[place.at] === table.newline) {
      goOn(table, place, place.at)
      continue
    }
    const firstEnd = place.at < brokenTo ? lineEnd(table, place.at) : text.length
    const limit = firstEnd < brokenTo ? firstEnd : text.length
    const { cells, end } = readCells(table, place.at, limit)
    const isSound = cells && (width === undefined || fitsWidth(cells, width))
    const { line } = place
    if (isSound && !isBlank(cells)) {
      width ??= cells.findLastIndex((cell) => cell.trim() !== '') + 1
      yield { line, cells }
    } else if (!isSound) {
      brokenTo = Math.max(brokenTo, end)
      yield { line, cells: [], broken: cells ? 'cell-count' : 'misplaced-quote' }
    }
    goOn(table, place, isSound ? end : lineEnd(table, place.at))
  }
}

/** Goes on behind the line ending at a position. */
function goOn(table: Table, place: { at: number; line: number }, end: number): void {
  const next = Math.min(end + 1, table.text.length)
  place.line += countLines(table, place.at, next)
  place.at = next
}

function countLines({ text, newline }: Table, from: number, to: number): number {
  let lines = 0
  for (let at = text.indexOf(newline, from); at >= 0 && at < to; at = text.indexOf(newline, at + 1))
    lines += 1
  return lines
}

const quoted = (cell: string): string =>
  /[",;\t\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell

/** Joins records into CSV text with commas and `\r\n` line ends, quoting what needs it. */
export const writeRecords = (records: readonly (readonly string[])[]): string =>
  records.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('')
