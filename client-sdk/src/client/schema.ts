/** The store's tables, one step a published version. A step is never edited: stores made by it are out there. */
import { contactTables } from '../contacts/tables.ts'
import { docTables, snapshotTables } from '../docs/tables.ts'
import { grantTables } from '../grants/tables.ts'
import { metaTable } from '../store/meta.ts'
import { readerRole } from '../store/store.ts'
import type { Upgrade } from '../store/upgrade.ts'
import { contactShapeTable, renewalColumn, sentTables, syncTables } from '../sync/tables.ts'
import { vaultTables } from '../vault/tables.ts'

export const upgrades: readonly Upgrade[] = [
  async (tx) => {
    // Under this role an app's own queries see derived tables and nothing else; what could take
    // another role within a statement is not theirs.
    await tx.script(`
      CREATE ROLE ${readerRole} NOLOGIN;
      REVOKE EXECUTE ON FUNCTION pg_catalog.set_config(text, text, boolean) FROM PUBLIC;
      REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC;`)
    for (const tables of [metaTable, vaultTables, docTables, syncTables]) await tx.script(tables)
  },
  async (tx) => {
    for (const tables of [contactShapeTable, contactTables]) await tx.script(tables)
    await tx.script(`
      CREATE TABLE incoming_alerts (
        alert_id uuid PRIMARY KEY,
        role text NOT NULL,
        contact_id uuid,
        kind text NOT NULL,
        state text NOT NULL,
        -- Whether what stands here, and whether its end, was sealed by the contact.
        details_verified boolean NOT NULL,
        end_verified boolean NOT NULL,
        -- Notice that brought the details; 0 while none has.
        details_notice bigint NOT NULL,
        raised_at bigint NOT NULL,
        received_at bigint NOT NULL,
        -- Null once the alert has ended, like the position.
        reply_key bytea,
        note text NOT NULL,
        position json,
        response text
      );`)
  },
  (tx) => tx.script(snapshotTables + sentTables),
  (tx) => tx.script(grantTables),
  (tx) =>
    tx.script(`
      ALTER TABLE incoming_alerts ADD COLUMN auth_key bytea;
      ${renewalColumn}`),
]
