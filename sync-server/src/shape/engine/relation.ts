/** A table as the catalog has it now: what it is called, its columns, its key. */
import type { Queryable } from '../../db/db.ts'
import { createBatch } from './batch.ts'
import { quoteTable, type TableName } from './identifier.ts'

/** One column, as the `electric-schema` header describes it. */
export interface RelationColumn {
  readonly name: string
  readonly type: string
  readonly dims?: number
  readonly pk_index?: number
  readonly not_null?: true
  readonly max_length?: number
  readonly length?: number
  readonly precision?: number
  readonly scale?: number
  readonly type_mod?: number
}

export interface Relation extends TableName {
  readonly oid: number
  readonly columns: readonly RelationColumn[]
  /** Names of the primary key's columns, in its order. */
  readonly key: readonly string[]
  /** Columns of which equal values, and only those, are the same text. */
  readonly told: readonly string[]
  /** Differs whenever rows of before and after could not be told apart or read alike. */
  readonly signature: string
}

/**
 * Names a table's form. The version of each column's description is part of it, as a type that was changed
 * there and back may have rewritten values without a change that anyone captured.
 */
export const signatureSql = (oid: string): string => `(
  SELECT md5(string_agg(concat_ws(':', a.attnum, a.attname, a.atttypid, a.atttypmod, a.xmin,
    array_position(p.indkey::int2[], a.attnum)), ',' ORDER BY a.attnum))
  FROM pg_attribute a
  LEFT JOIN pg_index p ON p.indrelid = a.attrelid AND p.indisprimary
  WHERE a.attrelid = ${oid} AND a.attnum > 0 AND NOT a.attisdropped)`

/** Types that print equal values alike, and only those. Text does where its collation compares bytes. */
const oneText = `'{uuid,int2,int4,int8,text,varchar,bool,bytea,date}'::name[]`

/** What may follow a type's name in brackets, for each type by its own key. */
const modifiers = `
  'max_length', CASE WHEN b.typname = 'varchar' AND a.atttypmod > 4 THEN a.atttypmod - 4 END,
  'length', CASE WHEN b.typname = 'bpchar' AND a.atttypmod > 4 THEN a.atttypmod - 4
    WHEN b.typname = 'bit' AND a.atttypmod >= 0 THEN a.atttypmod END,
  'precision', CASE WHEN b.typname = 'numeric' AND a.atttypmod > 4
      THEN ((a.atttypmod - 4) >> 16) & 65535
    WHEN b.typname IN ('time', 'timetz', 'timestamp', 'timestamptz') AND a.atttypmod >= 0
      THEN a.atttypmod
    WHEN b.typname = 'interval' AND a.atttypmod >= 0 AND a.atttypmod & 65535 <> 65535
      THEN a.atttypmod & 65535 END,
  'scale', CASE WHEN b.typname = 'numeric' AND a.atttypmod > 4 THEN (a.atttypmod - 4) & 2047 END,
  'type_mod', CASE WHEN a.atttypmod >= 0 AND b.typname NOT IN ('varchar', 'bpchar', 'bit', 'numeric',
    'time', 'timetz', 'timestamp', 'timestamptz', 'interval') THEN a.atttypmod END`

const sql = `
  SELECT c.oid, n.nspname AS schema, c.relname AS name, ${signatureSql('c.oid')} AS signature,
    facts.columns, facts.told
  FROM json_to_recordset($1::json) AS asked(schema text, name text)
  JOIN pg_namespace n ON n.nspname = asked.schema
  JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = asked.name,
  LATERAL (
    SELECT json_agg(json_strip_nulls(json_build_object(
      'name', a.attname,
      'type', b.typname,
      'dims', CASE WHEN e.oid IS NOT NULL THEN greatest(a.attndims, 1) END,
      'pk_index', array_position(p.indkey::int2[], a.attnum),
      'not_null', CASE WHEN a.attnotnull THEN true END,
      ${modifiers}
    )) ORDER BY a.attnum) AS columns,
    json_agg(a.attname) FILTER (WHERE t.typnamespace = 'pg_catalog'::regnamespace
      AND t.typname = ANY (${oneText}) AND coalesce(l.collisdeterministic, true)) AS told
    FROM pg_attribute a
    JOIN pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
    JOIN pg_type b ON b.oid = coalesce(e.oid, t.oid)
    LEFT JOIN pg_collation l ON l.oid = a.attcollation
    LEFT JOIN pg_index p ON p.indrelid = a.attrelid AND p.indisprimary
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  ) facts
  WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'shape')
    AND n.nspname NOT LIKE 'pg\\_toast%'`

const found = ({ told, ...rest }: Omit<Relation, 'key'> & { told: string[] | null }): Relation => ({
  ...rest,
  told: told ?? [],
  key: rest.columns
    .filter((column) => column.pk_index !== undefined)
    .toSorted((a, b) => a.pk_index! - b.pk_index!)
    .map(({ name }) => name),
})

export interface Relations {
  /** The table of the name as it is now, at some moment after the call. */
  find(name: TableName): Promise<Relation | undefined>
}

/** Tables of which the form is remembered, so that all who ask about one hold the same object. */
const mostKept = 1000

export function createRelations(db: Queryable): Relations {
  const kept = new Map<string, Relation>()

  function same(relation: Relation): Relation {
    const known = kept.get(keyOf(relation))
    if (known?.oid === relation.oid && known.signature === relation.signature) return known
    if (kept.size >= mostKept) kept.clear()
    kept.set(keyOf(relation), relation)
    return relation
  }

  const find = createBatch<Relation>(async (keys) => {
    const rows = await db.query<Omit<Relation, 'key'> & { told: string[] | null }>(
      sql,
      [`[${keys.join(',')}]`],
      { often: true },
    )
    return new Map(rows.map((row) => [keyOf(row), same(found(row))]))
  })
  return { find: (name) => find(keyOf(name)) }
}

const keyOf = ({ schema, name }: TableName): string => JSON.stringify({ schema, name })

/**
 * The form of the table, as part of a statement that reads rows by it: naming the table holds a lock
 * for the statement, so the form cannot change in between.
 */
export const lockedSignatureSql = (relation: Relation): string =>
  `(SELECT ${signatureSql(`${relation.oid}::oid`)}
    FROM (SELECT count(*) FROM (SELECT FROM ${quoteTable(relation)} LIMIT 0) none) held)`

/** Which of some tables still have the form by which they are known. */
export async function changedForms(
  db: Queryable,
  known: readonly Relation[],
): Promise<readonly Relation[]> {
  const rows = await db.query<{
    oid: number
    signature: string | null
    name: string
    schema: string
  }>(
    `SELECT c.oid, ${signatureSql('c.oid')} AS signature, c.relname AS name, n.nspname AS schema
     FROM json_array_elements_text($1::json) AS asked(id)
     JOIN pg_class c ON c.oid = asked.id::oid JOIN pg_namespace n ON n.oid = c.relnamespace`,
    [JSON.stringify(known.map(({ oid }) => oid))],
    { often: true },
  )
  return known.filter(
    ({ oid, signature, name, schema }) =>
      !rows.some(
        (row) =>
          row.oid === oid &&
          row.signature === signature &&
          row.name === name &&
          row.schema === schema,
      ),
  )
}

/** The `electric-schema` header for the columns of a shape. */
export function schemaHeader(relation: Relation, columns: readonly string[]): string {
  const described = relation.columns
    .filter(({ name }) => columns.includes(name))
    .map(({ name, ...column }) => [name, column])
  // A header holds bytes; names outside ASCII travel as JSON escapes.
  return JSON.stringify(Object.fromEntries(described)).replace(
    /[\u007f-\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
