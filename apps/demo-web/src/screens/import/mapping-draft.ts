/**
 * What she says of the columns of a table while she says it: begun with what can be guessed, and a
 * mapping once nothing is open. Numbers that could be counted from 0 or from 1 are asked about. Pure.
 */
import {
  fields,
  isFieldName,
  type DayValues,
  type FieldName,
  type FieldValue,
} from '@selene/client-sdk/calendar'
import type {
  ColumnMapping,
  CsvColumn,
  CsvMapping,
  CsvSniff,
  DateOrder,
  ValueColumn,
  WordsColumn,
} from '@selene/client-sdk/interchange'

/** The words that each column has, as the file writes them. */
export type TableWords = Readonly<Record<string, readonly string[]>>

/** Answers to a word: the text of a value, {@link nothing}, or empty for "as it stands". */
export interface ColumnDraft {
  /** A field, {@link manyWords}, or empty to leave the column out. */
  readonly use: FieldName | 'many-words' | ''
  readonly unit: NonNullable<ValueColumn['unit']> | ''
  readonly answers: Readonly<Record<string, string>>
  readonly rest: WordsColumn['rest']
}

export interface MappingDraft {
  readonly dateColumn: string
  readonly dateOrder: DateOrder | ''
  readonly columns: Readonly<Record<string, ColumnDraft>>
}

export const manyWords = 'many-words'
export const nothing = 'nothing'

const leftOut: ColumnDraft = { use: '', unit: '', answers: {}, rest: 'symptom.tags' }

const separators = /[,;|\r\n]/

/** The different words of cells that hold several. */
const partsOf = (cells: readonly string[]): string[] => [
  ...new Set(
    cells.flatMap((cell) => cell.split(separators).map((word) => word.trim())).filter(Boolean),
  ),
]

/** The words of a column that she may give a meaning. */
export const wordsToAnswer = (use: ColumnDraft['use'], cells: readonly string[]): string[] =>
  use === manyWords ? partsOf(cells) : [...cells]

/** Whether cells mean a value by their word: fields with numbered answers, and those that are on or off. */
export const hasAnswers = (use: ColumnDraft['use']): boolean =>
  use === manyWords || (isField(use) && ['integer', 'flag'].includes(fields[use].kind))

export const isField = (use: ColumnDraft['use']): use is FieldName => use !== '' && isFieldName(use)

/** Units that a field is measured in. */
export function unitsOf(use: ColumnDraft['use']): readonly NonNullable<ValueColumn['unit']>[] {
  if (use === 'temperature.value') return ['°C', '°F']
  return use === 'weight.value' ? ['kg', 'lb'] : []
}

/** Numbers without a known beginning: what each means has to be said. */
export function isCounted(
  { name, kind }: Pick<CsvColumn, 'name' | 'kind'>,
  use: ColumnDraft['use'],
): boolean {
  if (!isField(use) || name === use) return false
  const { kind: ofField } = fields[use]
  if (ofField === 'flag') return kind === 'number'
  return ofField === 'integer' && (kind === 'number' || kind === 'flag')
}

const answerOf = (value: FieldValue | null): string => (value === null ? nothing : String(value))

/** What a word means, as an answer. */
export const meaningAnswer = (values: DayValues): string => JSON.stringify(values)

const lowerCase = <T>(table: Readonly<Record<string, T>>): ReadonlyMap<string, T> =>
  new Map(Object.entries(table).map(([word, meaning]) => [word.toLowerCase(), meaning]))

function answersOf(guess: ColumnMapping, cells: readonly string[]): Record<string, string> {
  const answers =
    'field' in guess
      ? new Map([...lowerCase(guess.words ?? {})].map(([word, value]) => [word, answerOf(value)]))
      : new Map([...lowerCase(guess.meanings)].map(([word, is]) => [word, meaningAnswer(is)]))
  const words = 'field' in guess ? cells : partsOf(cells)
  return Object.fromEntries(words.map((word) => [word, answers.get(word.toLowerCase()) ?? '']))
}

function columnDraft(guess: ColumnMapping | undefined, cells: readonly string[]): ColumnDraft {
  if (!guess) return leftOut
  const answers = answersOf(guess, cells)
  return 'field' in guess
    ? { ...leftOut, use: guess.field, unit: guess.unit ?? '', answers }
    : { ...leftOut, use: manyWords, answers, rest: guess.rest }
}

/** A draft with all that can be guessed. */
export function draftOf({ columns, guess }: CsvSniff, words: TableWords): MappingDraft {
  return {
    dateColumn: guess.date?.column ?? '',
    dateOrder: guess.date?.order ?? '',
    columns: Object.fromEntries(
      columns.map(({ name }) => [
        name,
        columnDraft(
          guess.columns.find(({ column }) => column === name),
          words[name] ?? [],
        ),
      ]),
    ),
  }
}

/** Another column for the date; its order is said where only one fits. */
export function withDateColumn(draft: MappingDraft, column: CsvColumn): MappingDraft {
  const [order, another] = column.dateOrders
  return { ...draft, dateColumn: column.name, dateOrder: another ? '' : (order ?? '') }
}

/** Another use of a column; what its words meant for the one before is forgotten. */
export const withUse = (column: ColumnDraft, use: ColumnDraft['use']): ColumnDraft => ({
  ...column,
  use,
  unit: '',
  answers: {},
})

export interface MappingFaults {
  readonly date: boolean
  readonly order: boolean
  /** No column but the date is used. */
  readonly columns: boolean
  /** By name of the column. */
  readonly ofColumn: Readonly<Record<string, 'unit' | 'words'>>
}

/** Columns but the one of the date. */
export const otherColumns = (
  { columns }: Pick<CsvSniff, 'columns'>,
  { dateColumn }: MappingDraft,
): CsvColumn[] => columns.filter(({ name, kind }) => name !== dateColumn && kind !== 'nothing')

/** What is still open. */
export function faultsOf(sniff: CsvSniff, draft: MappingDraft, words: TableWords): MappingFaults {
  const others = otherColumns(sniff, draft)
  const faults = others.flatMap((column): [string, 'unit' | 'words'][] => {
    const { use, unit, answers } = draft.columns[column.name] ?? leftOut
    if (unitsOf(use).length > 0 && unit === '') return [[column.name, 'unit']]
    const isOpen = (words[column.name] ?? []).some((word) => !answers[word])
    return isCounted(column, use) && isOpen ? [[column.name, 'words']] : []
  })
  return {
    date: draft.dateColumn === '',
    order: draft.dateColumn !== '' && draft.dateOrder === '',
    columns: others.every(({ name }) => (draft.columns[name] ?? leftOut).use === ''),
    ofColumn: Object.fromEntries(faults),
  }
}

export const isSound = ({ date, order, columns, ofColumn }: MappingFaults): boolean =>
  !date && !order && !columns && Object.keys(ofColumn).length === 0

function valueOf(field: FieldName, answer: string): FieldValue | null {
  if (answer === nothing) return null
  return fields[field].kind === 'flag' ? answer === 'true' : Number(answer)
}

/** Answers that are given, each as `read` understands it. */
const given = <T>(
  answers: Readonly<Record<string, string>>,
  read: (answer: string) => T,
): Record<string, T> =>
  Object.fromEntries(
    Object.entries(answers)
      .filter(([, answer]) => answer !== '')
      .map(([word, answer]) => [word, read(answer)]),
  )

function columnMapping(column: string, draft: ColumnDraft): ColumnMapping[] {
  const { use, unit, answers, rest } = draft
  if (use === manyWords) {
    const read = (answer: string): DayValues =>
      answer === nothing ? {} : (JSON.parse(answer) as DayValues)
    return [{ column, meanings: given(answers, read), rest }]
  }
  if (!isField(use)) return []
  const words = given(answers, (answer) => valueOf(use, answer))
  return [
    {
      column,
      field: use,
      ...(unit && { unit }),
      ...(Object.keys(words).length > 0 && { words }),
    },
  ]
}

/** The mapping that a draft without faults makes. */
export const mappingOf = (sniff: CsvSniff, draft: MappingDraft): CsvMapping => ({
  date: { column: draft.dateColumn, ...(draft.dateOrder && { order: draft.dateOrder }) },
  columns: otherColumns(sniff, draft).flatMap(({ name }) =>
    columnMapping(name, draft.columns[name] ?? leftOut),
  ),
})
