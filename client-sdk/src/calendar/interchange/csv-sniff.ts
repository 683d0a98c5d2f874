/**
 * A first look at a table of another program, to help a person say what its columns are. What it tells
 * are the names of the columns, facts and guesses; of what the cells say it repeats nothing.
 */
import { fields } from '../field.ts'
import {
  columnOf,
  lookAt,
  maxWordLength,
  maxWords,
  unseen,
  type CsvColumn,
  type Sight,
} from './csv-column.ts'
import { guessColumn, isDateName } from './csv-guess.ts'
import type { ColumnMapping, DateColumn, ValueColumn } from './csv-mapping.ts'
import { guessDelimiter, openTable } from './csv-table.ts'
import { failure, type ImportFailure } from './parsed-diary.ts'
import { readSource, type ImportSource } from './source-text.ts'

/** What a person has to say before the table can be read. */
export interface CsvQuestion {
  /** Absent when it is which column is the date. */
  readonly column?: string
  /** `words` asks what the cells of the column mean: its numbers could be counted from 0 or from 1. */
  readonly about: 'date-column' | 'date-order' | 'unit' | 'words'
}

export interface CsvSniff {
  readonly ok: true
  /** Rows that can be split into cells, without the header. */
  readonly rows: number
  readonly columns: readonly CsvColumn[]
  readonly guess: { readonly date?: DateColumn; readonly columns: readonly ColumnMapping[] }
  readonly questions: readonly CsvQuestion[]
}

interface Sighted {
  readonly column: CsvColumn
  readonly sight: Sight
}

/**
 * Looks at a table: its columns, what they seem to hold and to mean, and what has to be asked. Fails with
 * `unknown-format` when the text has no header with two columns or more.
 */
export function sniffCsv(source: ImportSource): CsvSniff | ImportFailure {
  const found = readSource(source)
  if (!found.ok) return found
  const table = openGuessed(found.text)
  if (!table) return failure('unknown-format')
  const names = table.header.cells.map((cell) => cell.trim())
  const sights = names.map(unseen)
  let rows = 0
  for (const { cells, broken } of table.rows) {
    if (broken) continue
    rows += 1
    for (const [at, sight] of sights.entries()) lookAt(sight, (cells[at] ?? '').trim())
  }
  const sighted = names.flatMap((name, at): Sighted[] =>
    name === '' || names.indexOf(name) < at
      ? []
      : [{ column: columnOf(name, sights[at]!), sight: sights[at]! }],
  )
  return { ok: true, rows, columns: sighted.map(({ column }) => column), ...guessAll(sighted) }
}

function openGuessed(text: string): ReturnType<typeof openTable> {
  const delimiter = guessDelimiter(text)
  return delimiter === undefined ? undefined : openTable(text, delimiter)
}

function guessAll(sighted: readonly Sighted[]): Pick<CsvSniff, 'guess' | 'questions'> {
  const dates = sighted.filter(({ column }) => column.kind === 'date')
  const named = dates.filter(({ column }) => isDateName(column.name))
  const [date, another] = named.length > 0 ? named : dates
  const columns = sighted
    .filter((one) => one !== date && one.column.kind !== 'nothing')
    .flatMap((one) => guessOne(one) ?? [])
  if (!date || another)
    return { guess: { columns }, questions: [{ about: 'date-column' }, ...ask(columns, sighted)] }
  const { name: column, dateOrders: orders } = date.column
  const [order] = orders
  const isClear = orders.length === 1 && order !== undefined
  return {
    guess: { date: { column, ...(isClear && { order }) }, columns },
    questions: [
      ...(isClear ? [] : [{ column, about: 'date-order' as const }]),
      ...ask(columns, sighted),
    ],
  }
}

/** The guess for a column by its name, with a unit where the numbers leave no other. */
function guessOne({ column, sight }: Sighted): ColumnMapping | undefined {
  const guess = guessColumn(column.name)
  if (!guess || !('field' in guess) || guess.field !== 'temperature.value' || guess.unit)
    return guess
  const unit = sight.isFahrenheit ? '°F' : sight.isCelsius ? '°C' : undefined
  return unit ? { ...guess, unit } : guess
}

function ask(columns: readonly ColumnMapping[], sighted: readonly Sighted[]): CsvQuestion[] {
  const byName = new Map(sighted.map(({ column }) => [column.name, column]))
  return columns.flatMap((guess): CsvQuestion[] => {
    const about = 'field' in guess ? questionOf(guess, byName.get(guess.column)!) : undefined
    return about ? [{ column: guess.column, about }] : []
  })
}

function questionOf({ column, field, unit, words }: ValueColumn, { kind }: CsvColumn) {
  const isMeasured = field === 'temperature.value' || field === 'weight.value'
  if (isMeasured) return unit ? undefined : 'unit'
  // A column with the name of a field of ours was written with it.
  if (column === field) return undefined
  const isCounted = kind === 'number' || (kind === 'flag' && fields[field].kind !== 'flag')
  return isCounted && (words || fields[field].kind === 'flag') ? 'words' : undefined
}

/**
 * The different words of a column, for the person whose file it is to say what they mean: the first
 * forty of them, in the order of the file. Not for a log.
 */
export function csvColumnWords(source: ImportSource, column: string): string[] {
  const found = readSource(source)
  const table = found.ok ? openGuessed(found.text) : undefined
  const at = table?.header.cells.findIndex((cell) => cell.trim() === column) ?? -1
  const words = new Set<string>()
  for (const { cells } of at < 0 ? [] : table!.rows) {
    const word = (cells[at] ?? '').trim()
    if (word !== '' && word.length <= maxWordLength) words.add(word)
    if (words.size === maxWords) break
  }
  return [...words]
}
