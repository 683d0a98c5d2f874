/** Which captured rows belong to a shape: Postgres evaluates the where on them, as the reader's role. */
import type { Db } from '../../db/db.ts'
import type { Captured, Change, RowText, Values } from './change.ts'
import type { Question } from './question.ts'
import { lockedSignatureSql } from './relation.ts'
import type { ReaderRole } from './role.ts'
import { keySql, parametersAfter, parsedRowSql, valuesSql } from './shape-sql.ts'

interface JudgedRow {
  readonly n: bigint
  readonly key: string | null
  readonly values: Values | null
}

export interface Judged {
  readonly changes: readonly Change[]
  /** The table's form when the rows were judged. */
  readonly signature: string | null
}

/** The longest that an expression may be evaluated. */
export const expressionMs = 2000

/** The where stands where it can see the table's row and nothing else: a column may have any name. */
function judgeSql({ relation, where }: Question): string {
  const [rows] = parametersAfter(where.parameters, 1)
  const names = relation.columns.map(({ name }) => name)
  return `
    SELECT 0 AS n, ${lockedSignatureSql(relation)} AS key, NULL::json AS values
    UNION ALL
    SELECT asked.n, judged.key, judged.values
    FROM json_array_elements_text(${rows}::json) WITH ORDINALITY AS asked(row_text, n), LATERAL (
      SELECT ${keySql(relation)} AS key, ${valuesSql(relation, names)} AS values
      FROM ${parsedRowSql(relation, 'asked.row_text')}
      WHERE (${where.sql}
      )
    ) judged`
}

/** Judges the rows before and after each change; rows that do not belong are left out. */
export async function judge(
  { db, role }: { readonly db: Db; readonly role: ReaderRole },
  question: Question,
  captured: readonly Captured[],
): Promise<Judged> {
  const texts = captured.flatMap(({ oldRow, newRow }) => [oldRow, newRow])
  const rows = await db.transaction(
    async (tx) => {
      await role.enter(tx, expressionMs)
      return tx.query<JudgedRow>(judgeSql(question), [...question.params, JSON.stringify(texts)])
    },
    { readOnly: true },
  )
  const byNumber = new Map(rows.map((row) => [Number(row.n), row]))
  const rowAt = (n: number): RowText | undefined => {
    const row = byNumber.get(n)
    return row?.key != null && row.values ? { key: row.key, values: row.values } : undefined
  }
  return {
    signature: byNumber.get(0)?.key ?? null,
    changes: captured.map((change, index) => ({
      ...change,
      before: rowAt(2 * index + 1),
      after: rowAt(2 * index + 2),
    })),
  }
}
