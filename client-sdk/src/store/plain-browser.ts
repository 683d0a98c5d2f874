/** Databases of versions that did not seal them, in a browser: files of OPFS as PGlite's `opfs-ahp` keeps them, or IndexedDB. */
import { deleteDatabase, settled } from './browser-database.ts'
import type { DatabaseEntry, PlainStore } from './files.ts'
import { isNamed, removeEntry } from './opfs.ts'

interface PooledFile {
  readonly type: 'file'
  readonly backingFilename: string
}
interface PooledDirectory {
  readonly type: 'directory'
  readonly children: Readonly<Record<string, PooledFile | PooledDirectory>>
}

type Place = Readonly<{ path: string; file?: string }>

/** Parents before what is in them. */
function* walk(directory: PooledDirectory, above = ''): Generator<Place> {
  for (const [name, node] of Object.entries(directory.children)) {
    const path = `${above}${name}`
    if (node.type === 'file') yield { path, file: node.backingFilename }
    else {
      yield { path }
      yield* walk(node, `${path}/`)
    }
  }
}

/** Which pooled file holds which of Postgres' files, as PGlite itself reads its list. */
async function pooledFiles(name: string): Promise<PooledDirectory> {
  const { OpfsAhpFS } = await import('@electric-sql/pglite/opfs-ahp')
  const pool = new OpfsAhpFS(name)
  // It wants a database only to take leave of it.
  const nobody = { Module: { FS: { quit() {} } } }
  await pool.init(nobody as unknown as Parameters<typeof pool.init>[0], {})
  const { root } = pool.state
  await pool.closeFs()
  return root
}

const leftovers = new Set(['postmaster.pid', 'postmaster.opts'])

export function plainOpfs(name: string): PlainStore {
  async function directory(): Promise<FileSystemDirectoryHandle | undefined> {
    try {
      return await (await navigator.storage.getDirectory()).getDirectoryHandle(name)
    } catch (error) {
      if (isNamed(error, 'NotFoundError')) return undefined
      throw error
    }
  }
  return {
    async exists() {
      const found = await directory()
      if (!found) return false
      try {
        const state = await (await found.getFileHandle('state.txt')).getFile()
        return (await state.text()).includes('PG_VERSION')
      } catch (error) {
        if (isNamed(error, 'NotFoundError')) return false
        throw error
      }
    },
    async *entries(): AsyncGenerator<DatabaseEntry> {
      const pool = await (await directory())!.getDirectoryHandle('data')
      for (const { path, file } of walk(await pooledFiles(name))) {
        if (leftovers.has(path)) continue
        if (file === undefined) yield { path, kind: 'directory' }
        else {
          const blob = await (await pool.getFileHandle(file)).getFile()
          yield { path, kind: 'file', content: new Uint8Array(await blob.arrayBuffer()) }
        }
      }
    },
    async remove() {
      await removeEntry(await navigator.storage.getDirectory(), name)
    },
  }
}

const emscriptenTable = 'FILE_DATA'
const kindMask = 0o170000
const directoryKind = 0o040000

interface EmscriptenFile {
  readonly mode: number
  readonly contents?: Uint8Array
}

export function plainIndexedDb(name: string): PlainStore {
  const mountPoint = `/pglite/${name}`
  return {
    async exists() {
      // Where databases cannot be listed there is none of ours: those versions did not run there.
      const all = (await indexedDB.databases?.()) ?? []
      return all.some((database) => database.name === mountPoint)
    },
    async *entries(): AsyncGenerator<DatabaseEntry> {
      const database = await settled(indexedDB.open(mountPoint))
      try {
        const files = (): IDBObjectStore =>
          database.transaction(emscriptenTable).objectStore(emscriptenTable)
        const keys = await settled(files().getAllKeys())
        for (const key of keys.map(String).toSorted()) {
          const path = key.slice(mountPoint.length + 1)
          if (path === '' || leftovers.has(path)) continue
          const { mode, contents } = await settled<EmscriptenFile>(files().get(key))
          if ((mode & kindMask) === directoryKind) yield { path, kind: 'directory' }
          else yield { path, kind: 'file', content: new Uint8Array(contents ?? []) }
        }
      } finally {
        database.close()
      }
    },
    remove: () => deleteDatabase(mountPoint),
  }
}
