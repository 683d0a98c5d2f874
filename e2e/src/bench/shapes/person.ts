/** Somebody with an account on a server, and many rows of a shape of theirs: what the gatekeeper lets through. */
import { memoryFiles, memoryPlatform, openClient } from '@selene/client-sdk/testing'
import type { Db } from '@selene/sync-server'
import { storeImage } from '../../core/store-image.ts'

export interface Reader {
  readonly vault: string
  readonly authorization: string
}

/** Registers somebody, and takes what their device says of itself when it reads its shapes. */
export async function registerReader(server: string, db: Db): Promise<Reader> {
  const said = Promise.withResolvers<string>()
  const { client } = await openClient({
    platform: memoryPlatform({
      files: memoryFiles(await storeImage()),
      network(request) {
        const authorization = request.headers.get('authorization')
        if (authorization && request.url.includes('/v1/shape/')) said.resolve(authorization)
        return fetch(request)
      },
    }),
    server,
    deviceLabel: 'reader',
  })
  try {
    await client.account.register({
      identifier: 'reader@example.org',
      passphrase: 'seven lamps by the river',
    })
    const authorization = await said.promise
    const [found] = await db.query<{ vault: string }>('SELECT account_id AS vault FROM accounts')
    return { vault: found!.vault, authorization }
  } finally {
    await client.close()
  }
}

/** Gives a vault updates of about 300 bytes. */
export const fillVault = (db: Db, vault: string, count: number): Promise<unknown> =>
  db.query(
    `INSERT INTO doc_updates (vault_id, doc_id, device_id, doc_seq, envelope, device_seq, epoch, envelope_hash)
     SELECT vault_id, gen_random_uuid(), device_id, 1, decode(repeat(md5(i::text), 4), 'hex'), i + 1000, 1,
       decode(repeat(md5(i::text), 2), 'hex')
     FROM devices, generate_series(1, $2::integer) i WHERE vault_id = $1`,
    [vault, count],
  )
