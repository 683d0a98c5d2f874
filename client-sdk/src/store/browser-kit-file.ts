/**
 * A browser's kit: two slots in OPFS in a dedicated worker, in IndexedDB elsewhere and where OPFS fails,
 * sealed under a key that scripts of the page can use but not read out; in memory when there is neither.
 * Whoever can run scripts of this origin can open it.
 */
import { Problem } from '@selene/shapes'
import { openDatabase, readEntry, sealingKey, writeEntry } from './browser-database.ts'
import { takeLock } from './browser-lock.ts'
import type { KitFiles } from './kit-files.ts'
import { slottedKitFile, type KitSlot } from './kit-slots.ts'
import { hasSyncAccess, isNamed, openSyncAccess } from './opfs.ts'
import type { SyncAccessHandle } from './sealed/sync-access-device.ts'

const table = 'kit'

const databaseSlot = (database: IDBDatabase, name: string): KitSlot => ({
  async read() {
    const bytes = await readEntry(database, { table, key: name })
    return bytes instanceof Uint8Array ? bytes : new Uint8Array(0)
  },
  write: (bytes) => writeEntry(database, { table, key: name }, bytes),
})

const fileSlot = (handle: SyncAccessHandle): KitSlot => ({
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
  keepAside: (bytes) =>
    writeEntry(database, { table, key: `damaged-${crypto.randomUUID()}` }, bytes),
  close: () => {},
})

async function openInFiles(name: string): Promise<Opened> {
  const directory = await (
    await navigator.storage.getDirectory()
  ).getDirectoryHandle(name, { create: true })
  const open = (file: string): Promise<SyncAccessHandle> => openSyncAccess(directory, file)
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
    // Another has the files, and goes on having them.
    if (isNamed(cause, 'NoModificationAllowedError')) throw new Problem('store/in-use', { cause })
    return openInDatabase(database)
  }
}

/** @param name Of the kit within the origin: a directory of OPFS and a database. */
export function browserKitFile(name: string): KitFiles {
  return slottedKitFile(async () => {
    const unlock = await takeLock(`selene-sos/${name}`)
    try {
      const database = await openDatabase(`${name}-sos`, table)
      const key = await sealingKey(database, { table, key: 'key' })
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
