/** The table `calendar_entries`, derived from the months' documents: one row a day, one column a field. */
import {
  fieldNames,
  sqlColumn,
  sqlType,
  type CivilDate,
  type DayValues,
  type FieldName,
  type LoggedDay,
} from '../calendar/index.ts'
import type { Content } from '../docs/documents.ts'
import { prepareTable, type DerivedTable } from '../store/derived-table.ts'
import { readerRole, type Reader, type StoreTx } from '../store/store.ts'
import { readMonth, type Day } from './month.ts'

const table: DerivedTable = {
  name: 'calendar-entries',
  version: 3,
  createSql: `
DROP TABLE IF EXISTS calendar_entries;
CREATE TABLE calendar_entries (
  date date PRIMARY KEY,
${fieldNames.map((field) => `  ${sqlColumn(field)} ${sqlType(field)},`).join('\n')}
  imported_note text
);
GRANT SELECT ON calendar_entries TO ${readerRole};`,
}

export const prepareEntries = (tx: StoreTx): Promise<boolean> => prepareTable(tx, table)

/** A day as a row of the table, by column. */
const rowOf = ({ date, values, importedNote }: Day): object => ({
  date,
  ...Object.fromEntries(
    Object.entries(values).map(([f, value]) => [sqlColumn(f as FieldName), value]),
  ),
  ...(importedNote !== undefined && { imported_note: importedNote }),
})

/** Writes rows in one statement: one by one, a full month takes ten times as long. */
const insertRows = (tx: StoreTx, days: readonly Day[]) =>
  tx.query(
    `INSERT INTO calendar_entries
     SELECT r.* FROM jsonb_populate_recordset(NULL::calendar_entries, $1::text::jsonb) AS r`,
    [JSON.stringify(days.map(rowOf))],
  )

/**
 * Makes the days of a month `YYYY-MM` those of its document, and returns them. Of a month whose days are
 * known, only those that are others now are written.
 */
export async function deriveEntries(
  tx: StoreTx,
  { month, doc, known }: { month: string; doc: Content; known: readonly Day[] | undefined },
): Promise<Day[]> {
  const days = readMonth(doc, month)
  const before = new Map(known?.map((day) => [day.date, JSON.stringify(day)]))
  const isOther = (day: Day): boolean => before.get(day.date) !== JSON.stringify(day)
  const changed = known ? days.filter(isOther) : days
  const gone = known?.filter(({ date }) => !days.some((day) => day.date === date)) ?? []
  if (known)
    await tx.query('DELETE FROM calendar_entries WHERE date = ANY ($1::date[])', [
      [...changed, ...gone].map(({ date }) => date),
    ])
  else
    await tx.query(
      `DELETE FROM calendar_entries
       WHERE date >= $1::date AND date < $1::date + interval '1 month'`,
      [`${month}-01`],
    )
  if (changed.length > 0) await insertRows(tx, changed)
  return days
}

export type EntryRow = { readonly date: CivilDate } & Readonly<Record<string, unknown>>

/** A row of the table as a day. */
export function entryToDay(row: EntryRow): Day {
  const present = fieldNames.flatMap((field) => {
    const value = row[sqlColumn(field)]
    return value === null || value === undefined ? [] : [[field, value]]
  })
  const imported = row['imported_note']
  return {
    date: row.date,
    values: Object.fromEntries(present) as DayValues,
    ...(typeof imported === 'string' && { importedNote: imported }),
  }
}

const fieldOfColumn = new Map(fieldNames.map((field) => [sqlColumn(field), field]))

/**
 * All days in order, without notes of imported files. As one JSON text, in which absent fields take no
 * room: row by row, ten years take twice as long.
 */
export async function loadEntries(reader: Reader): Promise<LoggedDay[]> {
  const [row] = await reader.query<{ days: string | null }>(
    `SELECT string_agg(json_strip_nulls(row_to_json(e))::text, ',' ORDER BY date) AS days
       FROM calendar_entries e`,
  )
  const rows = JSON.parse(`[${row?.days ?? ''}]`) as ({ date: CivilDate } & Record<
    string,
    unknown
  >)[]
  return rows.map(({ date, ...columns }) => ({
    date,
    values: Object.fromEntries(
      Object.entries(columns).flatMap(([column, value]) => {
        const field = fieldOfColumn.get(column)
        return field ? [[field, value]] : []
      }),
    ) as DayValues,
  }))
}
