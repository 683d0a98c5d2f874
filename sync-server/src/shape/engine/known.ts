/**
 * Shapes that readers follow, kept with the question that each answers. A reader who comes back is then taken up
 * by one look at the database, shared with all who come at that moment.
 */
import type { Queryable } from '../../db/db.ts'
import { createBatch } from './batch.ts'
import type { Definition } from './definition.ts'
import type { ProtocolQuery } from './query.ts'
import type { Asked, Question } from './question.ts'
import { signatureSql } from './relation.ts'

export interface KnownShape {
  readonly question: Question
  readonly definition: Definition
}

export interface Known {
  /** What the handle stood for when it was last found, if the same was asked; it is to be confirmed. */
  find(handle: string, key: string): KnownShape | undefined
  keep(key: string, shape: KnownShape): void
  /** Whether, at some moment after the call, the shape is there and its table is what it was. */
  confirm(shape: KnownShape): Promise<boolean>
}

/** How many are kept; of others the database knows. */
const mostKept = 10_000

interface Standing {
  readonly handle: string
  readonly schema: string
  readonly name: string
}

const sql = `
  WITH found AS MATERIALIZED (
    SELECT handle, relation, signature FROM shape.definitions
    WHERE handle IN (SELECT value::uuid FROM json_array_elements_text($1::json))
  ), forms AS MATERIALIZED (
    SELECT c.oid, n.nspname AS schema, c.relname AS name, ${signatureSql('c.oid')} AS signature
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.oid IN (SELECT relation FROM found)
  )
  SELECT handle, schema, name FROM found
  JOIN forms ON forms.oid = found.relation AND forms.signature = found.signature`

/** Tells apart what may be asked; the same text is the same question while its table has its form. */
export const keyOf = (
  { table, columns, where, params, queryable }: Asked,
  { replica, changesOnly }: Pick<ProtocolQuery, 'replica' | 'changesOnly'>,
): string => JSON.stringify([table, columns, where, params, queryable, replica, changesOnly])

/** The first rows may be many. */
const withoutRows = (found: Definition): Definition => {
  const { handle, relation, signature, base, freshAfter, visible, chunks } = found
  return { handle, relation, signature, base, freshAfter, visible, chunks }
}

export function createKnown(db: Queryable): Known {
  const kept = new Map<string, KnownShape & { readonly key: string }>()
  const standing = createBatch<Standing>(async (handles) => {
    const rows = await db.query<Standing>(sql, [JSON.stringify(handles)], { often: true })
    return new Map(rows.map((row) => [row.handle, row]))
  })

  return {
    find(handle, key) {
      const shape = kept.get(handle)
      return shape?.key === key ? shape : undefined
    },
    keep(key, { question, definition: found }) {
      const definition = withoutRows(found)
      kept.delete(definition.handle)
      kept.set(definition.handle, { key, question, definition })
      const [oldest] = kept.keys()
      if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
    },
    async confirm({ question: { relation }, definition }) {
      const found = await standing(definition.handle)
      const isThere = found?.schema === relation.schema && found.name === relation.name
      if (!isThere) kept.delete(definition.handle)
      return isThere
    },
  }
}
