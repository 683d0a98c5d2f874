/**
 * Takes one owner's rows out of the engine: they were erased, and no copy of them may stay. Changes stay in the log
 * as rows of nobody, since other readers' places count on them (ENGINE.md).
 */
import type { Transaction } from '../../db/db.ts'
import { resolve, type Asked, type ResolveDeps } from './question.ts'
import type { Relation } from './relation.ts'

/** Belongs into the transaction that deletes the owner's rows, after it has deleted them. */
export type Forget = (tx: Transaction) => Promise<void>

/** Every way in which a shape may be asked for. */
const modes = (['default', 'full'] as const).flatMap((replica) =>
  [false, true].map((changesOnly) => ({ replica, changesOnly })),
)

async function emptyChanges(tx: Transaction, relation: Relation, owner: string): Promise<void> {
  // A table of a shape has its owner's column first, so its rows' text begins with it.
  const own = `(${owner},%`
  const nobody = `(${','.repeat(relation.columns.length - 1)})`
  await tx.query(
    `UPDATE shape.changes SET
       old_row = CASE WHEN old_row LIKE $2 THEN $3 ELSE old_row END,
       new_row = CASE WHEN new_row LIKE $2 THEN $3 ELSE new_row END
     WHERE relation = $1::oid AND (old_row LIKE $2 OR new_row LIKE $2)`,
    [relation.oid, own, nobody],
  )
}

/**
 * Looks up, outside any transaction, what is to be forgotten.
 * @param asked The owner's shapes.
 * @param owner Text of the first column of their tables.
 */
export async function prepareForgetting(
  deps: ResolveDeps,
  asked: readonly Asked[],
  owner: string,
): Promise<Forget> {
  const found = await Promise.all(
    asked.flatMap((one) => modes.map((mode) => resolve(deps, one, mode))),
  )
  const questions = found.flatMap((one) => (one.ok ? [one.question] : []))
  const relations = new Map(questions.map(({ relation }) => [relation.oid, relation]))
  return async (tx) => {
    for (const { hash } of questions)
      await tx.query(`DELETE FROM shape.definitions WHERE definition = decode($1, 'hex')`, [hash])
    for (const relation of relations.values()) await emptyChanges(tx, relation, owner)
  }
}
