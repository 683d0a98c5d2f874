/**
 * PGlite's files in a pack. A commit of Postgres is durable when it resolves, in `transaction()` too: the pack commits from
 * Postgres' own sync of its log (B3), which belongs to the statement, and not from PGlite's `syncToFs`, which comes later
 * or not at all.
 *
 * Postgres must be started without `-F`, with `fsync=on` and `wal_sync_method=fsync`.
 */
import type { PGlite } from '@electric-sql/pglite'
import { EmscriptenBuiltinFilesystem } from '@electric-sql/pglite/basefs'
import { createEmscriptenFs, type EmscriptenFs } from './emscripten-fs.ts'
import { faultError } from './fault.ts'
import type { FileNode } from './file-node.ts'
import type { Pack } from './pack.ts'

/** `relaxed`: commits wait for each other, until `flush` is called or there are many (B3). */
export type Durability = 'strict' | 'relaxed'

/** So many commits wait at most. */
const mostWaiting = 256

export interface SealedFs {
  readonly filesystem: EmscriptenBuiltinFilesystem
  /** Makes durable what waits; to be called by a timer. @throws fault io, closed */
  flush(): void
}

interface Module {
  readonly FS: EmscriptenFs & {
    mkdirTree(path: string): void
    mount(type: object, options: object, path: string): void
  }
}

/** PGlite's data directory. */
const dataDirectory = '/pglite/data'
const logDirectory = 'pg_wal'
const relationsDirectory = 'base'

/** Tables and indexes of databases are promised room; the log and what is small are not, and live from the reserve (B10). */
export function isRelation(file: FileNode): boolean {
  let node = file
  while (node.parent?.parent) node = node.parent
  return node.name === relationsDirectory
}

const isLog = ({ parent, children }: FileNode): boolean =>
  children === undefined &&
  parent?.name === logDirectory &&
  parent.parent !== undefined &&
  parent.parent.parent === undefined

/** Makes PGlite refuse instead of looping for ever over a Postgres that has ended (B20). */
function refuseAfter(pg: PGlite, error: unknown): void {
  Object.assign(pg, {
    execProtocolRawSync() {
      throw faultError('closed', error)
    },
  })
}

/**
 * Closing PGlite closes the pack. When PGlite does not start, the pack is the caller's to `abandon`.
 * @param pack Opened with {@link isRelation} as `isPromised`.
 */
export function sealedFs(pack: Pack, durability: Durability = 'strict'): SealedFs {
  let waiting = 0
  const filesystem = new EmscriptenBuiltinFilesystem()
  let database: PGlite | undefined
  // A directory that is being made is not there before it is whole.
  if (!pack.root.children?.has('PG_VERSION')) pack.hold()

  function flush(): void {
    waiting = 0
    try {
      pack.commit()
    } catch (error) {
      if (database) refuseAfter(database, error)
      throw error
    }
  }
  function sync(file: FileNode): void {
    if (!isLog(file)) return
    waiting += 1
    if (durability === 'strict' || waiting >= mostWaiting) flush()
  }

  const init = filesystem.init.bind(filesystem)
  filesystem.init = async (pg, given) => {
    database = pg
    const { emscriptenOpts } = await init(pg, given)
    const before = emscriptenOpts.preRun ?? []
    const preRun = [
      ...(Array.isArray(before) ? before : [before]),
      (module: object) => {
        const { FS: fs } = module as Module
        fs.mkdirTree(dataDirectory)
        fs.mount(createEmscriptenFs(fs, pack, sync), {}, dataDirectory)
      },
    ]
    return { emscriptenOpts: { ...emscriptenOpts, preRun } }
  }
  filesystem.syncToFs = async () => {
    if (pack.isHeld) flush()
  }
  filesystem.closeFs = async () => pack.close()

  return {
    filesystem,
    flush() {
      if (waiting > 0) flush()
    },
  }
}
