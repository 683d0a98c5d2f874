/** Installs the triggers that write a table's changes to the log, on tables that have a shape only. */
import type { Db } from '../../db/db.ts'
import type { Relation } from './relation.ts'
import { quoteName } from './sql.ts'

const triggers = {
  shape_inserts: 'AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows',
  shape_updates: 'AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows',
  shape_deletes: 'AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows',
  shape_truncates: 'AFTER TRUNCATE ON %s',
}

const installed = `
  SELECT tgname AS name FROM pg_trigger
  WHERE tgrelid = $1 AND tgfoid = 'shape.capture()'::regprocedure AND tgenabled IN ('O', 'A')`

/**
 * Returns when every change from now on is captured. Creating a trigger waits for the table's open
 * writers, so what they wrote without one is committed and in any snapshot taken afterwards (E3).
 */
export async function captureChanges(db: Db, relation: Relation): Promise<void> {
  const found = await db.query<{ name: string }>(installed, [relation.oid])
  if (Object.keys(triggers).every((name) => found.some((trigger) => trigger.name === name))) return
  const table = `${quoteName(relation.schema)}.${quoteName(relation.name)}`
  const statements = Object.entries(triggers).map(
    ([name, event]) =>
      `CREATE OR REPLACE TRIGGER ${name} ${event.replace('%s', () => table)}
       FOR EACH STATEMENT EXECUTE FUNCTION shape.capture()`,
  )
  await db.script(statements.join(';\n'))
}
