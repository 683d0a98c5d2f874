/**
 * A device in IndexedDB, for browsers and pages without synchronous files: all of it in memory, and each time it settles
 * what has changed goes to the disk in one transaction. So what is found is the device as it was at one moment, whole.
 *
 * A page that was frozen and another one that took over meanwhile do not mix: each opener writes its mark, and one
 * that finds another's there stores nothing any more.
 */
import { completed, settled } from './browser-database.ts'
import type { StoreDevice } from './files.ts'
import { faultError } from './sealed/fault.ts'
import { memoryDevice } from './sealed/memory-device.ts'

export const deviceTable = 'chunks'
const chunkBytes = 8192
/** Keys of chunks; those of the other entries are texts. */
const chunksFrom = (index: number): IDBKeyRange => IDBKeyRange.bound(index, Infinity)

/** Chunks by their number, and beside them the size and the opener's mark. */
async function load(database: IDBDatabase, mark: string): Promise<Uint8Array> {
  const transaction = database.transaction(deviceTable, 'readwrite', { durability: 'strict' })
  const table = transaction.objectStore(deviceTable)
  const [size, keys, chunks] = await Promise.all([
    settled<unknown>(table.get('size')),
    settled(table.getAllKeys(chunksFrom(0))),
    settled<Uint8Array[]>(table.getAll(chunksFrom(0))),
    settled(table.put(mark, 'opener')),
  ])
  await completed(transaction)
  const bytes = new Uint8Array(typeof size === 'number' ? size : 0)
  for (const [i, key] of keys.entries()) {
    const at = Number(key) * chunkBytes
    bytes.set(chunks[i]!.subarray(0, Math.max(0, bytes.length - at)), at)
  }
  return bytes
}

interface Snapshot {
  readonly size: number
  readonly chunks: readonly { readonly index: number; readonly bytes: Uint8Array }[]
}

async function store(database: IDBDatabase, mark: string, snapshot: Snapshot): Promise<void> {
  const transaction = database.transaction(deviceTable, 'readwrite', { durability: 'strict' })
  const done = completed(transaction)
  const table = transaction.objectStore(deviceTable)
  const opener = table.get('opener')
  opener.addEventListener('success', () => {
    if (opener.result !== mark) return transaction.abort()
    for (const { index, bytes } of snapshot.chunks) table.put(bytes, index)
    table.put(snapshot.size, 'size')
    table.delete(chunksFrom(Math.ceil(snapshot.size / chunkBytes)))
  })
  await done
}

const isFull = (cause: unknown): boolean =>
  cause instanceof DOMException && cause.name === 'QuotaExceededError'

/** @param database With the table {@link deviceTable}; closing the device closes it, once all is stored. */
export async function indexedDbDevice(database: IDBDatabase): Promise<StoreDevice> {
  const mark = crypto.randomUUID()
  const memory = memoryDevice(await load(database, mark))
  const changed = new Set<number>()
  let storedSize = memory.size()
  let storing: Promise<void> = Promise.resolve()
  let hasFailed = false
  let isClosed = false

  function alive(): void {
    if (hasFailed || isClosed) throw faultError('io')
  }
  function touch(from: number, to: number): void {
    for (let index = Math.floor(from / chunkBytes); index * chunkBytes < to; index++)
      changed.add(index)
  }
  function takeSnapshot(): Snapshot | undefined {
    const size = memory.size()
    if (changed.size === 0 && size === storedSize) return undefined
    const chunks = [...changed]
      .filter((index) => index * chunkBytes < size)
      .map((index) => {
        const bytes = new Uint8Array(Math.min(chunkBytes, size - index * chunkBytes))
        memory.read(index * chunkBytes, bytes)
        return { index, bytes }
      })
    changed.clear()
    storedSize = size
    return { size, chunks }
  }

  async function settle(): Promise<void> {
    if (hasFailed) throw faultError('io')
    const snapshot = takeSnapshot()
    if (!snapshot) return
    try {
      await store(database, mark, snapshot)
    } catch (cause) {
      // What was said to be stored is not: nothing may be built on it.
      hasFailed = true
      throw faultError(isFull(cause) ? 'full' : 'io', cause)
    }
  }

  return {
    read: memory.read,
    size: memory.size,
    write(at, bytes) {
      alive()
      touch(Math.min(at, memory.size()), at + bytes.length)
      memory.write(at, bytes)
    },
    truncate(bytes) {
      alive()
      touch(Math.min(bytes, memory.size()), Math.max(bytes, memory.size()))
      memory.truncate(bytes)
    },
    flush: alive,
    settled() {
      storing = storing.catch(() => {}).then(settle)
      return storing
    },
    close() {
      if (isClosed) return
      isClosed = true
      storing = storing
        .catch(() => {})
        .then(settle)
        .finally(() => database.close())
      storing.catch(() => {})
    },
  }
}
