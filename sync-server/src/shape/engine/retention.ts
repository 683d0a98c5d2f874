/** Forgets old changes, and shapes that nobody can follow any more. */
import type { Db, Transaction } from '../../db/db.ts'

export interface Retention {
  readonly maxAgeMs: number
  readonly maxChanges: number
  /** Of rows, as they are stored. */
  readonly maxBytes?: number
}

const dropOrphans = `
  DELETE FROM shape.snapshots s USING shape.definitions d
  WHERE d.handle = s.handle AND d.superseded_at IS NOT NULL`

/** The place before which less than so many bytes of rows follow. */
const tooMuch = `
  SELECT max(id) FROM (
    SELECT id, sum(coalesce(pg_column_size(old_row), 0) + coalesce(pg_column_size(new_row), 0))
      OVER (ORDER BY id DESC) AS bytes FROM shape.changes) sized
  WHERE bytes > $3::bigint AND pg_total_relation_size('shape.changes') > $3::bigint`

/** The newest change that is too old or one too many. */
async function lastToForget(tx: Transaction, { maxAgeMs, maxChanges, maxBytes }: Retention) {
  const [found] = await tx.query<{ id: bigint | null }>(
    `SELECT greatest(
       (SELECT max(last_id) FROM shape.transactions
        WHERE began_at < now() - $1::bigint * interval '1 millisecond'),
       (SELECT id FROM shape.changes ORDER BY id DESC OFFSET $2::bigint LIMIT 1),
       (${tooMuch})) AS id`,
    [maxAgeMs, maxChanges, maxBytes ?? Number.MAX_SAFE_INTEGER],
  )
  return found!.id
}

/**
 * Forgets what exceeds the bounds, up to where the log is complete. A reader who has not come so far
 * starts anew; one who has goes on under the same handle, for as long again as changes are kept.
 */
export async function forgetChanges(db: Db, bounds: Retention, settled: bigint): Promise<void> {
  await db.transaction(async (tx) => {
    const last = await lastToForget(tx, bounds)
    if (last === null) return
    const upTo = last < settled ? last : settled
    const forgotten = upTo + 1n
    await tx.query('UPDATE shape.horizon SET forgotten = greatest(forgotten, $1::bigint)', [
      forgotten,
    ])
    await tx.query(
      `DELETE FROM shape.changes c WHERE c.id <= $1::bigint AND NOT EXISTS (
         SELECT 1 FROM shape.transactions t WHERE t.xid = c.xid AND t.last_id > $1::bigint)`,
      [upTo],
    )
    await tx.query('DELETE FROM shape.transactions WHERE last_id <= $1::bigint', [upTo])
    await tx.query(
      `UPDATE shape.definitions SET superseded_at = now()
       WHERE base < $1::bigint AND superseded_at IS NULL`,
      [forgotten],
    )
    await tx.query(
      `DELETE FROM shape.definitions
       WHERE superseded_at < now() - $1::bigint * interval '1 millisecond'`,
      [bounds.maxAgeMs],
    )
    await tx.script(dropOrphans)
  })
}

/**
 * Forgets everything when the log was written by another Postgres, as after a dump and restore: its
 * transaction ids, which lie in the future here, would be taken for this one's.
 */
export async function forgetForeignLog(db: Db): Promise<void> {
  await db.script(`
    WITH foreign_log AS (
      SELECT 1 FROM shape.transactions WHERE xid >= pg_snapshot_xmax(pg_current_snapshot()) LIMIT 1
    ), emptied AS (
      DELETE FROM shape.changes WHERE EXISTS (SELECT 1 FROM foreign_log)
    ), ended AS (
      DELETE FROM shape.transactions WHERE EXISTS (SELECT 1 FROM foreign_log)
    ), dropped AS (
      DELETE FROM shape.definitions WHERE EXISTS (SELECT 1 FROM foreign_log)
    )
    SELECT 1`)
}
