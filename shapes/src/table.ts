/**
 * Tables that leave the server by a shape, as data: the row type, the check of incoming rows and
 * the server's column list come from one definition. No column of theirs is ever null.
 */
import type { Column } from './column.ts'
import { Problem } from './problem.ts'

type Columns = Readonly<Record<string, Column<unknown>>>

export interface Table<C extends Columns = Columns> {
  readonly name: string
  readonly columns: C
  readonly key: readonly string[]
}

/** Row of a table, by its SQL column names. */
export type RowOf<T> =
  T extends Table<infer C>
    ? { readonly [K in keyof C]: C[K] extends Column<infer V> ? V : never }
    : never

export const table = <const C extends Columns>(
  name: string,
  columns: C,
  key: readonly Extract<keyof C, string>[],
): Table<C> => ({ name, columns, key })

export const columnNames = (t: Table): string[] => Object.keys(t.columns)

/**
 * Reads a row off the shape stream.
 * @throws {@link Problem} server/unintelligible when a column is missing or of another type.
 */
export function rowFromShape<C extends Columns>(
  t: Table<C>,
  values: Readonly<Record<string, unknown>>,
): RowOf<Table<C>> {
  const row = Object.entries(t.columns).map(([name, column]) => {
    const text = values[name]
    if (typeof text !== 'string')
      throw new Problem('server/unintelligible', { detail: `column ${name} is missing` })
    return [name, column.parse(text)]
  })
  return Object.fromEntries(row) as RowOf<Table<C>>
}
