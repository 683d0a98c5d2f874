/** A table as the catalog has it now: what it is called, its columns, its key. */
import type { Queryable } from '../../db/db.ts'

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
}

export interface Relation {
  readonly oid: number
  readonly schema: string
  readonly name: string
  readonly columns: readonly RelationColumn[]
  /** Names of the primary key's columns, in its order. */
  readonly key: readonly string[]
  /** Differs whenever rows of before and after could not be told apart or read alike. */
  readonly signature: string
}

const sql = `
  SELECT c.oid, n.nspname AS schema, c.relname AS name, facts.signature, facts.columns
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
  LATERAL (
    SELECT json_agg(json_strip_nulls(json_build_object(
      'name', a.attname,
      'type', coalesce(e.typname, t.typname),
      'dims', CASE WHEN e.oid IS NOT NULL THEN greatest(a.attndims, 1) END,
      'pk_index', array_position(p.indkey::int2[], a.attnum),
      'not_null', CASE WHEN a.attnotnull THEN true END,
      'max_length', CASE WHEN t.typname = 'varchar' AND a.atttypmod > 4 THEN a.atttypmod - 4 END,
      'length', CASE WHEN t.typname = 'bpchar' AND a.atttypmod > 4 THEN a.atttypmod - 4 END,
      'precision', CASE WHEN t.typname = 'numeric' AND a.atttypmod > 4
        THEN ((a.atttypmod - 4) >> 16) & 65535 END,
      'scale', CASE WHEN t.typname = 'numeric' AND a.atttypmod > 4 THEN (a.atttypmod - 4) & 2047 END
    )) ORDER BY a.attnum) AS columns,
      md5(string_agg(concat_ws(':', a.attnum, a.attname, a.atttypid, a.atttypmod,
        array_position(p.indkey::int2[], a.attnum)), ',' ORDER BY a.attnum)) AS signature
    FROM pg_attribute a
    JOIN pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
    LEFT JOIN pg_index p ON p.indrelid = a.attrelid AND p.indisprimary
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  ) facts
  WHERE c.oid = to_regclass($1) AND c.relkind IN ('r', 'p')`

/** Looks a table up by its possibly quoted, possibly qualified name. */
export async function findRelation(db: Queryable, table: string): Promise<Relation | undefined> {
  const [found] = await db.query<Omit<Relation, 'key'>>(sql, [table])
  if (!found) return undefined
  const key = found.columns
    .filter((column) => column.pk_index !== undefined)
    .toSorted((a, b) => a.pk_index! - b.pk_index!)
    .map(({ name }) => name)
  return { ...found, key }
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
