import { bytea, integer, uuid } from '../column.ts'
import type { DeviceId, DocId, VaultId } from '../id.ts'
import { table } from '../table.ts'

/** Sealed updates of all documents of a vault; everything else is inside the envelope. */
export const docUpdates = table(
  'doc_updates',
  {
    vault_id: uuid<VaultId>(),
    doc_id: uuid<DocId>(),
    device_id: uuid<DeviceId>(),
    doc_seq: integer(),
    envelope: bytea(),
  },
  ['vault_id', 'doc_id', 'device_id', 'doc_seq'],
)
