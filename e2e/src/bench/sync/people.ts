/** Clients of a benchmark: on files, as an app on Node would have them. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Client } from '@selene/client-sdk'
import { nodePlatform } from '@selene/client-sdk/node'
import { openClient, type ClientParts } from '@selene/client-sdk/testing'
import { storeImage } from '../../core/store-image.ts'

export interface Opened {
  readonly client: Client
  readonly parts: ClientParts
  /** What its last request to the server said of who asks. */
  authorization(): string
  close(): Promise<void>
}

/** Opens a client on a store of its own. */
export async function openOnFile(server: string): Promise<Opened> {
  const directory = await mkdtemp(join(tmpdir(), 'selene-bench-sync-'))
  const platform = nodePlatform({ directory, image: storeImage })
  let authorization = ''
  const { client, parts } = await openClient({
    server,
    platform: {
      ...platform,
      network(request) {
        authorization = request.headers.get('authorization') ?? authorization
        return platform.network(request)
      },
    },
  })
  return {
    client,
    parts,
    authorization: () => authorization,
    async close() {
      await client.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

let accounts = 0

/** Makes an account, and gives what brings another device into it. */
export async function registerAnew({ client }: Opened) {
  const secret = {
    identifier: `bench-${(accounts += 1)}@example.org`,
    passphrase: 'seven lamps by the river',
  }
  await client.account.register(secret)
  return secret
}
