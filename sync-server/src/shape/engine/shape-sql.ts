/**
 * Parts of statements about a table's rows. Postgres itself evaluates a where, on rows of the table's own
 * type under the table's name, and prints every value.
 */
import { replaceParameters } from './expression.ts'
import { quoteTable } from './identifier.ts'
import type { Question } from './question.ts'
import type { Relation } from './relation.ts'
import { escapeText, quoteName, quoteText } from './sql.ts'

const columnText = (relation: Relation, column: string): string =>
  `(${quoteName(relation.name)}.${quoteName(column)})::text`

/** How the keys of all rows begin: `"schema"."table"`, dots in names doubled. */
export const keyPrefix = ({ schema, name }: Relation): string =>
  [schema, name].map((part) => `"${part.replaceAll('.', '..')}"`).join('.')

/** `"schema"."table"/"value"/…` as Electric writes it; slashes in values doubled. */
export function keySql(relation: Relation): string {
  const parts = relation.key.map(
    (column) => `'/"' || replace(${columnText(relation, column)}, '/', '//') || '"'`,
  )
  return [quoteText(keyPrefix(relation)), ...parts].join(' || ')
}

/** The columns' texts as a JSON array. */
export const valuesSql = (relation: Relation, columns: readonly string[]): string =>
  `to_json(ARRAY[${columns.map((column) => columnText(relation, column)).join(', ')}])`

/** Types whose texts stand in JSON as they are. */
const plainTypes: ReadonlySet<string> = new Set([
  'uuid',
  'int2',
  'int4',
  'int8',
  'numeric',
  'float4',
  'float8',
  'bool',
  'oid',
  'date',
  'time',
  'timetz',
  'timestamp',
  'timestamptz',
])

function jsonText(relation: Relation, name: string): string {
  const column = relation.columns.find((each) => each.name === name)
  const text = columnText(relation, name)
  const isPlain = column?.dims === undefined && plainTypes.has(column?.type ?? '')
  const json = isPlain ? `'"' || ${text} || '"'` : `to_json(${text})::text`
  return column?.not_null ? json : `coalesce(${json}, 'null')`
}

/** The message of a row that is there from the beginning; `headers` is JSON. */
export function rowMessageSql(
  relation: Relation,
  columns: readonly string[],
  headers: string,
): string {
  const values = columns.map(
    (column, index) =>
      `${quoteText(`${index === 0 ? '' : ','}${JSON.stringify(column)}:`)}, ${jsonText(relation, column)}`,
  )
  const parts = [
    `'{"key":'`,
    `to_json(${keySql(relation)})::text`,
    `',"value":{'`,
    ...values,
    quoteText(`},"headers":${headers}}`),
  ]
  return concatSql(parts)
}

/** A function takes a hundred arguments at most. */
function concatSql(parts: readonly string[]): string {
  if (parts.length <= 100) return `concat(${parts.join(', ')})`
  const groups = Array.from({ length: Math.ceil(parts.length / 100) }, (_, index) =>
    concatSql(parts.slice(100 * index, 100 * (index + 1))),
  )
  return concatSql(groups)
}

/** The columns, each as its text. */
export const textsSql = (relation: Relation, columns: readonly string[]): string =>
  columns.map((column) => columnText(relation, column)).join(', ')

/** The table, under the name by which a where knows its columns. */
export const fromSql = (relation: Relation): string =>
  `${quoteTable(relation)} AS ${quoteName(relation.name)}`

/** The rows whose texts `text` is, as if they were of the table. */
export const parsedRowSql = (relation: Relation, text: string): string => `(
    SELECT (parsed.whole).* FROM (
      SELECT ${text}::${quoteTable(relation)} AS whole WHERE ${text} IS NOT NULL OFFSET 0
    ) parsed
  ) AS ${quoteName(relation.name)}`

/** A where with its parameters' values in their places, for a statement that takes none. */
export const wholeWhere = ({ where, params }: Pick<Question, 'where' | 'params'>): string =>
  replaceParameters(where, (n) => `(${escapeText(params[n - 1]!)}::${where.types[n - 1]!})`)

/** The order of a snapshot's rows. */
export const keyOrderSql = (relation: Relation): string =>
  relation.key.map((column) => `${quoteName(relation.name)}.${quoteName(column)}`).join(', ')

/** The parameters that follow the where's own. */
export const parametersAfter = (taken: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `$${taken + index + 1}`)
