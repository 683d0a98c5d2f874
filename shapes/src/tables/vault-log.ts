import { bytea, integer, uuid } from '../column.ts'
import type { VaultId } from '../id.ts'
import { table } from '../table.ts'

/** The vault's log as its members read it; `entry` has the signatures. */
export const vaultLog = table(
  'vault_log',
  { vault_id: uuid<VaultId>(), seq: integer(), entry: bytea() },
  ['vault_id', 'seq'],
)
