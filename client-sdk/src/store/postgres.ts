/** Postgres on a sealed pack: its settings, when it counts as durable, and that nothing of it stays in memory. */
import { PGlite, types, type PGliteOptions } from '@electric-sql/pglite'
import { Problem } from '@selene/shapes'
import { keepPlans } from '@selene/shapes/kept-plans'
import type { StoreDevice } from './files.ts'
import type { Pack } from './sealed/pack.ts'
import { sealedFs, type Durability } from './sealed/sealed-fs.ts'

const bufferKilobytes = 16 * 1024

const settings = {
  shared_buffers: `${bufferKilobytes}kB`,
  // With these Postgres syncs its log at each commit.
  fsync: 'on',
  wal_sync_method: 'fsync',
  // The pack never shows half a page (sealed/STORE.md, B2), so the log needs no whole ones.
  full_page_writes: 'off',
  // An old segment of the log is better given back than kept for the next.
  wal_recycle: 'off',
  wal_init_zero: 'off',
  min_wal_size: '2MB',
}

/** What every store is made and opened with; images are baked with the same. */
export const postgresOptions = {
  startParams: [
    // `-F` would switch fsync off.
    ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ],
  initDbStartParams: ['--wal-segsize=1'],
  parsers: { [types.DATE]: (text: string) => text },
} satisfies PGliteOptions

export interface PostgresParts {
  readonly pack: Pack
  readonly device: StoreDevice
  readonly durability: Durability
}

export interface Postgres {
  readonly pg: PGlite
  /** In relaxed mode: makes durable what waits. @throws fault io, closed */
  flush(): Promise<void>
  /** Closes pack and device, and wipes the database's memory, which held pages in clear. */
  close(): Promise<void>
}

async function closeAndWipe(pg: PGlite): Promise<void> {
  const { Module: memory } = pg
  try {
    await pg.close()
  } finally {
    memory.HEAPU8.fill(0)
  }
}

const isEnded = (error: unknown): boolean =>
  error instanceof Error &&
  (error.name === 'ExitStatus' ||
    error instanceof WebAssembly.RuntimeError ||
    error.message.includes('failed to initialize'))

/** Why Postgres did not start. It says so in its log alone, which nobody reads; the pack knows what it could not do for it. */
function startProblem(pack: Pack, error: unknown): unknown {
  if (!isEnded(error)) return error
  if (pack.hasFailed) return new Problem('store/failed', { cause: error })
  return new Problem(pack.space().isLow ? 'store/full' : 'store/damaged', { cause: error })
}

/**
 * Starts Postgres; a pack without a database gets one.
 * @throws Problem store/damaged, store/full, store/failed, or what PGlite throws; the pack is closed then.
 */
export async function openPostgres({ pack, device, durability }: PostgresParts): Promise<Postgres> {
  const { filesystem, flush } = sealedFs(pack, durability)
  const sync = filesystem.syncToFs.bind(filesystem)
  const close = filesystem.closeFs.bind(filesystem)
  filesystem.syncToFs = async () => {
    await sync()
    if (durability === 'strict') await device.settled?.()
  }
  filesystem.closeFs = async () => {
    await close()
    await device.settled?.()
  }
  const pg = new PGlite({ ...postgresOptions, fs: filesystem })
  try {
    await pg.waitReady
  } catch (error) {
    const problem = startProblem(pack, error)
    pack.close()
    throw problem
  }
  keepPlans(pg)
  return {
    pg,
    async flush() {
      flush()
      await device.settled?.()
    },
    close: () => closeAndWipe(pg),
  }
}
