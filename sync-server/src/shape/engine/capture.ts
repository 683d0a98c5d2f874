/** Installs the triggers that write a table's changes to the log, on tables that have a shape only. */
import type { Db } from '../../db/db.ts'
import { quoteTable } from './identifier.ts'
import type { Relation } from './relation.ts'
import type { ReaderRole } from './role.ts'
import { quoteText } from './sql.ts'

export interface CaptureDeps {
  readonly db: Db
  readonly role: ReaderRole
  /** A channel on which writers' own transactions tell that something changed; none: they say so themselves. */
  readonly wakeOn: string | undefined
}

const triggers = {
  shape_inserts: 'AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows',
  shape_updates: 'AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows',
  shape_deletes: 'AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows',
  shape_truncates: 'AFTER TRUNCATE ON %s',
}

const installed = `
  SELECT tgname AS name FROM pg_trigger
  WHERE tgrelid = $1 AND tgfoid = 'shape.capture()'::regprocedure AND tgenabled IN ('O', 'A')
    AND (tgnargs > 0 OR NOT $2)`

/**
 * Returns when every change from now on is captured. Creating a trigger waits for the table's open
 * writers, so what they wrote without one is committed and in any snapshot taken afterwards (E3).
 */
export async function captureChanges(deps: CaptureDeps, relation: Relation): Promise<void> {
  const { db, role, wakeOn } = deps
  const grant = await role.grantSql(relation)
  const found = await db.query<{ name: string }>(installed, [relation.oid, wakeOn !== undefined])
  const isInstalled = Object.keys(triggers).every((name) =>
    found.some((trigger) => trigger.name === name),
  )
  if (isInstalled && grant === '') return
  const table = quoteTable(relation)
  const argument = wakeOn === undefined ? '' : quoteText(wakeOn)
  const statements = Object.entries(triggers).map(
    ([name, event]) =>
      `CREATE OR REPLACE TRIGGER ${name} ${event.replace('%s', () => table)}
       FOR EACH STATEMENT EXECUTE FUNCTION shape.capture(${argument})`,
  )
  const alone = (script: string): Promise<void> =>
    db.transaction(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock(7103, $1::oid::integer)', [relation.oid])
      await tx.script(script)
    })
  if (grant !== '') await alone(grant)
  if (!isInstalled) await alone(statements.join(';\n'))
}
