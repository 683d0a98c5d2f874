import { bytea, uuid } from '../column.ts'
import type { ContactId, VaultId } from '../id.ts'
import { table } from '../table.ts'

/**
 * Links to other people, as one side reads them; `box` is the other's sealed introduction, `renewal` what
 * the other has sealed since about new keys, empty while there is nothing.
 */
export const contacts = table(
  'contacts',
  {
    owner_id: uuid<VaultId>(),
    contact_id: uuid<ContactId>(),
    peer_id: uuid<VaultId>(),
    box: bytea(),
    renewal: bytea(),
  },
  ['owner_id', 'contact_id'],
)
