/**
 * The pack as a file system of Emscripten, which is what Postgres in PGlite calls. Names are looked up by Emscripten,
 * which keeps a node for each that was asked for; a node holds the pack's own.
 */
import { faultOf, type Fault } from './fault.ts'
import { isDirectory, type FileNode } from './file-node.ts'
import { blockBytes, blocksOf } from './layout.ts'
import type { Pack } from './pack.ts'

/** Numbers of errors as Emscripten counts them (WASI). */
const errnos: Record<Fault, number> = {
  full: 51,
  io: 29,
  damaged: 29,
  closed: 29,
  exists: 20,
  'not-directory': 54,
  'is-directory': 31,
  'not-empty': 55,
  'name-too-long': 37,
  'too-large': 22,
  'too-many-files': 51,
}
const invalid = 28
const missing = 44
const readWriteMask = 0o170000
const regularKind = 0o100000

/** A node of Emscripten's that stands for one of ours. */
export interface EmscriptenNode {
  readonly parent: EmscriptenNode
  readonly id: number
  name: string
  mode: number
  readonly rdev: number
  file: FileNode
  node_ops: object
  stream_ops: object
}

export interface EmscriptenStream {
  readonly node: EmscriptenNode
  readonly position: number
  readonly shared: { opens?: number }
}

/** What is used of Emscripten's `FS`. */
export interface EmscriptenFs {
  readonly ErrnoError: new (errno: number) => Error
  createNode(
    parent: EmscriptenNode | null,
    name: string,
    mode: number,
    rdev: number,
  ): EmscriptenNode
}

interface Attributes {
  readonly mode?: number
  readonly size?: number
  readonly atime?: number
  readonly mtime?: number
}

/** Emscripten hands its memory over as signed or unsigned bytes. */
const asBytes = (buffer: ArrayBufferView): Uint8Array =>
  buffer instanceof Uint8Array
    ? buffer
    : new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)

function statsOf(node: EmscriptenNode) {
  const { file } = node
  const time = new Date(file.changedMs)
  const size = file.children ? 4096 : file.size
  return {
    dev: 1,
    ino: node.id,
    mode: file.mode,
    nlink: 1,
    uid: 0,
    gid: 0,
    rdev: 0,
    size,
    atime: time,
    mtime: time,
    ctime: time,
    blksize: blockBytes,
    blocks: blocksOf(size),
  }
}

/** @param sync Is called when Postgres syncs a file or directory. */
export function createEmscriptenFs(fs: EmscriptenFs, pack: Pack, sync: (file: FileNode) => void) {
  const failure = (error: unknown): unknown => {
    const fault = faultOf(error)
    return fault ? new fs.ErrnoError(errnos[fault]) : error
  }
  /** Turns faults into errnos: anything else would be swallowed above, and the session would go on without its answer. */
  function guarded<T extends unknown[], R>(work: (...args: T) => R): (...args: T) => R {
    return (...args) => {
      try {
        return work(...args)
      } catch (error) {
        throw failure(error)
      }
    }
  }

  function nodeFor(parent: EmscriptenNode | null, name: string, file: FileNode): EmscriptenNode {
    const node = fs.createNode(parent, name, file.mode, 0)
    node.file = file
    node.node_ops = nodeOps
    node.stream_ops = streamOps
    return node
  }
  function childOf(parent: EmscriptenNode, name: string): FileNode {
    const file = parent.file.children?.get(name)
    if (!file) throw new fs.ErrnoError(missing)
    return file
  }

  const nodeOps = {
    getattr: statsOf,
    setattr: guarded((node: EmscriptenNode, { mode, size, atime, mtime }: Attributes) => {
      const { file } = node
      if (mode !== undefined) {
        pack.setMode(file, (file.mode & readWriteMask) | (mode & ~readWriteMask))
        node.mode = file.mode
      }
      if (size !== undefined) pack.resize(file, size)
      const time = mtime ?? atime
      if (time !== undefined) pack.setTime(file, time)
    }),
    lookup: (parent: EmscriptenNode, name: string) => nodeFor(parent, name, childOf(parent, name)),
    mknod: guarded((parent: EmscriptenNode, name: string, mode: number) => {
      if (!isDirectory(mode) && (mode & readWriteMask) !== regularKind)
        throw new fs.ErrnoError(invalid)
      return nodeFor(parent, name, pack.create(parent.file, name, mode))
    }),
    rename: guarded((node: EmscriptenNode, parent: EmscriptenNode, name: string) => {
      pack.rename(node.file, parent.file, name)
      node.name = name
    }),
    unlink: guarded((parent: EmscriptenNode, name: string) => pack.remove(childOf(parent, name))),
    rmdir: guarded((parent: EmscriptenNode, name: string) => pack.remove(childOf(parent, name))),
    readdir: (node: EmscriptenNode) => ['.', '..', ...(node.file.children?.keys() ?? [])],
  }

  const streamOps = {
    open({ node, shared }: EmscriptenStream) {
      shared.opens = 1
      pack.opened(node.file)
    },
    dup({ shared }: EmscriptenStream) {
      shared.opens = (shared.opens ?? 0) + 1
    },
    close: guarded(({ node, shared }: EmscriptenStream) => {
      shared.opens = (shared.opens ?? 1) - 1
      if (shared.opens === 0) pack.closed(node.file)
    }),
    // Emscripten calls these with five arguments.
    read: guarded((...args: [EmscriptenStream, ArrayBufferView, number, number, number]) => {
      const [{ node }, buffer, offset, length, position] = args
      return pack.read(node.file, { bytes: asBytes(buffer), offset, length }, position)
    }),
    write: guarded((...args: [EmscriptenStream, ArrayBufferView, number, number, number]) => {
      const [{ node }, buffer, offset, length, position] = args
      pack.write(node.file, { bytes: asBytes(buffer), offset, length }, position)
      return length
    }),
    llseek({ node, position }: EmscriptenStream, offset: number, whence: number) {
      const from = [0, position, node.file.size][whence] ?? 0
      if (from + offset < 0) throw new fs.ErrnoError(invalid)
      return from + offset
    },
    fsync: guarded(({ node }: EmscriptenStream) => {
      sync(node.file)
      return 0
    }),
  }

  return { mount: () => nodeFor(null, '/', pack.root) }
}
