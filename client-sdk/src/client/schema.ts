/** The store's tables, one step a published version. */
import { docTables } from '../docs/tables.ts'
import { metaTable } from '../store/meta.ts'
import { readerRole } from '../store/store.ts'
import type { Upgrade } from '../store/upgrade.ts'
import { syncTables } from '../sync/tables.ts'
import { vaultTables } from '../vault/tables.ts'

export const upgrades: readonly Upgrade[] = [
  async (tx) => {
    // Under this role an app's own queries see derived tables and nothing else.
    await tx.script(`CREATE ROLE ${readerRole} NOLOGIN`)
    for (const tables of [metaTable, vaultTables, docTables, syncTables]) await tx.script(tables)
  },
]
