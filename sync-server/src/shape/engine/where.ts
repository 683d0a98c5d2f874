/**
 * Checks a where before it is used. Postgres' own grammar reads it, so that it is one expression and
 * nothing else; Postgres itself then judges it as the predicate of an index on an empty copy of the
 * table, which must be one boolean of that row, with immutable functions only and no sub-select.
 */
import type { Db } from '../../db/db.ts'
import { quoteTable } from './identifier.ts'
import { faultOf, parseExpression, type Where } from './expression.ts'
import type { Relation } from './relation.ts'
import { quoteName } from './sql.ts'

export type Checked = { readonly ok: true; readonly where: Where } | { ok: false; fault: string }

export interface Wheres {
  /** Judges a where of the table; the judgement is kept while the table has its form. */
  check(relation: Relation, text: string): Promise<Checked>
}

/** How many judgements are kept. */
const mostKept = 1000

/** The where of all rows. */
export const everything: Where = {
  sql: 'true',
  equalities: [],
  isExact: true,
  parameters: 0,
  places: [],
}

/** The longest that Postgres may think about it. */
const judging = `SET LOCAL statement_timeout = '2s'`

export function createWheres(db: Db): Wheres {
  const kept = new Map<string, Promise<Checked>>()

  async function judge(relation: Relation, text: string): Promise<Checked> {
    const parsed = await parseExpression(text)
    if (!parsed.ok) return parsed
    const { nulled, where } = parsed
    const copy = `pg_temp.${quoteName(relation.name)}`
    const before = `CREATE INDEX ON ${copy} ((1)) WHERE `
    try {
      await db.transaction(async (tx) => {
        await tx.script(
          `${judging}; CREATE TEMP TABLE ${quoteName(relation.name)}
           (LIKE ${quoteTable(relation)}) ON COMMIT DROP`,
        )
        await tx.query(`${before}${nulled.text}`)
      })
    } catch (error) {
      return { ok: false, fault: faultOf(error, (at) => nulled.place(at - before.length)) }
    }
    return { ok: true, where }
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
