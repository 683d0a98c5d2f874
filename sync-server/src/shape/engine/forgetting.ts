/**
 * Takes one owner's rows out of the engine: an account was erased, and no copy of its rows may stay.
 * Changes stay in the log as rows of nobody, since other owners' places count on them (ENGINE.md).
 */
import { shapeRequest, shapes, type ShapeName, type VaultId } from '@selene/shapes'
import type { Transaction } from '../../db/db.ts'
import { questionHash } from './definition.ts'
import { findRelation } from './relation.ts'

/** Part of the transaction that deletes the owner's rows, after it has deleted them. */
export async function forgetOwner(tx: Transaction, owner: VaultId): Promise<void> {
  for (const name of Object.keys(shapes) as ShapeName[]) {
    const request = shapeRequest(name, owner)
    for (const changesOnly of [false, true])
      await tx.query('DELETE FROM shape.definitions WHERE definition = $1', [
        questionHash({ request, changesOnly }),
      ])
    const relation = await findRelation(tx, request.table)
    if (!relation) continue
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
}
