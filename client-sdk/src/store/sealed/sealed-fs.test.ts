/** Real PGlite on a sealed pack. */
import { PGlite } from '@electric-sql/pglite'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { memoryDevice } from './memory-device.ts'
import type { Pack } from './pack.ts'
import { fileAt, scratchPack } from './scratch-pack.ts'
import { isRelation, sealedFs, type Durability, type SealedFs } from './sealed-fs.ts'
import { simulatedDevice, type SimulatedDevice } from './simulated-device.ts'

const settings = ['shared_buffers=1024kB', 'fsync=on', 'wal_sync_method=fsync']
const startParams = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  ...settings.flatMap((setting) => ['-c', setting]),
]

interface Database extends SealedFs {
  readonly pg: PGlite
  readonly pack: Pack
  readonly device: SimulatedDevice
}

const opened: Database[] = []

async function open(
  image: Uint8Array,
  durability?: Durability,
  isReadOnly = false,
): Promise<Database> {
  const device = simulatedDevice(image)
  const pack = scratchPack(device, { isPromised: isRelation, isReadOnly, journalBytes: 2 ** 18 })
  const sealed = sealedFs(pack, durability)
  const pg = new PGlite({
    fs: sealed.filesystem,
    startParams,
    initDbStartParams: ['--wal-segsize=1'],
  })
  await pg.waitReady
  const database = { ...sealed, pg, pack, device }
  opened.push(database)
  return database
}

let image: Uint8Array
beforeAll(async () => {
  const device = memoryDevice()
  const pack = scratchPack(device, { isPromised: isRelation, journalBytes: 2 ** 18 })
  const pg = new PGlite({
    fs: sealedFs(pack).filesystem,
    startParams,
    initDbStartParams: ['--wal-segsize=1'],
  })
  await pg.exec('CREATE TABLE notes (id integer PRIMARY KEY, body text)')
  const content = device.content.bind(device)
  await pg.close()
  image = content()
})
afterEach(async () => {
  for (const { pg } of opened.splice(0)) if (!pg.closed) await pg.close().catch(() => {})
})

/** The device as loss of power leaves it when nothing that was not flushed survives. */
const afterPowerLoss = ({ device }: Database): Uint8Array => device.crash(() => 0)

/** Where a block of a file lies on the device: where reading it reads. */
function placeOf(bytes: Uint8Array, path: string, block: number): number {
  const device = simulatedDevice(bytes)
  const pack = scratchPack(device, { isReadOnly: true })
  let place = 0
  device.watch = ({ at }) => void (place = at)
  const into = { bytes: new Uint8Array(8192), offset: 0, length: 8192 }
  pack.read(fileAt(pack, path), into, block * 8192)
  return place
}

const count = async ({ pg }: Database): Promise<number> =>
  (await pg.query<{ n: number }>('SELECT count(*)::integer AS n FROM notes')).rows[0]!.n

/** Inserts a row with a text of so many times 32 letters, which Postgres cannot make smaller. */
const insert = ({ pg }: Database, id: number, length = 1): Promise<unknown> =>
  pg.query(
    `INSERT INTO notes SELECT $1::integer, string_agg(md5(($1 * g)::text), '') FROM generate_series(1, $2::integer) g`,
    [id, length],
  )

describe('B3 what is acknowledged', () => {
  test('is there after loss of power: single statements, transactions, and those of PGlite', async () => {
    const database = await open(image)
    await insert(database, 1)
    expect(await count(await open(afterPowerLoss(database)))).toBe(1)
    await database.pg.exec(
      'BEGIN; INSERT INTO notes VALUES (2); INSERT INTO notes VALUES (3); COMMIT',
    )
    expect(await count(await open(afterPowerLoss(database)))).toBe(3)
    // PGlite resolves a transaction without syncing its files.
    await database.pg.transaction(async (tx) => {
      for (let id = 4; id < 100; id++) await tx.query('INSERT INTO notes VALUES ($1)', [id])
    })
    expect(await count(await open(afterPowerLoss(database)))).toBe(99)
  })

  test('costs one flush for each commit, and none for reading or what was undone', async () => {
    const database = await open(image)
    await insert(database, 1)
    const { counts } = database.device
    for (let id = 2; id < 12; id++) {
      const before = counts.flush
      await insert(database, id)
      expect(counts.flush - before).toBe(1)
    }
    const before = counts.flush
    await count(database)
    await database.pg.exec('BEGIN; INSERT INTO notes VALUES (99); ROLLBACK')
    expect(counts.flush).toBe(before)
  })

  test('B4 costs a checkpoint of Postgres no flush for each of its files', async () => {
    const database = await open(image)
    for (let id = 1; id < 50; id++) await insert(database, id, 15)
    const before = database.device.counts.flush
    await database.pg.exec('CHECKPOINT')
    expect(database.device.counts.flush - before).toBeLessThanOrEqual(3)
    expect(await count(await open(afterPowerLoss(database)))).toBe(49)
  })

  test('waits in relaxed mode, until it is flushed or is a lot', async () => {
    const database = await open(image, 'relaxed')
    await insert(database, 1)
    expect(await count(await open(afterPowerLoss(database)))).toBe(0)
    database.flush()
    expect(await count(await open(afterPowerLoss(database)))).toBe(1)
    for (let id = 2; id < 400; id++) await insert(database, id)
    const found = await count(await open(afterPowerLoss(database)))
    expect(found).toBeGreaterThan(400 - 1 - 256)
    expect(found).toBeLessThan(399)
  })

  test('survives closing in either mode', async () => {
    const database = await open(image, 'relaxed')
    await insert(database, 1)
    const content = database.device.content.bind(database.device)
    await database.pg.close()
    expect(await count(await open(content()))).toBe(1)
  })
})

describe('the directory', () => {
  test('is dumped and loaded as any other', async () => {
    const database = await open(image)
    await insert(database, 1, 3000)
    const dump = await database.pg.dumpDataDir('none')
    const pack = scratchPack(memoryDevice(), { isPromised: isRelation })
    const pg = new PGlite({ fs: sealedFs(pack).filesystem, startParams, loadDataDir: dump })
    const { rows } = await pg.query('SELECT length(body) AS length FROM notes')
    expect(rows).toEqual([{ length: 96_000 }])
    await pg.close()
  })

  test('B16 opens for reading, for a query and a dump, and stays as it is', async () => {
    const database = await open(image)
    await insert(database, 1)
    const killed = afterPowerLoss(database)
    const reader = await open(killed, 'strict', true)
    expect(await count(reader)).toBe(1)
    await insert(reader, 2)
    expect(await count(reader)).toBe(2)
    expect((await reader.pg.dumpDataDir('none')).size).toBeGreaterThan(1_000_000)
    expect(Buffer.compare(reader.device.content(), killed)).toBe(0)
  })
})

describe('failures', () => {
  test('B10 a full disk fails the transaction that wants more, and the store goes on', async () => {
    const database = await open(image)
    const { pg, device } = database
    await insert(database, 1)
    device.capacity = device.size()
    const filling = async (): Promise<void> => {
      for (let id = 2; id < 5000; id++) await insert(database, id, 150)
    }
    await expect(filling()).rejects.toMatchObject({ code: '53100' })
    const before = await count(database)
    expect(before).toBeGreaterThan(1)
    await pg.exec(
      "UPDATE notes SET body = 'changed' WHERE id = 1; CHECKPOINT; DELETE FROM notes WHERE id > 1",
    )
    expect(await count(await open(afterPowerLoss(database)))).toBe(1)
    // Postgres uses again what is vacuumed; with room on the device it takes more.
    await pg.exec('VACUUM notes')
    await pg.exec('CHECKPOINT')
    await insert(database, 2, 150)
    device.capacity = Number.POSITIVE_INFINITY
    for (let id = 3; id < 300; id++) await insert(database, id, 150)
    expect(await count(await open(afterPowerLoss(database)))).toBe(299)
  })

  test('B5 a damaged block fails the query that needs it, and the session goes on', async () => {
    const writer = await open(image)
    for (let id = 1; id < 400; id++) await insert(writer, id, 12)
    await writer.pg.exec('CREATE TABLE others AS SELECT id FROM notes; CHECKPOINT')
    const { rows } = await writer.pg.query<{ path: string }>(
      "SELECT pg_relation_filepath('notes') AS path",
    )
    const content = writer.device.content.bind(writer.device)
    await writer.pg.close()
    const broken = content()
    broken[placeOf(broken, rows[0]!.path, 2) + 4000]! ^= 1
    const database = await open(broken)
    await expect(count(database)).rejects.toMatchObject({ code: '58030' })
    expect((await database.pg.query('SELECT count(*)::integer AS n FROM others')).rows).toEqual([
      { n: 399 },
    ])
    await database.pg.exec('INSERT INTO others VALUES (0); CREATE TABLE more (id integer)')
    await expect(count(database)).rejects.toMatchObject({ code: '58030' })
  })

  test('B20 a failed commit is an error, and everything after it too, at once', async () => {
    const database = await open(image)
    await insert(database, 1)
    database.device.watch = ({ kind }) => (kind === 'flush' ? 'io' : undefined)
    await expect(insert(database, 2)).rejects.toMatchObject({ code: '58030' })
    database.device.watch = undefined
    expect(database.pack.hasFailed).toBe(true)
    await expect(count(database)).rejects.toMatchObject({ fault: 'closed' })
    await expect(insert(database, 3)).rejects.toMatchObject({ fault: 'closed' })
    const left = afterPowerLoss(database)
    await database.pg.close()
    expect(await count(await open(left))).toBe(1)
  })

  test('B2 a database that was not made whole is made anew', async () => {
    const device = simulatedDevice()
    const images: Uint8Array[] = []
    let operations = 0
    device.watch = ({ kind }) => {
      if (kind === 'write' && ++operations % 150 === 0) images.push(device.crash(() => 0.99))
      return undefined
    }
    const pack = scratchPack(device, { isPromised: isRelation })
    const pg = new PGlite({ fs: sealedFs(pack).filesystem, startParams })
    await pg.waitReady
    device.watch = undefined
    await pg.close()
    expect(images.length).toBeGreaterThan(1)
    const found = images.map((bytes) => scratchPack(memoryDevice(bytes)).root.children!.size)
    expect(found.every((size) => size === 0 || size > 20)).toBe(true)
    expect(found).toContain(0)
  })
})
