/**
 * Expressions of clients are evaluated as a role that can do nothing but read the tables that have a
 * shape, in a part of the transaction that only reads, with a time limit. Where the engine's own user may not make
 * such a role, they are evaluated as that user: they were found to be immutable and to name one table alone.
 */
import type { Db, Transaction } from '../../db/db.ts'
import { quoteTable, type TableName } from './identifier.ts'
import { quoteName } from './sql.ts'

const name = 'selene_shape_reader'

/** Made by whoever comes first; a superuser only can let it see rows that policies hide. */
const make = `
  DO $$ BEGIN
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN RETURN; END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${name}') THEN
      CREATE ROLE ${name} NOLOGIN BYPASSRLS;
    END IF;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
  END $$`

export interface ReaderRole {
  /** Makes the role, if that is possible; the rest is to be called after it. */
  readonly prepare: () => Promise<unknown>
  /** A script that lets the role read a table; empty when it may, or is not there. */
  readonly grantSql: (table: TableName) => Promise<string>
  /** From here to the end of the transaction, or {@link leave}, statements run as the role and only read. */
  enter(tx: Transaction, milliseconds: number): Promise<void>
  leave(tx: Transaction): Promise<void>
}

export function createReaderRole(db: Db): ReaderRole {
  let ready: Promise<boolean> | undefined

  async function prepare(): Promise<boolean> {
    await db.script(make)
    const found = await db.query(
      `SELECT FROM pg_roles WHERE rolname = '${name}' AND rolbypassrls
         AND (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)`,
    )
    return found.length > 0
  }
  /** Not inside a transaction: it asks the database. */
  const isThere = (): Promise<boolean> =>
    (ready ??= prepare().catch((error: unknown) => {
      ready = undefined
      throw error
    }))

  return {
    prepare: isThere,
    async grantSql(table) {
      if (!(await isThere())) return ''
      const [may] = await db.query<{ may: boolean }>(
        `SELECT has_table_privilege('${name}', to_regclass($1), 'SELECT')
           AND has_schema_privilege('${name}', $2, 'USAGE') AS may`,
        [quoteTable(table), table.schema],
      )
      if (may?.may !== false) return ''
      // Postgres refuses two who change one entry of its catalog at the same time.
      const lock = 'SELECT pg_advisory_xact_lock(7102, 558);'
      const schema = quoteName(table.schema)
      return `${lock} GRANT USAGE ON SCHEMA ${schema} TO ${name};
        GRANT SELECT ON ${quoteTable(table)} TO ${name}`
    },
    async enter(tx, milliseconds) {
      const role = (await ready) ? `SET LOCAL ROLE ${name}; ` : ''
      await tx.script(`SAVEPOINT shape_reading; SET LOCAL transaction_read_only = on;
        ${role}SET LOCAL statement_timeout = ${milliseconds}`)
    },
    async leave(tx) {
      const role = (await ready) ? 'RESET ROLE; ' : ''
      // Postgres gives the transaction back what it may do, with the end of the part that might only read.
      await tx.script(
        `${role}SET LOCAL statement_timeout TO DEFAULT; RELEASE SAVEPOINT shape_reading`,
      )
    },
  }
}
