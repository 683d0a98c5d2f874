/** A database of a gigabyte in a sealed store: that it works, how long it takes to open, and what a million updates leave. */
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  openSealedDatabase,
  openSealedPack,
  type SealedDatabase,
} from '../../store/sealed-database.ts'
import { fileDevice, type Pack } from '../../store/sealed.ts'
import { figure, type Figure } from '../report.ts'

const dataKey = new Uint8Array(32).fill(0x16)
const settings = { max_wal_size: '64MB', min_wal_size: '16MB' }
const mebibyte = 2 ** 20
const rowsPerStep = 20_000

/** What the files would take in a plain directory. */
const bytesIn = (node: Pack['root']): number =>
  node.children
    ? [...node.children.values()].reduce((sum, child) => sum + bytesIn(child), 0)
    : node.size

async function sizeOf({ pg }: SealedDatabase): Promise<number> {
  const { rows } = await pg.query<{ size: number }>(
    "SELECT pg_total_relation_size('days')::float8 AS size",
  )
  return rows[0]!.size
}

async function fill(database: SealedDatabase, bytes: number): Promise<void> {
  const { pg } = database
  await pg.exec(
    'CREATE TABLE days (id integer PRIMARY KEY, n integer NOT NULL, body text NOT NULL)',
  )
  for (let from = 0; (await sizeOf(database)) < bytes; from += rowsPerStep) {
    await pg.exec(`INSERT INTO days SELECT i, 0, md5(i::text) || md5((i + 1)::text) || md5((i + 2)::text)
      || repeat('note ', 40) FROM generate_series(${from}, ${from + rowsPerStep - 1}) i`)
    await pg.exec('CHECKPOINT')
  }
}

async function readPoints({ pg }: SealedDatabase): Promise<void> {
  for (let i = 0; i < 1000; i++)
    await pg.query('SELECT n FROM days WHERE id = $1', [(i * 7919) % rowsPerStep])
}

async function updateMillion({ pg }: SealedDatabase): Promise<void> {
  const { rows } = await pg.query<{ rows: number }>('SELECT count(*)::integer AS rows FROM days')
  for (let i = 0; i < 100; i++) {
    const from = (i * 10_000) % rows[0]!.rows
    await pg.exec(`UPDATE days SET n = n + 1 WHERE id >= ${from} AND id < ${from + 10_000}`)
    if (i % 5 === 4) await pg.exec('VACUUM days')
    if (i % 5 === 4) await pg.exec('CHECKPOINT')
  }
  await pg.exec('CHECKPOINT')
}

function countDamaged(pack: Pack): number {
  const check = pack.check()
  let step = check.next()
  while (!step.done) step = check.next()
  return step.value.files.length + step.value.regions.length
}

function createFindings(progress: (done: string) => void) {
  const figures: Figure[] = []
  const add = (found: Parameters<typeof figure>[0]): void => {
    figures.push(figure(found))
    progress(found.name)
  }
  return {
    figures,
    add,
    async take<T>(name: string, work: () => Promise<T>): Promise<T> {
      const start = performance.now()
      const result = await work()
      add({ name, value: performance.now() - start, unit: 'ms' })
      return result
    },
  }
}

/** @param megabytes Size of the table with its index. */
export async function measureLarge(
  megabytes: number,
  progress: (done: string) => void,
): Promise<Figure[]> {
  const directory = await mkdtemp(join(tmpdir(), 'selene-large-'))
  const path = join(directory, 'large.pack')
  const { figures, add, take } = createFindings(progress)
  const openDatabase = (): Promise<SealedDatabase> =>
    openSealedDatabase(fileDevice(path), { dataKey, settings })
  try {
    const filled = await openDatabase()
    await take('filling it', () => fill(filled, megabytes * mebibyte))
    await take('closing', () => filled.pg.close())
    add({ name: 'file', value: (await stat(path)).size, unit: 'bytes' })
    const pack = await take('opening the pack', () => openSealedPack(fileDevice(path), { dataKey }))
    pack.abandon()
    const database = await take('opening the database', openDatabase)
    await take('1,000 point reads', () => readPoints(database))
    const scan = () => database.pg.query('SELECT count(*), sum(length(body)) FROM days')
    // Postgres marks each row as committed when it first meets it, and so writes each page.
    await take('the first scan, which marks the rows', scan)
    await take('a scan', scan)
    await take('a million updates', () => updateMillion(database))
    await take('compacting', async () => {
      while (database.pack.compact(4096));
    })
    add({
      name: 'file after it',
      value: (await stat(path)).size,
      unit: 'bytes',
      against: bytesIn(database.pack.root),
      bar: { of: 'ratio', most: 1.25 },
    })
    await take('checking everything', async () =>
      add({
        name: 'damaged places',
        value: countDamaged(database.pack),
        unit: '',
        bar: { of: 'value', most: 0 },
      }),
    )
    add({ name: 'memory of the process', value: process.memoryUsage.rss(), unit: 'bytes' })
    await database.pg.close()
    return figures
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
