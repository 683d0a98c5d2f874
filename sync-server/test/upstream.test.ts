import { afterAll, beforeAll, describe } from 'vitest'
import type { VaultId } from '@selene/shapes'
import { onEachDatabase, type OpenedDatabase } from './databases.ts'
import { upstreamContract } from './upstream.contract.ts'
import { upstreams } from './upstreams.ts'

onEachDatabase('shape routes', (database) => {
  let opened: OpenedDatabase
  beforeAll(async () => {
    opened = await database.open()
  })
  afterAll(() => opened.drop())

  /** Rows of a vault need its account. */
  async function newVault(): Promise<VaultId> {
    const vault = crypto.randomUUID() as VaultId
    await opened.db.query(
      `INSERT INTO accounts
         (account_id, identifier_hash, verifier, kdf_salt, kdf_ops, kdf_memory_bytes, created_on)
       VALUES ($1::uuid, sha256($1::uuid::text::bytea), '', decode(repeat('00', 16), 'hex'), 3, 1, now())`,
      [vault],
    )
    return vault
  }

  describe.each(upstreams)('over $name', (upstream) =>
    upstreamContract({ db: () => opened.db, newVault }, upstream),
  )
})
