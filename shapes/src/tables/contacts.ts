import { bytea, uuid } from '../column.ts'
import type { ContactId, VaultId } from '../id.ts'
import { table } from '../table.ts'

/** Links to other people, as one side reads them; `box` is the other's sealed introduction. */
export const contacts = table(
  'contacts',
  {
    owner_id: uuid<VaultId>(),
    contact_id: uuid<ContactId>(),
    peer_id: uuid<VaultId>(),
    box: bytea(),
  },
  ['owner_id', 'contact_id'],
)
