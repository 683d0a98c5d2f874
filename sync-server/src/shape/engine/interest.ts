/**
 * What a waiting reader is interested in. Most shapes are the rows whose owner is the reader, so a
 * change need not wake those who wait for another owner's rows; any other where is interested in
 * every change of its table.
 */
import type { ShapeRequest } from '@selene/shapes'
import type { Queryable } from '../../db/db.ts'
import type { Relation } from './relation.ts'
import { quoteName } from './sql.ts'

export interface Interest {
  readonly relation: Relation
  /** A column and the text of the one value that matters. */
  readonly only?: { readonly column: string; readonly value: string }
}

/** Types of which equal values, and only those, print the same. */
const oneText: ReadonlySet<string> = new Set([
  'uuid',
  'int2',
  'int4',
  'int8',
  'text',
  'varchar',
  'bool',
  'bytea',
  'date',
])

const equality = /^"((?:[^"]|"")+)" = \$1$/

/** The column of a where that is nothing but `"column" = $1`, if its values can be told by text. */
function ownerColumn(relation: Relation, { where, params }: ShapeRequest) {
  const name = equality.exec(where)?.[1]?.replaceAll('""', '"')
  const column = relation.columns.find((each) => each.name === name)
  const fits = params.length === 1 && column?.dims === undefined && oneText.has(column?.type ?? '')
  return fits ? column : undefined
}

export async function interestOf(
  db: Queryable,
  relation: Relation,
  request: ShapeRequest,
): Promise<Interest> {
  const column = ownerColumn(relation, request)
  if (!column) return { relation }
  const [printed] = await db.query<{ value: string }>(
    `SELECT ($1::text)::pg_catalog.${quoteName(column.type)}::text AS value`,
    request.params,
  )
  return { relation, only: { column: column.name, value: printed!.value } }
}

/** Distinct values of a column in changes of some transactions, as text; null where a row starts anew. */
export const changedValuesSql = (relation: Relation, column: string): string => {
  const table = `${quoteName(relation.schema)}.${quoteName(relation.name)}`
  return `
    WITH change AS MATERIALIZED (
      SELECT old_row, new_row FROM shape.changes WHERE relation = $3::oid AND xid IN (
        SELECT xid FROM shape.changes WHERE id > $1::bigint AND id <= $2::bigint)
    )
    SELECT DISTINCT (row.whole).${quoteName(column)}::text AS value FROM (
      SELECT old_row::${table} AS whole FROM change WHERE old_row IS NOT NULL
      UNION ALL SELECT new_row::${table} FROM change WHERE new_row IS NOT NULL
    ) row
    UNION ALL SELECT NULL FROM change WHERE old_row IS NULL AND new_row IS NULL`
}
