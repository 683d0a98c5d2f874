/**
 * The sealed store under random SQL on a simulated device that crashes at random operations. Every image that a
 * crash could leave is opened again: Postgres, amcheck and the rows as they were after the transaction it says it is at. In
 * strict mode no acknowledged transaction is missing; in relaxed mode none from before the last flush.
 */
import { createPrng, type Prng } from '../core/prng.ts'
import { openSealedDatabase, storeCrypto, type SealedDatabase } from './sealed-database.ts'
import { memoryDevice, simulatedDevice, simulatePack, type Pack, type Random } from './sealed.ts'
import {
  digest,
  transactionSql,
  upkeepSql,
  verifyDatabase,
  workloadSchema,
} from './sql-workload.ts'

export interface StoreReport {
  readonly mode: 'strict' | 'relaxed'
  readonly images: number
  /** Images of a pack under operations on files, without Postgres. */
  readonly packImages: number
  readonly transactions: number
  /** Images by what was going on and what was being written. */
  readonly during: Readonly<Record<string, number>>
  /** Acknowledged transactions that a crash in relaxed mode took, at most. */
  readonly mostLost: number
  readonly differences: readonly string[]
}

export interface StoreSimulationOptions {
  /** Crash images taken and opened. */
  readonly images: number
  /** Transactions of each life; the next life begins with an image of the one before. */
  readonly transactions: number
}

const journalBytes = 16 * 4096
const dataKey = new Uint8Array(32).fill(0x5e)
const settings = { shared_buffers: '1024kB', max_wal_size: '2MB', min_wal_size: '2MB' }

/** Seeded and fast: devices are filled with it. */
function randomFrom(prng: Prng): Random {
  return {
    bytes(length) {
      const words = new Uint32Array(Math.ceil(length / 4))
      let state = Math.floor(prng.next() * 2 ** 32) | 1
      for (let i = 0; i < words.length; i++) {
        state ^= state << 13
        state ^= state >>> 17
        state ^= state << 5
        words[i] = state
      }
      return new Uint8Array(words.buffer, 0, length)
    },
  }
}

let template: Promise<Uint8Array> | undefined
/** A database with the tables, made once for all seeds. */
function templateImage(): Promise<Uint8Array> {
  template ??= (async () => {
    const device = memoryDevice()
    const { pg } = await openSealedDatabase(device, { dataKey, settings, pack: { journalBytes } })
    await pg.exec(`CREATE EXTENSION amcheck; ${workloadSchema}`)
    const bytes = device.content.bind(device)
    await pg.close()
    return bytes()
  })()
  return template
}

interface Image {
  readonly bytes: Uint8Array
  /** Number of the last transaction that must be there, and of the last one that may be. */
  readonly least: number
  readonly most: number
  readonly during: string
}

/** How much sooner than at a block of a file a crash comes at what is rarer. */
const weights = { block: 1, record: 3, flush: 3, superblock: 12, truncate: 12 } as const

/** What a place of the file holds. */
function partAt(at: number): 'superblock' | 'record' | 'block' {
  if (at < 2 * 8192) return 'superblock'
  return at < 2 * 8192 + 2 * journalBytes ? 'record' : 'block'
}

const progressOf = async ({ pg }: SealedDatabase): Promise<number> => {
  const { rows } = await pg.query<{ last: number }>(
    'SELECT coalesce(max(number), 0) AS last FROM progress',
  )
  return rows[0]!.last
}

/** Opens what a crash left and says what is wrong with it. */
async function verifyImage(
  image: Image,
  digests: ReadonlyMap<number, string>,
): Promise<{ last: number; wrong: string[] }> {
  const device = memoryDevice(image.bytes)
  try {
    const database = await openSealedDatabase(device, { dataKey, settings })
    const last = await progressOf(database)
    const wrong: string[] = []
    if (last < image.least) wrong.push(`transaction ${image.least} is lost, the last is ${last}`)
    if (last > image.most) wrong.push(`transaction ${last} never began`)
    if ((await digest(database.pg)) !== digests.get(last)) wrong.push(`rows differ after ${last}`)
    wrong.push(...(await verifyDatabase(database.pg)))
    await database.pg.exec("INSERT INTO entries VALUES (-1, 'after', 0, NULL); CHECKPOINT")
    const check = database.pack.check()
    let step = check.next()
    while (!step.done) step = check.next()
    const { regions, files } = step.value
    if (regions.length + files.length > 0)
      wrong.push(`damaged: ${JSON.stringify({ regions, files })}`)
    await database.pg.close()
    return { last, wrong }
  } catch (error) {
    return { last: -1, wrong: [`does not open: ${String(error)}`] }
  }
}

/** What happens between transactions, by the SDK's own doing. */
function maintain(prng: Prng, pack: Pack): void {
  prng.pick([
    () => void pack.compact(prng.int(1, 200)),
    () => pack.setKeyArea(new Uint8Array(prng.int(0, 4096)).fill(prng.int(0, 255))),
    () => pack.checkpoint(),
  ])()
}

async function packReport(prng: Prng) {
  const [crypto, aead] = await storeCrypto
  const deps = {
    crypto,
    aead,
    random: randomFrom(prng.fork('random')),
    draw: prng.next,
    dataKey,
    now: () => 0,
  }
  return simulatePack(deps, { lives: 4, steps: 60, imageChance: 0.06 })
}

/** Runs one seed. */
export async function simulateStore(
  seed: string | number,
  options: StoreSimulationOptions = { images: 20, transactions: 30 },
): Promise<StoreReport> {
  const prng = createPrng(`store/${seed}`)
  const mode = prng.pick(['strict', 'relaxed'] as const)
  const during: Record<string, number> = {}
  const pack = await packReport(prng.fork('pack'))
  const differences = [...pack.differences]
  const digests = new Map<number, string>()
  const counts = { images: 0, transactions: 0, mostLost: 0 }
  /** What the next life begins with, and the transaction it is at. */
  let start = { bytes: await templateImage(), last: 0 }

  async function life(wanted: number): Promise<Image[]> {
    const device = simulatedDevice(start.bytes)
    const random = randomFrom(prng.fork(`random ${counts.images}`))
    const images: Image[] = []
    let activity = 'opening'
    let acknowledged = start.last
    let started = start.last
    let sure = 0
    /** The next image is taken when it is used up. */
    let countdown = prng.int(1, 60)
    device.watch = ({ kind, at }) => {
      if (kind === 'read' || images.length >= wanted) return undefined
      countdown -= weights[kind === 'write' ? partAt(at) : kind]
      if (countdown > 0) return undefined
      countdown = prng.int(1, Math.max(2, Math.floor((options.transactions * 50) / wanted)))
      const label = `${activity}/${kind === 'write' ? partAt(at) : kind}`
      images.push({ bytes: device.crash(prng.next), least: sure, most: started, during: label })
      return undefined
    }
    /** Says when Postgres is in its sync of the log. */
    const around = (pack: Pack): Pack =>
      Object.assign(Object.create(pack) as Pack, {
        commit() {
          const before = activity
          activity = 'sync'
          pack.commit()
          activity = before
        },
      })
    const database = await openSealedDatabase(device, {
      dataKey,
      durability: mode,
      random,
      around,
      settings,
    })
    const { pg, pack } = database
    // Numbers of transactions that the crash undid are given again.
    for (const number of digests.keys()) if (number > acknowledged) digests.delete(number)
    digests.set(acknowledged, await digest(pg))
    pack.commit()
    sure = acknowledged
    for (let i = 0; i < options.transactions; i++) {
      activity = 'transaction'
      started = acknowledged + 1
      const isLate = prng.chance(0.1)
      if (isLate) await pg.exec('SET synchronous_commit = off')
      await pg.exec(transactionSql(prng, started))
      if (isLate) await pg.exec('RESET synchronous_commit')
      acknowledged = started
      counts.transactions += 1
      if (mode === 'strict' && !isLate) sure = acknowledged
      activity = 'reading'
      digests.set(acknowledged, await digest(pg))
      if (prng.chance(0.3)) {
        activity = 'upkeep'
        await pg.exec(upkeepSql(prng))
      }
      if (prng.chance(0.2)) {
        activity = 'maintenance'
        maintain(prng, pack)
      }
      // The timer of the relaxed mode: Postgres first, which may hold its log back, then the pack.
      if (mode === 'relaxed' && prng.chance(0.2)) {
        activity = 'timer'
        await pg.exec("SELECT pg_logical_emit_message(true, 'flush', '')")
        database.flush()
        sure = acknowledged
      }
      counts.mostLost = Math.max(counts.mostLost, acknowledged - sure)
    }
    activity = 'closing'
    await pg.close()
    return images
  }

  while (counts.images < options.images) {
    const images = await life(Math.min(10, options.images - counts.images))
    const opened: (typeof start)[] = []
    for (const image of images) {
      const { last, wrong } = await verifyImage(image, digests)
      opened.push({ bytes: image.bytes, last })
      counts.images += 1
      during[image.during] = (during[image.during] ?? 0) + 1
      for (const what of wrong) differences.push(`crash during ${image.during}: ${what}`)
    }
    if (images.length === 0 || differences.length > 0) break
    start = prng.pick(opened)
  }
  return { mode, ...counts, packImages: pack.images, during, differences }
}
