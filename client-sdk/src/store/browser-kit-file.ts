/**
 * A browser's kit: two slots in OPFS in a dedicated worker, in IndexedDB elsewhere and where OPFS fails,
 * sealed under a key that scripts of the page can use but not read out; in memory when there is neither.
 * Whoever can run scripts of this origin can open it.
 */
import { Problem } from '@selene/shapes'
import type { KitFiles } from './kit-files.ts'
import { slottedKitFile, type KitSlot } from './kit-slots.ts'

/** A page that is reloaded lets go of the kit within a moment. */
const longestWaitMs = 3_000
const hasSyncAccess = (): boolean =>
  typeof FileSystemFileHandle === 'function' &&
  'createSyncAccessHandle' in FileSystemFileHandle.prototype

const isNamed = (cause: unknown, name: string): boolean =>
  cause instanceof DOMException && cause.name === name

/** Holds a lock of the origin until released. @throws Problem store/in-use when another holds on to it. */
function takeLock(name: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(name, { signal: AbortSignal.timeout(longestWaitMs) }, () => {
        return new Promise<void>((release) => resolve(() => release()))
      })
      .catch((cause: unknown) => {
        const isHeld = isNamed(cause, 'TimeoutError') || isNamed(cause, 'AbortError')
        reject(isHeld ? new Problem('store/in-use', { cause }) : cause)
      })
  })
}

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error!))
  })

const table = 'kit'

function openDatabase(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1)
  request.addEventListener('upgradeneeded', () => request.result.createObjectStore(table))
  return settled(request)
}

const readEntry = (database: IDBDatabase, key: string): Promise<unknown> =>
  settled<unknown>(database.transaction(table).objectStore(table).get(key))

/** Resolved = on the disk. */
function writeEntry(database: IDBDatabase, key: string, value: unknown): Promise<void> {
  const transaction = database.transaction(table, 'readwrite', { durability: 'strict' })
  transaction.objectStore(table).put(value, key)
  return new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve())
    transaction.addEventListener('abort', () => reject(transaction.error!))
  })
}

/** The key of this browser's kit, made at first use; it never leaves the browser. */
async function keyOf(database: IDBDatabase): Promise<CryptoKey> {
  const stored = await readEntry(database, 'key')
  if (stored instanceof CryptoKey) return stored
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ])
  await writeEntry(database, 'key', made)
  return made
}

const databaseSlot = (database: IDBDatabase, name: string): KitSlot => ({
  async read() {
    const bytes = await readEntry(database, name)
    return bytes instanceof Uint8Array ? bytes : new Uint8Array(0)
  },
  write: (bytes) => writeEntry(database, name, bytes),
})

/** What workers have beyond the files of the DOM library (File System Standard §2.6). */
interface SyncAccess {
  getSize(): number
  read(bytes: Uint8Array, options: { at: number }): number
  write(bytes: Uint8Array, options: { at: number }): number
  truncate(size: number): void
  flush(): void
  close(): void
}
interface SyncAccessible {
  createSyncAccessHandle(): Promise<SyncAccess>
}

const fileSlot = (handle: SyncAccess): KitSlot => ({
  async read() {
    const bytes = new Uint8Array(handle.getSize())
    handle.read(bytes, { at: 0 })
    return bytes
  },
  async write(bytes) {
    handle.truncate(0)
    if (handle.write(bytes, { at: 0 }) !== bytes.length)
      throw new Error('the file system took less than all')
    handle.flush()
  },
})

interface Opened {
  readonly slots: readonly [KitSlot, KitSlot]
  keepAside(bytes: Uint8Array): Promise<void>
  close(): void
}

const openInDatabase = (database: IDBDatabase): Opened => ({
  slots: [databaseSlot(database, 'slot-0'), databaseSlot(database, 'slot-1')],
  keepAside: (bytes) => writeEntry(database, `damaged-${crypto.randomUUID()}`, bytes),
  close: () => {},
})

async function openInFiles(name: string): Promise<Opened> {
  const directory = await (
    await navigator.storage.getDirectory()
  ).getDirectoryHandle(name, { create: true })
  const open = async (file: string): Promise<SyncAccess> => {
    const handle: unknown = await directory.getFileHandle(file, { create: true })
    return (handle as SyncAccessible).createSyncAccessHandle()
  }
  const first = await open('slot-0')
  const second = await open('slot-1').catch((error: unknown) => {
    first.close()
    throw error
  })
  return {
    slots: [fileSlot(first), fileSlot(second)],
    async keepAside(bytes) {
      const aside = await open(`damaged-${crypto.randomUUID()}`)
      await fileSlot(aside).write(bytes)
      aside.close()
    },
    close() {
      first.close()
      second.close()
    },
  }
}

/** In files where there are any that work. @throws Problem store/in-use when a worker still holds them. */
async function openSlots(name: string, database: IDBDatabase): Promise<Opened> {
  if (!hasSyncAccess()) return openInDatabase(database)
  try {
    return await openInFiles(name)
  } catch (cause) {
    // A worker that is just ending may still hold the files.
    if (isNamed(cause, 'NoModificationAllowedError')) throw new Problem('store/in-use', { cause })
    return openInDatabase(database)
  }
}

/** @param name Of the kit within the origin: a directory of OPFS and a database. */
export function browserKitFile(name: string): KitFiles {
  return slottedKitFile(async () => {
    const unlock = await takeLock(`selene-sos/${name}`)
    try {
      const database = await openDatabase(`${name}-sos`)
      const key = await keyOf(database)
      const { slots, keepAside, close } = await openSlots(`${name}-sos`, database)
      return {
        slots,
        key,
        keepAside,
        async release() {
          close()
          database.close()
          unlock()
        },
      }
    } catch (error) {
      unlock()
      throw error
    }
  })
}
