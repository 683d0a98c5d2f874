/**
 * The sealed store beside plain PGlite on a directory, in one process and in turns: what sealing costs. Medians of
 * rounds; the first round warms up and does not count.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, fdatasyncSync, openSync } from 'node:fs'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import { openSafe } from '@selene/client-sdk'
import { nodePlatform } from '@selene/client-sdk/node'
import { storeImage } from '../../core/store-image.ts'
import { figure, type Figure } from '../report.ts'
import { databaseOptions, openSealedPack } from '../../store/sealed-database.ts'
import { fileDevice, sealedFs, type BlockDevice, type Durability } from '../../store/sealed.ts'
import {
  commitMany,
  commits,
  fillDatabase,
  median,
  take,
  useDatabase,
  type Taken,
} from './workload.ts'

interface Kind {
  /** A file system for the next opening of the database in this directory. */
  filesystem(directory: string): Promise<NodeFS | Awaited<ReturnType<typeof sealed>>>
  readonly options: ReturnType<typeof databaseOptions>
}

const dataKey = new Uint8Array(32).fill(0x7e)
const memoryRuns = 7
const firstOpenMs = 1200

// Plain PGlite switches syncing off; only the size of its memory is made the same.
const plainKind: Kind = {
  filesystem: async (directory) => new NodeFS(join(directory, 'plain')),
  options: {
    startParams: [...PGlite.defaultStartParams, '-c', 'shared_buffers=16384kB'],
    initDbStartParams: ['--wal-segsize=1'],
  },
}

async function sealed(path: string, durability: Durability, flushes?: (ms: number) => void) {
  const pack = await openSealedPack(timed(fileDevice(path), flushes), { dataKey })
  return sealedFs(pack, durability).filesystem
}

/** The same device; tells how long each flush took. */
function timed(device: BlockDevice, flushes?: (ms: number) => void): BlockDevice {
  if (!flushes) return device
  return {
    ...device,
    flush() {
      const start = performance.now()
      device.flush()
      flushes(performance.now() - start)
    },
  }
}

const sealedKind = (durability: Durability, flushes?: (ms: number) => void): Kind => ({
  filesystem: (directory) => sealed(join(directory, 'sealed.pack'), durability, flushes),
  options: databaseOptions(),
})

async function open(kind: Kind, directory: string): Promise<PGlite> {
  const pg = new PGlite({ ...kind.options, fs: await kind.filesystem(directory) })
  await pg.waitReady
  return pg
}

const fileOf = (kind: Kind, directory: string): string =>
  join(directory, kind === plainKind ? 'plain' : 'sealed.pack')

async function note(name: string, taken: Taken, kind: Kind, directory: string): Promise<void> {
  const list = taken.get(name) ?? []
  list.push(await bytesOf(fileOf(kind, directory)))
  taken.set(name, list)
}

/** Makes a database and goes through everything that writes. */
async function writing(kind: Kind, directory: string, taken: Taken): Promise<void> {
  let pg!: PGlite
  await take(taken, 'first open', async () => {
    pg = await open(kind, directory)
  })
  await note('fresh files', taken, kind, directory)
  await fillDatabase(pg, taken)
  await pg.close()
}

/** Commits of plain PGlite that are as durable as the sealed store's: its log is flushed after each. */
async function commitSynced(directory: string, taken: Taken, base: number): Promise<void> {
  const pg = await open(plainKind, directory)
  // They fit one file of the log, which is there once something is in it.
  await pg.query('SELECT pg_switch_wal()')
  await pg.query('INSERT INTO notes VALUES ($1, $2)', [base, 'the first'])
  const { rows } = await pg.query<{ name: string }>(
    'SELECT pg_walfile_name(pg_current_wal_lsn()) AS name',
  )
  const log = openSync(join(directory, 'plain', 'pg_wal', rows[0]!.name), 'r+')
  await take(taken, commits, () => commitMany(pg, base + 1, () => fdatasyncSync(log)))
  closeSync(log)
  await pg.close()
}

async function bytesOf(path: string): Promise<number> {
  const found = await stat(path)
  if (!found.isDirectory()) return found.size
  const inside = await Promise.all((await readdir(path)).map((name) => bytesOf(join(path, name))))
  return inside.reduce((sum, bytes) => sum + bytes, 0)
}

interface Measured {
  readonly kind: 'plain' | 'sealed'
  readonly directory: string
  /** Options of V8. */
  readonly flags?: readonly string[]
}

/** What a process takes that opens the database of this directory and does nothing else. */
async function memoryOnce({ kind, directory, flags = [] }: Measured): Promise<number> {
  const child = fork(new URL('memory-child.ts', import.meta.url), [kind, directory], {
    execArgv: ['--conditions=@selene/source', '--expose-gc', ...flags],
  })
  const ended = once(child, 'exit')
  const [said] = (await once(child, 'message')) as [number]
  await ended
  return said
}

/** The same, in the middle of several processes: what V8 keeps of compiled code differs by a hundred megabytes. */
async function memoryOf(measured: Measured): Promise<number> {
  const taken: number[] = []
  for (let i = 0; i < memoryRuns; i++) taken.push(await memoryOnce(measured))
  return median(taken)
}

/** V8's optimising compiler takes 150 to 250 MB for Postgres' code, whatever lies below it. */
const unoptimised = 'the same, no code optimised'

/** Ratios wanted. */
const most: Readonly<Record<string, number>> = {
  'warm open': 1.15,
  '10,000 inserts, one transaction': 1.1,
  '500 inserts, each a commit': 2,
  '500 inserts, each a commit, relaxed': 1.2,
  '500 inserts, each a commit, plain flushed too': 1.5,
  '1,000 point reads': 1.05,
  'scan of 10,000 rows, cached': 1.05,
  'scan of 50,000 rows after reopening': 1.6,
  'memory after opening': 0.7,
}

const sizes = ['fresh files', 'files in the end', 'memory after opening', unoptimised]

function compared(name: string, plain: number, sealed: number): Figure {
  const bar = most[name]
  return figure({
    name,
    value: sealed,
    unit: sizes.includes(name) ? 'bytes' : 'ms',
    against: plain,
    ...(bar !== undefined && { bar: { of: 'ratio', most: bar } }),
  })
}

/** The store as an app opens it, new, from the image that is shipped; without deriving a key. */
async function openFromImage(directory: string): Promise<number> {
  const path = join(directory, 'new')
  const safe = await openSafe({ platform: nodePlatform({ directory: path, image: storeImage }) })
  const start = performance.now()
  await safe.create({ platformOnly: true })
  const ms = performance.now() - start
  await safe.close()
  await rm(path, { recursive: true })
  return ms
}

interface Rounds {
  readonly plain: Taken
  readonly strict: Taken
  readonly relaxed: Taken
  readonly synced: Taken
  /** Milliseconds of flushing in each use of the strict store. */
  readonly flushed: number[]
  /** Milliseconds of first openings from the image. */
  readonly opened: number[]
}

async function runRound(directory: string, number: number, rounds: Rounds): Promise<void> {
  const { plain, strict, relaxed, synced, flushed, opened } = rounds
  let flushMs = 0
  const kinds: [Kind, Taken][] = [
    [plainKind, plain],
    [sealedKind('strict', (ms) => void (flushMs += ms)), strict],
  ]
  for (const [kind, taken] of kinds) {
    await rm(fileOf(kind, directory), { recursive: true, force: true })
    await writing(kind, directory, taken)
  }
  for (const turn of [1, 2]) {
    const base = 200_000 * (turn + 2 * number)
    flushMs = 0
    for (const [kind, taken] of kinds) await useDatabase(() => open(kind, directory), taken, base)
    flushed.push(flushMs)
    await useDatabase(() => open(sealedKind('relaxed'), directory), relaxed, base + 100_000)
    await commitSynced(directory, synced, base + 150_000)
  }
  opened.push(await openFromImage(directory))
}

async function figuresOf(directory: string, rounds: Rounds): Promise<Figure[]> {
  const { plain, strict, relaxed, synced, flushed, opened } = rounds
  const plainCommits = median(plain.get(commits)!)
  const strictCommits = median(strict.get(commits)!)
  const flags = ['--liftoff-only']
  const [a, b] = [
    await memoryOf({ kind: 'plain', directory }),
    await memoryOf({ kind: 'sealed', directory }),
  ]
  const [c, d] = [
    await memoryOf({ kind: 'plain', directory, flags }),
    await memoryOf({ kind: 'sealed', directory, flags }),
  ]
  return [
    ...[...plain].map(([name, list]) => compared(name, median(list), median(strict.get(name)!))),
    compared(`${commits}, relaxed`, plainCommits, median(relaxed.get(commits)!)),
    // What a store that is durable costs anyway: a process that waits for its disk runs slower between, too.
    compared(`${commits}, plain flushed too`, median(synced.get(commits)!), strictCommits),
    compared('500 inserts, without flushes', plainCommits, strictCommits - median(flushed)),
    figure({
      name: 'first open from the image',
      value: median(opened),
      unit: 'ms',
      bar: { of: 'value', most: firstOpenMs },
    }),
    compared(
      'files in the end',
      await bytesOf(fileOf(plainKind, directory)),
      await bytesOf(join(directory, 'sealed.pack')),
    ),
    compared('memory after opening', a, b),
    compared(unoptimised, c, d),
  ]
}

const fresh = (): Rounds => ({
  plain: new Map(),
  strict: new Map(),
  relaxed: new Map(),
  synced: new Map(),
  flushed: [],
  opened: [],
})

/** @param count How many rounds count. */
export async function compareStores(
  count: number,
  progress: (done: string) => void,
): Promise<Figure[]> {
  const directory = await mkdtemp(join(tmpdir(), 'selene-compare-'))
  try {
    await runRound(directory, 0, fresh())
    const rounds = fresh()
    for (let number = 1; number <= count; number++) {
      await runRound(directory, number, rounds)
      progress(`round ${number} of ${count}`)
    }
    return await figuresOf(directory, rounds)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
