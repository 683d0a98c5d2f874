/**
 * The two statements of a shape, written from its table, columns and where: one stores the first
 * rows, one reads changes. Postgres itself evaluates the where, on rows of the table's own type, and
 * prints every value. The where's parameters come first, `$1…`; the statement's own follow.
 */
import type { ShapeRequest } from '@selene/shapes'
import type { Relation } from './relation.ts'
import { quoteName, quoteText } from './sql.ts'

export interface ShapeSql {
  /** Parameters: where's, handle, bytes of a chunk. */
  readonly storeSnapshot: string
  /** Parameters: where's, and those of `ChangeBounds` in its order. */
  readonly readChanges: string
}

/** `"schema"."table"/"value"/…` as Electric writes it; dots in names and slashes in values doubled. */
function keySql(relation: Relation): string {
  const alias = quoteName(relation.name)
  const prefix = [relation.schema, relation.name]
    .map((name) => `"${name.replaceAll('.', '..')}"`)
    .join('.')
  const parts = relation.key.map(
    (column) => `'/"' || replace((${alias}.${quoteName(column)})::text, '/', '//') || '"'`,
  )
  return [quoteText(prefix), ...parts].join(' || ')
}

function valuesSql(relation: Relation, columns: readonly string[]): string {
  const alias = quoteName(relation.name)
  return `ARRAY[${columns.map((column) => `(${alias}.${quoteName(column)})::text`).join(', ')}]`
}

function snapshotSql(relation: Relation, request: ShapeRequest): string {
  const alias = quoteName(relation.name)
  const [handle, bytes] = parametersAfter(request, 2)
  const names = `ARRAY[${request.columns.map(quoteText).join(', ')}]`
  const headers = JSON.stringify({
    operation: 'insert',
    relation: [relation.schema, relation.name],
  })
  const order = relation.key.map((column) => `${alias}.${quoteName(column)}`).join(', ')
  return `
    INSERT INTO shape.snapshots (handle, chunk, body)
    SELECT ${handle}::uuid, chunk, string_agg(message, ',' ORDER BY place)
    FROM (
      SELECT message, place, dense_rank() OVER (ORDER BY bucket) - 1 AS chunk
      FROM (
        SELECT message, place,
          (sum(octet_length(message)) OVER (ORDER BY place) - octet_length(message))
            / ${bytes}::bigint AS bucket
        FROM (
          SELECT row_number() OVER (ORDER BY ${order}) AS place,
            json_build_object(
              'key', ${keySql(relation)},
              'value', json_object(${names}, ${valuesSql(relation, request.columns)}),
              'headers', ${quoteText(headers)}::json
            )::text AS message
          FROM ${quoteName(relation.schema)}.${alias} AS ${alias}
          WHERE (${request.where})
        ) rows
      ) sized
    ) placed
    GROUP BY chunk`
}

/** The row in one column of the log, if there is one and it belongs to the shape. */
const matchSql = (relation: Relation, request: ShapeRequest, column: string): string => `
  SELECT ${keySql(relation)} AS key, ${valuesSql(relation, request.columns)} AS values
  FROM (
    SELECT (parsed.whole).* FROM (
      SELECT shape_change.${column}::${quoteName(relation.schema)}.${quoteName(relation.name)} AS whole
      WHERE shape_change.${column} IS NOT NULL OFFSET 0
    ) parsed
  ) AS ${quoteName(relation.name)}
  WHERE (${request.where})`

function changesSql(relation: Relation, request: ShapeRequest): string {
  const [fromTx, fromOp, upTo, oid, freshAfter, visible, bytes] = parametersAfter(request, 7)
  return `
    WITH ended AS (
      SELECT c.xid, c.id AS tx FROM shape.changes c
      WHERE c.id >= ${fromTx}::bigint AND c.id <= ${upTo}::bigint AND NOT EXISTS (
        SELECT 1 FROM shape.changes later WHERE later.xid = c.xid AND later.id > c.id)
    ), numbered AS (
      SELECT ended.tx, 2 * (row_number() OVER (PARTITION BY c.xid ORDER BY c.id) - 1) AS op, c.*
      FROM ended JOIN shape.changes c ON c.xid = ended.xid
    ), candidate AS MATERIALIZED (
      SELECT * FROM numbered n
      WHERE n.relation = ${oid}::oid AND (n.tx, n.op) > (${fromTx}::bigint, ${fromOp}::bigint)
        AND (n.id > ${freshAfter}::bigint
          OR NOT pg_visible_in_snapshot(n.xid, ${visible}::pg_snapshot))
    ), matched AS (
      SELECT shape_change.tx, shape_change.op, shape_change.xid,
        before.key AS old_key, before.values AS old_values,
        after.key AS new_key, after.values AS new_values,
        shape_change.old_row IS NULL AND shape_change.new_row IS NULL AS starts_anew,
        coalesce(octet_length(shape_change.old_row), 0)
          + coalesce(octet_length(shape_change.new_row), 0) AS size
      FROM candidate shape_change
      LEFT JOIN LATERAL (${matchSql(relation, request, 'old_row')}) before ON true
      LEFT JOIN LATERAL (${matchSql(relation, request, 'new_row')}) after ON true
    ), relevant AS (
      SELECT *, lead(tx) OVER (ORDER BY tx, op) IS DISTINCT FROM tx AS last,
        sum(size) OVER (ORDER BY tx, op) - size AS before, count(*) OVER () AS total
      FROM matched
      WHERE starts_anew OR old_values IS DISTINCT FROM new_values
    )
    SELECT tx, op, xid, old_key AS "oldKey", to_json(old_values) AS "oldValues",
      new_key AS "newKey", to_json(new_values) AS "newValues", starts_anew AS "startsAnew",
      last, size, total
    FROM relevant WHERE before < ${bytes}::bigint ORDER BY tx, op`
}

function parametersAfter(request: ShapeRequest, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `$${request.params.length + index + 1}`)
}

export const shapeSql = (relation: Relation, request: ShapeRequest): ShapeSql => ({
  storeSnapshot: snapshotSql(relation, request),
  readChanges: changesSql(relation, request),
})
