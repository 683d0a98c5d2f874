/**
 * PGlite's directory file system, with the fsync that it lacks: Postgres calls it once for each commit,
 * so what a commit has acknowledged survives a power failure.
 */
import { closeSync, fsyncSync, openSync } from 'node:fs'
import { NodeFS } from '@electric-sql/pglite/nodefs'

interface NodeStream {
  /** Absent for directories. */
  readonly nfd?: number
  readonly node: object
}
interface EmscriptenNodeFs {
  readonly stream_ops: { fsync?: (stream: NodeStream) => void }
  realPath(node: object): string
}

type SyncFile = (descriptor: number) => void

function addFsync(module: object, sync: SyncFile): void {
  const nodeFs = (module as { NODEFS: EmscriptenNodeFs }).NODEFS
  nodeFs.stream_ops.fsync = ({ nfd, node }) => {
    if (nfd !== undefined) return sync(nfd)
    // A directory: its entries are durable once it is synced itself.
    const directory = openSync(nodeFs.realPath(node), 'r')
    try {
      sync(directory)
    } finally {
      closeSync(directory)
    }
  }
}

/** @param sync Makes a file's bytes durable; Node's own unless told. */
export function durableNodeFs(directory: string, sync: SyncFile = fsyncSync): NodeFS {
  const filesystem = new NodeFS(directory)
  const init = filesystem.init.bind(filesystem)
  filesystem.init = async (pg, given) => {
    const { emscriptenOpts } = await init(pg, given)
    const mounting = emscriptenOpts.preRun ?? []
    const preRun = [
      ...(Array.isArray(mounting) ? mounting : [mounting]),
      (module: object) => addFsync(module, sync),
    ]
    return { emscriptenOpts: { ...emscriptenOpts, preRun } }
  }
  return filesystem
}
