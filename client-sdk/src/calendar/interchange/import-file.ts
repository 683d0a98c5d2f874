/**
 * Any file that a diary can be imported from, read in the format that it turns out to have. No text and
 * no bytes make it throw, and the same file always gives the same answer.
 */
import { clueEntries, readClue } from './clue-json.ts'
import type { CsvMapping } from './csv-mapping.ts'
import { guessDelimiter } from './csv-table.ts'
import { isDiaryBackup, readDiaryBackup } from './diary-json.ts'
import { readDripText } from './drip-csv.ts'
import { isFlo, readFlo } from './flo-json.ts'
import { looksLikeJson, readJson } from './json-value.ts'
import { readMappedText } from './mapped-csv.ts'
import { failure, type ImportFormat, type ParsedDiary } from './parsed-diary.ts'
import { fromSource, type ImportSource } from './source-text.ts'

export interface ImportOptions {
  /** Reads the file in this format or not at all. */
  readonly format?: ImportFormat
  /** What the columns of a table are, for a table of another program than drip. */
  readonly mapping?: CsvMapping
}

/**
 * Reads a file: a drip table, the data of Clue or Flo, our own backup, or, with a mapping, any table. The
 * format is told from the content unless it is said. A table that is none of drip's fails with
 * `mapping-needed`: `sniffCsv` helps to make the mapping.
 */
export const parseImport = (source: ImportSource, options: ImportOptions = {}): ParsedDiary =>
  fromSource(source, (text) =>
    looksLikeJson(text) && !isTable(options.format)
      ? parseJsonText(text, options)
      : parseTable(text, options),
  )

const isTable = (format: ImportFormat | undefined): boolean =>
  format === 'drip-csv' || format === 'mapped-csv'

/** Readers of JSON, in the order in which they are asked: the surest sign comes first. */
const jsonReaders: readonly {
  readonly format: ImportFormat
  readonly read: (root: unknown) => ParsedDiary | undefined
}[] = [
  {
    format: 'diary-json',
    read: (root) => (isDiaryBackup(root) ? readDiaryBackup(root) : undefined),
  },
  { format: 'flo-json', read: (root) => (isFlo(root) ? readFlo(root) : undefined) },
  {
    format: 'clue-json',
    read: (root) => {
      const entries = clueEntries(root)
      return entries && readClue(entries)
    },
  },
]

function parseJsonText(text: string, { format }: ImportOptions): ParsedDiary {
  const json = readJson(text)
  if (!json.ok) return json
  for (const reader of jsonReaders) {
    const parsed = format && format !== reader.format ? undefined : reader.read(json.value)
    if (parsed) return parsed
  }
  return failure('unknown-format')
}

function parseTable(text: string, { format, mapping }: ImportOptions): ParsedDiary {
  if (format === 'drip-csv') return readDripText(text)
  if (format && format !== 'mapped-csv') return failure('unknown-format')
  if (mapping) return readMappedText(text, mapping)
  const drip = format ? failure('unknown-format') : readDripText(text)
  if (drip.ok) return drip
  return failure(guessDelimiter(text) === undefined ? 'unknown-format' : 'mapping-needed')
}
