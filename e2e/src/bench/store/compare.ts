/**
 * The sealed store beside plain PGlite on a directory, in one process and in turns: what sealing costs. Medians of
 * rounds; the first round warms up and does not count.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PGlite } from '@electric-sql/pglite'
import { openSafe } from '@selene/client-sdk'
import { nodePlatform } from '@selene/client-sdk/node'
import { storeImage } from '../../core/store-image.ts'
import { figure, type Figure } from '../report.ts'
import { commitSynced, flushBare } from './flushes.ts'
import { fileOf, open, plainKind, sealedKind, type Kind } from './kinds.ts'
import { commits, fillDatabase, median, take, useDatabase, type Taken } from './workload.ts'

const memoryRuns = 7
const firstOpenMs = 1200

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
  readonly bare: Taken
  /** Milliseconds of flushing in each use of the strict store. */
  readonly flushed: number[]
  /** Milliseconds of first openings from the image. */
  readonly opened: number[]
}

async function runRound(directory: string, number: number, rounds: Rounds): Promise<void> {
  const { plain, strict, relaxed, synced, bare, flushed, opened } = rounds
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
    await flushBare(directory, bare)
  }
  opened.push(await openFromImage(directory))
}

async function figuresOf(directory: string, rounds: Rounds): Promise<Figure[]> {
  const { plain, strict, relaxed, synced, bare, flushed, opened } = rounds
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
    // Nothing that is durable can be below this: what Postgres does, and a page written and flushed.
    compared(
      'plain commits and bare flushes',
      plainCommits,
      plainCommits + median(bare.get(commits)!),
    ),
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
  bare: new Map(),
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
