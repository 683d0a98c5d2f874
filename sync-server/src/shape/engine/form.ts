/** Makes the schema `shape` in a database that has none, or brings it to the newest form. */
import type { Db } from '../../db/db.ts'

/** The migrations that concern the schema: after the nth it has the nth form. */
const formMigrations = ['0003_shape_engine.sql', '0011_shape_transactions.sql'] as const

/** Any constant will do, as long as nothing else in the database locks it. */
const lock = 'SELECT pg_advisory_xact_lock(7102, 557)'

/** A schema without a comment is of the first form. */
const currentForm = `
  SELECT CASE WHEN to_regnamespace('shape') IS NULL THEN 0 ELSE coalesce(
    substring(obj_description(to_regnamespace('shape'), 'pg_namespace') FROM 'form (\\d+)')::integer, 1
  ) END AS form`

/**
 * Several processes may do so at once.
 * @throws Error when the schema is newer than this program.
 */
export async function bringForward(db: Db, read: (file: string) => Promise<string>): Promise<void> {
  const scripts = await Promise.all(formMigrations.map(read))
  await db.transaction(async (tx) => {
    await tx.query(lock)
    const [found] = await tx.query<{ form: number }>(currentForm)
    if (found!.form > scripts.length)
      throw new Error('The schema "shape" of this database is newer than this program.')
    for (const script of scripts.slice(found!.form)) await tx.script(script)
  })
}
