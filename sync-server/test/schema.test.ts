/**
 * The tables as they are after the last migration. `migrations/schema.sql` is this catalog printed,
 * the same by every implementation, and the wire's tables are among them as `shapes` says.
 * Refresh it with `npx vitest run --project sync-server sync-server/test/schema.test.ts -u`.
 */
import { fileURLToPath } from 'node:url'
import { shapes } from '@selene/shapes'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Db } from '../src/db/db.ts'
import { migrationsDirectory, onEachDatabase, type OpenedDatabase } from './databases.ts'

const snapshot = fileURLToPath(new URL('schema.sql', migrationsDirectory))

/** Ours: in a schema of the product, and not brought by an extension. */
const ours = (catalog: string, oid: string, namespace: string) => `
  ${namespace} IN ('public'::regnamespace, 'shape'::regnamespace) AND NOT EXISTS (
    SELECT 1 FROM pg_depend e
    WHERE e.classid = '${catalog}'::regclass AND e.objid = ${oid} AND e.deptype = 'e')`

const tablesSql = `
  SELECT format(E'CREATE %sTABLE %s (\\n%s\\n);', CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED ' ELSE '' END,
    c.oid::regclass, string_agg('  ' || part.line, E',\\n' ORDER BY part.kind, part.place, part.line)) AS sql
  FROM pg_class c, LATERAL (
    SELECT 1 AS kind, a.attnum::int AS place, concat_ws(' ', quote_ident(a.attname),
      format_type(a.atttypid, a.atttypmod),
      'DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), CASE WHEN a.attnotnull THEN 'NOT NULL' END) AS line
    FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    UNION ALL
    SELECT 2, strpos('pufc', k.contype::text), format('CONSTRAINT %I %s', k.conname, pg_get_constraintdef(k.oid))
    FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype IN ('p', 'u', 'f', 'c')
  ) part
  WHERE c.relkind IN ('r', 'p') AND ${ours('pg_class', 'c.oid', 'c.relnamespace')}
  GROUP BY c.oid, c.relpersistence ORDER BY c.oid::regclass::text`

const indexesSql = `
  SELECT pg_get_indexdef(i.indexrelid) || ';' AS sql
  FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
  WHERE ${ours('pg_class', 'c.oid', 'c.relnamespace')}
    AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)
    AND c.relkind IN ('r', 'p')
  ORDER BY 1`

const sequencesSql = `
  SELECT format('CREATE SEQUENCE %s AS %s START %s INCREMENT %s CACHE %s;', c.oid::regclass,
    format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqcache) AS sql
  FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid
  WHERE ${ours('pg_class', 'c.oid', 'c.relnamespace')} ORDER BY 1`

const functionsSql = `
  SELECT format(E'CREATE FUNCTION %s RETURNS %s LANGUAGE %s%s%s AS $$%s$$;', p.oid::regprocedure,
    format_type(p.prorettype, NULL), l.lanname, CASE WHEN p.prosecdef THEN ' SECURITY DEFINER' ELSE '' END,
    (SELECT string_agg(E'\\n  SET ' || setting, '') FROM unnest(p.proconfig) AS setting), p.prosrc) AS sql
  FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
  WHERE ${ours('pg_proc', 'p.oid', 'p.pronamespace')} ORDER BY 1`

const identitiesSql = `
  SELECT format('ALTER TABLE %s REPLICA IDENTITY FULL;', c.oid::regclass) AS sql FROM pg_class c
  WHERE c.relreplident = 'f' AND ${ours('pg_class', 'c.oid', 'c.relnamespace')} ORDER BY 1`

const publicationsSql = `
  SELECT format('CREATE PUBLICATION %I FOR TABLE %s WITH (publish = %L);', p.pubname,
    (SELECT string_agg(format('%I', t.tablename), ', ' ORDER BY t.tablename)
      FROM pg_publication_tables t WHERE t.pubname = p.pubname),
    concat_ws(', ', CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END,
      CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END)) AS sql
  FROM pg_publication p ORDER BY 1`

const catalog = [
  tablesSql,
  indexesSql,
  sequencesSql,
  functionsSql,
  identitiesSql,
  publicationsSql,
] as const

async function printCatalog(db: Db): Promise<string> {
  const parts: string[] = ['-- The catalog after the last migration; made and checked by a test.']
  for (const sql of catalog)
    for (const row of await db.query<{ sql: string }>(sql)) parts.push(row.sql)
  return `${parts.join('\n\n')}\n`
}

onEachDatabase('schema', (database) => {
  let opened: OpenedDatabase
  beforeAll(async () => {
    opened = await database.open()
  })
  afterAll(() => opened.drop())

  test('is what migrations/schema.sql says', async () => {
    await expect(await printCatalog(opened.db)).toMatchFileSnapshot(snapshot)
  })

  test('Electric is told of the tables that have a shape, whole, and of no other', async () => {
    const published = await opened.db.query(
      `SELECT t.schemaname AS schema, t.tablename AS name, c.relreplident AS identity, p.pubviaroot AS root
        FROM pg_publication_tables t JOIN pg_publication p USING (pubname)
        JOIN pg_class c ON c.oid = format('%I.%I', t.schemaname, t.tablename)::regclass
        WHERE pubname = 'electric_publication_default'`,
    )
    const wanted = Object.values(shapes).map(({ table: { name } }) => ({
      schema: 'public',
      name,
      identity: 'f',
      root: false,
    }))
    expect(published).toHaveLength(wanted.length)
    expect(published).toEqual(expect.arrayContaining(wanted))
  })

  describe.each(Object.entries(shapes))('of shape %s', (_, { table, owner }) => {
    const columnsSql = `
      SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS required
      FROM pg_attribute a WHERE a.attrelid = to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped`
    const keySql = `
      SELECT a.attname AS name FROM pg_index i
      CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k(attnum, place)
      JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
      WHERE i.indrelid = to_regclass($1) AND i.indisprimary ORDER BY k.place`

    test('has each column, of the type the wire says, never null', async () => {
      const columns = await opened.db.query(columnsSql, [`public.${table.name}`])
      const wanted = Object.entries(table.columns).map(([name, { sqlType }]) => ({
        name,
        type: sqlType,
        required: true,
      }))
      expect(columns).toEqual(expect.arrayContaining(wanted))
    })
    test('has the key the wire says, and the owner among its columns', async () => {
      const key = await opened.db.query<{ name: string }>(keySql, [`public.${table.name}`])
      expect(key.map(({ name }) => name)).toEqual(table.key)
      expect(Object.keys(table.columns)).toContain(owner)
    })
  })
})
