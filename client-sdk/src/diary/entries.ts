/** The table `calendar_entries`, derived from the months' documents: one row a day, one column a field. */
import {
  fieldNames,
  sqlColumn,
  sqlType,
  type CivilDate,
  type DayValues,
} from '../calendar/index.ts'
import type { Derive } from '../docs/documents.ts'
import { readMeta, writeMeta } from '../store/meta.ts'
import { readerRole, type SqlValue, type StoreTx } from '../store/store.ts'
import { monthOfName, readMonth, type Day } from './month.ts'

const columns = ['date', ...fieldNames.map(sqlColumn), 'imported_note']

/** Changes whenever the table or what is written to it changes; stores with another one are derived anew. */
const deriverVersion = 2
const versionKey = 'calendar-entries-version'

const createTable = `
DROP TABLE IF EXISTS calendar_entries;
CREATE TABLE calendar_entries (
  date date PRIMARY KEY,
${fieldNames.map((field) => `  ${sqlColumn(field)} ${sqlType(field)},`).join('\n')}
  imported_note text
);
GRANT SELECT ON calendar_entries TO ${readerRole};`

const insert = `INSERT INTO calendar_entries (${columns.join(', ')})
  VALUES (${columns.map((_, i) => `$${i + 1}`).join(', ')})`

/** Creates the table anew when another version of the app wrote it, and says whether it did. */
export async function prepareEntries(tx: StoreTx): Promise<boolean> {
  if ((await readMeta<number>(tx, versionKey)) === deriverVersion) return false
  await tx.script(createTable)
  await writeMeta(tx, versionKey, deriverVersion)
  return true
}

/** Replaces the days of a month's document. */
export const deriveEntries: Derive = async (tx, name, doc) => {
  const month = monthOfName(name)
  if (month === undefined) return
  await tx.query(
    `DELETE FROM calendar_entries
     WHERE date >= $1::date AND date < $1::date + interval '1 month'`,
    [`${month}-01`],
  )
  for (const { date, values, importedNote } of readMonth(doc, month)) {
    const row: SqlValue[] = fieldNames.map((field) => values[field] ?? null)
    await tx.query(insert, [date, ...row, importedNote ?? null])
  }
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
