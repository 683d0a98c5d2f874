import { bytea, integer, uuid } from '../column.ts'
import type { DocId, VaultId } from '../id.ts'
import { table } from '../table.ts'

/** Sealed snapshots of documents, by their numbers; covers and parent are in the envelope's header. */
export const docSnapshots = table(
  'doc_snapshots',
  {
    vault_id: uuid<VaultId>(),
    doc_id: uuid<DocId>(),
    number: integer(),
    envelope: bytea(),
  },
  ['vault_id', 'doc_id', 'number'],
)
