/**
 * Checks a where before it is used. Postgres' own grammar reads it, so that it is one expression and
 * nothing else; Postgres itself then judges it as the predicate of an index on an empty copy of the
 * table, which must be one boolean of that row, with immutable functions only and no sub-select. There its
 * parameters are columns, of the types that Postgres gives them: a constant would let it drop whole parts
 * unjudged.
 */
import type { Db, Transaction } from '../../db/db.ts'
import { quoteTable } from './identifier.ts'
import { faultOf, parseExpression, replaceParameters, type Where } from './expression.ts'
import type { Relation } from './relation.ts'
import { fromSql } from './shape-sql.ts'
import { quoteName } from './sql.ts'

/** A where that may be used. */
export interface JudgedWhere extends Where {
  /** The types of its parameters, as parts of SQL that take no modifier. */
  readonly types: readonly string[]
}

export type Checked =
  | { readonly ok: true; readonly where: JudgedWhere }
  | { readonly ok: false; readonly fault: string }

export interface Wheres {
  /** Judges a where of the table; the judgement is kept while the table has its form. */
  check(relation: Relation, text: string): Promise<Checked>
}

/** How many judgements are kept. */
const mostKept = 1000

/** The where of all rows. */
export const everything: JudgedWhere = {
  sql: 'true',
  equalities: [],
  isExact: true,
  parameters: 0,
  places: [],
  types: [],
}

/** The longest that Postgres may think about it. */
const judging = `SET LOCAL statement_timeout = '2s'`

const preparing = (relation: Relation, name: string): string =>
  `PREPARE ${name} AS SELECT 1 FROM ${fromSql(relation)} WHERE `
const parameter = (n: number): string => quoteName(`shape parameter ${n}`)

/** The types of a where's parameters: by name alone, as some words for types mean a length of one. */
async function typesOf(tx: Transaction, prepare: string, name: string): Promise<string[]> {
  await tx.script(prepare)
  const rows = await tx.query<{ type: string }>(
    `SELECT quote_ident(nspname) || '.' || quote_ident(typname) AS type
     FROM pg_prepared_statements, unnest(parameter_types) WITH ORDINALITY AS asked(type, n)
     JOIN pg_type t ON t.oid = asked.type JOIN pg_namespace s ON s.oid = t.typnamespace
     WHERE name = $1 ORDER BY n`,
    [name],
  )
  await tx.script(`DEALLOCATE ${name}`)
  return rows.map(({ type }) => type)
}

export function createWheres(db: Db): Wheres {
  const kept = new Map<string, Promise<Checked>>()
  let prepared = 0

  async function judge(relation: Relation, text: string): Promise<Checked> {
    const parsed = await parseExpression(text)
    if (!parsed.ok) return parsed
    const { where } = parsed
    const name = quoteName(relation.name)
    const statement = `shape_where_${(prepared += 1)}`
    const before = preparing(relation, statement)
    try {
      const judged = await db.transaction(async (tx) => {
        await tx.script(judging)
        const types = await typesOf(tx, `${before}${where.sql}`, statement)
        const parameters = types.map((type, index) => `, ${parameter(index + 1)} ${type}`)
        await tx.script(
          `CREATE TEMP TABLE ${name} (LIKE ${quoteTable(relation)}${parameters.join('')})
           ON COMMIT DROP`,
        )
        await tx.query(
          `CREATE INDEX ON pg_temp.${name} ((1)) WHERE ${replaceParameters(where, parameter)}`,
        )
        return types
      })
      return { ok: true, where: { ...where, types: judged } }
    } catch (error) {
      return { ok: false, fault: faultOf(error, before.length) }
    }
  }

  return {
    async check(relation, text) {
      if (text.trim() === 'true') return { ok: true, where: everything }
      const key = JSON.stringify([relation.oid, relation.signature, text])
      let found = kept.get(key)
      if (!found) {
        found = judge(relation, text)
        kept.set(key, found)
        found.catch(() => kept.delete(key))
        const [oldest] = kept.keys()
        if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
      }
      return found
    },
  }
}
