/** Many readers at once: each with a shape of its own, or thousands that wait. */
import type { Db } from '@selene/sync-server'
import { startClient } from './clients.ts'
import { insertOneSql, timed } from './rows.ts'
import type { MeasuredServer } from './server.ts'

export interface ManyOwners {
  /** Milliseconds until all are up to date who came at the same time. */
  readonly ready: number
  /** Milliseconds until one write to each has come to all. */
  readonly delivered: number
  /** Bytes of the server for each of them that waits. */
  readonly bytesEach: number
}

/** Clients that each make a shape of their own, then one transaction for each. */
export async function measureOwners(
  { url, memory }: MeasuredServer,
  db: Db,
  count: number,
): Promise<ManyOwners> {
  const before = await memory()
  const owners = Array.from({ length: count }, (_, index) => `owner ${index}`)
  let clients: ReturnType<typeof startClient>[] = []
  const ready = await timed(async () => {
    clients = owners.map((owner) => startClient(url, owner))
    await Promise.all(clients.map((client) => client.ready))
  })
  try {
    const title = `to all of ${count}`
    // Everyone waits again.
    await db.query(insertOneSql, [owners[0]!, 'first'])
    await clients[0]!.told('first')
    const after = await memory()
    const delivered = await timed(async () => {
      const told = clients.map((client) => client.told(title))
      await Promise.all(owners.map((owner) => db.query(insertOneSql, [owner, title])))
      await Promise.all(told)
    })
    return { ready, delivered, bytesEach: (after - before) / count }
  } finally {
    for (const client of clients) client.stop()
  }
}

export interface Crowd {
  readonly before: number
  readonly waiting: number
  readonly after: number
}

const writesPerSecond = 10

/** Readers of one shape each of few, by long polls, for a minute with writes in it. */
export async function measureCrowd(
  { url, memory }: MeasuredServer,
  db: Db,
  { count, seconds }: { count: number; seconds: number },
): Promise<Crowd> {
  const before = await memory()
  const clients = Array.from({ length: count }, (_, index) => startClient(url, `owner ${index}`))
  try {
    await Promise.all(clients.map((client) => client.ready))
    const waiting = await memory()
    const title = (n: number): string => `crowd ${n}`
    for (let n = 0; n < seconds * writesPerSecond; n++) {
      const told = clients[n % count]!.told(title(n))
      await db.query(insertOneSql, [`owner ${n % count}`, title(n)])
      await told
      await new Promise((resolve) => setTimeout(resolve, 1000 / writesPerSecond))
    }
    return { before, waiting, after: await memory() }
  } finally {
    for (const client of clients) client.stop()
  }
}
