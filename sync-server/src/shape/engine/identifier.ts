/** Names as SQL writes them: plain ones fold to lower case, quoted ones stand as they are. */
import { quoteName } from './sql.ts'

const name = '"(?:[^"\\0]|"")+"|[A-Za-z_\\u0080-\\uffff][\\w$\\u0080-\\uffff]*'
const tableName = new RegExp(`^\\s*(?:(${name})\\.)?(${name})\\s*$`, 'u')
const nextName = new RegExp(`\\s*(${name})\\s*(,|$)`, 'uy')

const fold = (text: string): string =>
  text.startsWith('"')
    ? text.slice(1, -1).replaceAll('""', '"')
    : text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())

export interface TableName {
  readonly schema: string
  readonly name: string
}

/** Reads `table` or `schema.table`; the schema is public unless told. `undefined` when it is neither. */
export function parseTableName(text: string): TableName | undefined {
  const [, schema, table] = tableName.exec(text) ?? []
  return table === undefined ? undefined : { schema: fold(schema ?? 'public'), name: fold(table) }
}

/** Reads a comma-separated list of names; `undefined` when it is none. */
export function parseNames(text: string): string[] | undefined {
  const names: string[] = []
  const pattern = new RegExp(nextName)
  for (;;) {
    const [, found, comma] = pattern.exec(text) ?? []
    if (found === undefined) return undefined
    names.push(fold(found))
    if (comma === '') return names
  }
}

/** The table as SQL names it, quoted in full. */
export const quoteTable = ({ schema, name }: TableName): string =>
  `${quoteName(schema)}.${quoteName(name)}`
