/** The stores that are compared in Node. */
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import { databaseOptions, openSealedPack } from '../../store/sealed-database.ts'
import {
  fileDevice,
  loadBlockAead,
  nodeChachaPoly,
  sealedFs,
  type BlockDevice,
  type Durability,
} from '../../store/sealed.ts'

export interface Kind {
  /** A file system for the next opening of the database in this directory. */
  filesystem(directory: string): Promise<NodeFS | Awaited<ReturnType<typeof sealed>>>
  readonly options: ReturnType<typeof databaseOptions>
}

const dataKey = new Uint8Array(32).fill(0x7e)
const aead = loadBlockAead(nodeChachaPoly)

// Plain PGlite switches syncing off; only the size of its memory is made the same.
export const plainKind: Kind = {
  filesystem: async (directory) => new NodeFS(join(directory, 'plain')),
  options: {
    startParams: [...PGlite.defaultStartParams, '-c', 'shared_buffers=16384kB'],
    initDbStartParams: ['--wal-segsize=1'],
  },
}

async function sealed(path: string, durability: Durability, flushes?: (ms: number) => void) {
  const pack = await openSealedPack(timed(fileDevice(path), flushes), {
    dataKey,
    aead: await aead,
  })
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

export const sealedKind = (durability: Durability, flushes?: (ms: number) => void): Kind => ({
  filesystem: (directory) => sealed(join(directory, 'sealed.pack'), durability, flushes),
  options: databaseOptions(),
})

export async function open(kind: Kind, directory: string): Promise<PGlite> {
  const pg = new PGlite({ ...kind.options, fs: await kind.filesystem(directory) })
  await pg.waitReady
  return pg
}

export const fileOf = (kind: Kind, directory: string): string =>
  join(directory, kind === plainKind ? 'plain' : 'sealed.pack')
