/** Many readers at once: each with a shape of its own, or thousands that wait. */
import type { Db } from '@selene/sync-server'
import { holdRequest, startReader, type Reader } from './readers.ts'
import { insertOneSql, timed } from './rows.ts'
import type { MeasuredServer } from './server.ts'

export interface ManyOwners {
  /** Milliseconds until all are up to date who came at the same time. */
  readonly ready: number
  /** Milliseconds until one write to each has come to all. */
  readonly delivered: number
  /** Milliseconds of the server's processor time for one of these, from the wake to the reader's return. */
  readonly cpu: number
}

/** Clients that each make a shape of their own, then one transaction for each. */
export async function measureOwners(
  { url, cpu }: MeasuredServer,
  db: Db,
  count: number,
): Promise<ManyOwners> {
  const owners = Array.from({ length: count }, (_, index) => `owner ${index}`)
  let clients: Reader[] = []
  const ready = await timed(async () => {
    clients = owners.map((owner) => startReader(url, owner))
    await Promise.all(clients.map((client) => client.ready))
  })
  try {
    const title = `to all of ${count}`
    // Everyone waits again.
    await db.query(insertOneSql, [owners[0]!, 'first'])
    await clients[0]!.told('first')
    const before = await cpu()
    const delivered = await timed(async () => {
      const told = clients.map((client) => client.told(title))
      await Promise.all(owners.map((owner) => db.query(insertOneSql, [owner, title])))
      await Promise.all(told)
    })
    return { ready, delivered, cpu: ((await cpu()) - before) / count }
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
/** Readers who have come and gone before: what every server has in use after a while. */
const passers = 200
const titleOf = (n: number): string => `crowd ${n}`

/** Readers who each wait for a shape of their own, with some writes meanwhile. */
export async function measureCrowd(
  { url, memory }: MeasuredServer,
  db: Db,
  { count, seconds }: { count: number; seconds: number },
): Promise<Crowd> {
  const crowd = (size: number) =>
    Array.from({ length: size }, (_, index) => startReader(url, `owner ${index}`))
  const early = crowd(passers)
  await Promise.all(early.map((client) => client.ready))
  for (const client of early) client.stop()
  const before = await memory()
  const clients = crowd(count)
  try {
    await Promise.all(clients.map((client) => client.ready))
    const waiting = await memory()
    for (let n = 0; n < seconds * writesPerSecond; n++) {
      const told = clients[n % count]!.told(titleOf(n))
      await db.query(insertOneSql, [`owner ${n % count}`, titleOf(n)])
      await told
      await new Promise((resolve) => setTimeout(resolve, 1000 / writesPerSecond))
    }
    return { before, waiting, after: await memory() }
  } finally {
    for (const client of clients) client.stop()
  }
}

/** Bytes that bare Node keeps of one request that waits. */
export async function measureFloor(
  { url, memory }: MeasuredServer,
  count: number,
): Promise<number> {
  const hold = (size: number) => Promise.all(Array.from({ length: size }, () => holdRequest(url)))
  const early = await hold(passers)
  for (const giveUp of early) giveUp()
  const before = await memory()
  const held = await hold(count)
  const waiting = await memory()
  for (const giveUp of held) giveUp()
  return (waiting - before) / count
}
