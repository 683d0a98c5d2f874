/** The local copy of a shape: its rows, and the place in its stream up to which they are what the server told. */
import { isChangeMessage, isControlMessage, type Message, type Offset } from '@electric-sql/client'
import {
  columnNames,
  rowFromShape,
  shapes,
  type RowOf,
  type ShapeName,
  type Table,
} from '@selene/shapes'
import type { Reader, SqlValue, StoreTx } from '../store/store.ts'

export type ShapeRow<N extends ShapeName> = RowOf<(typeof shapes)[N]['table']>
/** A row as it comes: what Postgres prints. */
export type ShapeTexts = Record<string, string>

/** Where a stream goes on. */
export interface ShapePlace {
  readonly handle: string
  readonly offset: Offset
}

/** The place that belongs to the stored rows; `undefined` before the first. */
export async function readPlace(store: Reader, name: ShapeName): Promise<ShapePlace | undefined> {
  const [place] = await store.query<ShapePlace>(
    'SELECT handle, "offset" FROM shape_state WHERE name = $1',
    [name],
  )
  return place
}

/** Belongs into the transaction that stores the rows before it. */
export async function storePlace(tx: StoreTx, name: ShapeName, place: ShapePlace): Promise<void> {
  await tx.query(
    `INSERT INTO shape_state VALUES ($1, $2, $3)
     ON CONFLICT (name) DO UPDATE SET handle = excluded.handle, "offset" = excluded."offset"`,
    [name, place.handle, place.offset],
  )
}

async function storeRow(tx: StoreTx, table: Table, values: Readonly<Record<string, unknown>>) {
  const columns = columnNames(table)
  const places = columns.map((_, i) => `$${i + 1}`)
  const set = columns.map((column) => `${column} = excluded.${column}`)
  await tx.query(
    `INSERT INTO shape_rows_${table.name} (${columns.join(', ')}) VALUES (${places.join(', ')})
     ON CONFLICT (${table.key.join(', ')}) DO UPDATE SET ${set.join(', ')}`,
    columns.map((column) => values[column] as SqlValue),
  )
}

/**
 * A row after a change that names its key and the columns that are others now.
 * @throws {@link Problem} server/unintelligible when a column is missing that no copy has.
 */
async function changedRow(tx: StoreTx, table: Table, values: ShapeTexts) {
  const places = table.key.map((column, i) => `r.${column}::text = $${i + 1}`)
  const texts = columnNames(table).map((column) => `r.${column}::text`)
  const [before] = await tx.query<ShapeTexts>(
    `SELECT ${texts.join(', ')} FROM shape_rows_${table.name} r WHERE ${places.join(' AND ')}`,
    table.key.map((column) => values[column] ?? null),
  )
  return rowFromShape(table, { ...before, ...values })
}

async function dropRow(tx: StoreTx, table: Table, values: ShapeTexts, condition: string) {
  const places = table.key.map((column, i) => `r.${column} = $${i + 1}`)
  await tx.query(
    `DELETE FROM shape_rows_${table.name} r WHERE ${places.join(' AND ')} AND ${condition}`,
    table.key.map((column) => values[column] ?? null),
  )
}

interface Copy<N extends ShapeName> {
  readonly name: N
  /**
   * SQL that says of a row `r` of the copy that vanishes whether it is taken out; what was made of it stays
   * in any case (W23). Absent: it is not.
   */
  readonly dropsVanished?: string
}

/**
 * Applies messages to the copy and to nothing else; gives the rows that came.
 * @throws {@link Problem} server/unintelligible for a row of another form.
 */
export async function storeMessages<N extends ShapeName>(
  tx: StoreTx,
  { name, dropsVanished }: Copy<N>,
  messages: readonly Message<ShapeTexts>[],
): Promise<ShapeRow<N>[]> {
  const table: Table = shapes[name].table
  const taken: ShapeRow<N>[] = []
  for (const message of messages)
    if (isChangeMessage(message)) {
      if (message.headers.operation === 'delete') {
        // A row that vanishes is never an instruction to forget (W23).
        if (dropsVanished) await dropRow(tx, table, message.value, dropsVanished)
        continue
      }
      const isChange = message.headers.operation === 'update'
      const row = isChange
        ? await changedRow(tx, table, message.value)
        : rowFromShape(table, message.value)
      await storeRow(tx, table, row)
      taken.push(row as ShapeRow<N>)
    } else if (isControlMessage(message) && message.headers.control === 'must-refetch') {
      await tx.script(`DELETE FROM shape_rows_${table.name}`)
      taken.length = 0
    }
  return taken
}
