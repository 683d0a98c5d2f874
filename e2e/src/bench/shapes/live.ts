/** From an insert to the official client, one at a time. */
import type { Db } from '@selene/sync-server'
import { startClient } from './clients.ts'
import { insertOneSql, timed } from './rows.ts'

/** Milliseconds from sending the insert until the client has told of the row, for each of `count` rows. */
export async function measureLive(url: string, db: Db, count: number): Promise<number[]> {
  const client = startClient(url, 'owner live')
  try {
    await client.ready
    const taken: number[] = []
    for (let n = 0; n < count; n++) {
      const title = `live ${n}`
      const ms = await timed(async () => {
        const told = client.told(title)
        await db.query(insertOneSql, ['owner live', title])
        await told
      })
      // The first connections are made meanwhile.
      if (n >= count / 10) taken.push(ms)
    }
    return taken
  } finally {
    client.stop()
  }
}
