/** Parts of every making of a shape: what the reading sees, and how the shape is recorded. */
import { randomUUID } from 'node:crypto'
import type { Transaction } from '../../db/db.ts'
import type { Definition } from './definition.ts'
import type { Question } from './question.ts'
import { lockedSignatureSql, type Relation } from './relation.ts'
import { fromSql, rowMessageSql } from './shape-sql.ts'

/** What the transaction sees, and the last number taken, read after that (E4). */
export interface Sight {
  readonly visible: string
  readonly freshAfter: bigint
}

/** Takes the transaction's look at a table; `undefined` when that has another form. */
export async function look(tx: Transaction, relation: Relation): Promise<Sight | undefined> {
  const [seen] = await tx.query<Sight & { signature: string | null }>(
    `SELECT ${lockedSignatureSql(relation)} AS signature, pg_current_snapshot()::text AS visible,
       CASE WHEN is_called THEN last_value ELSE 0 END AS "freshAfter" FROM shape.change_id`,
  )
  return seen?.signature === relation.signature ? seen : undefined
}

/** A new shape, of one chunk unless more is found. */
export const describe = (question: Question, base: bigint, sight: Sight): Definition => ({
  handle: randomUUID(),
  relation: question.relation.oid,
  signature: question.relation.signature,
  base,
  freshAfter: sight.freshAfter,
  visible: sight.visible,
  chunks: 1,
})

/** Records shapes; returns the handles of those whose question had none. */
export const recordAll = (
  tx: Transaction,
  made: readonly { question: Question; definition: Definition }[],
): Promise<{ handle: string }[]> =>
  tx.query<{ handle: string }>(
    `INSERT INTO shape.definitions
       (handle, definition, relation, signature, base, visible, fresh_after, chunks)
     SELECT handle, decode(hash, 'hex'), relation, signature, base, visible, fresh_after, chunks
     FROM json_to_recordset($1::json) AS made(handle uuid, hash text, relation oid, signature text,
       base bigint, visible pg_snapshot, fresh_after bigint, chunks integer)
     ON CONFLICT (definition) WHERE superseded_at IS NULL DO NOTHING RETURNING handle`,
    [
      JSON.stringify(
        made.map(({ question: { hash }, definition: { base, freshAfter, ...rest } }) => ({
          ...rest,
          hash,
          base: String(base),
          fresh_after: String(freshAfter),
        })),
      ),
    ],
  )

/** A row's message. */
export const messageSql = ({ relation, columns }: Question): string =>
  rowMessageSql(
    relation,
    columns,
    JSON.stringify({ operation: 'insert', relation: [relation.schema, relation.name] }),
  )

/** @param where The question's own, unless told. */
export const fromWhereSql = (
  { relation, where, changesOnly }: Question,
  sql: string = where.sql,
): string =>
  `FROM ${fromSql(relation)} WHERE ${changesOnly ? 'false AND ' : ''}(${sql}
    )`
