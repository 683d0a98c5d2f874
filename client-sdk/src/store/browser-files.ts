/**
 * A browser's storage for the store: one file of OPFS in a dedicated worker; IndexedDB where there are no synchronous
 * files. Once it is in one of them it stays there: a place that fails one day must not look like an empty store.
 */
import { Problem } from '@selene/shapes'
import { lazily } from '../core/lazily.ts'
import { deleteDatabase, openDatabase, readEntry, writeEntry } from './browser-database.ts'
import { takeLock } from './browser-lock.ts'
import { askToPersist, browserSurroundings } from './browser-surroundings.ts'
import type { OpenFiles, PlainStore, StoreDevice, StoreFiles } from './files.ts'
import { hasSyncAccess, isNamed, openSyncAccess, removeEntry } from './opfs.ts'
import { plainIndexedDb, plainOpfs } from './plain-browser.ts'
import { syncAccessDevice } from './sealed/sync-access-device.ts'

type Place = 'opfs' | 'indexeddb'

const placeEntry = { table: 'place', key: 'place' }
const fileName = 'store.selene'

const refusals = ['SecurityError', 'NotAllowedError', 'InvalidStateError', 'UnknownError']

/** What the browser says to opening, as a problem where it is one for the app. */
function refusal(cause: unknown): unknown {
  if (isNamed(cause, 'NoModificationAllowedError')) return new Problem('store/in-use', { cause })
  if (isNamed(cause, 'QuotaExceededError')) return new Problem('store/full', { cause })
  if (refusals.some((name) => isNamed(cause, name)))
    return new Problem('store/not-permitted', { cause })
  return cause
}

async function asking<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw refusal(error)
  }
}

interface Placed {
  openDevice(): Promise<StoreDevice>
  remove(): Promise<void>
}

function inOpfs(name: string): Placed {
  const folder = `${name}-store`
  return {
    async openDevice() {
      const root = await navigator.storage.getDirectory()
      const directory = await root.getDirectoryHandle(folder, { create: true })
      return syncAccessDevice(await openSyncAccess(directory, fileName))
    },
    async remove() {
      await removeEntry(await navigator.storage.getDirectory(), folder)
    },
  }
}

/** Few browsers need it. */
const devices = lazily(() => import('./indexeddb-device.ts'))

function inIndexedDb(name: string): Placed {
  const databaseName = `${name}-store`
  return {
    async openDevice() {
      const { deviceTable, indexedDbDevice } = await devices()
      return indexedDbDevice(await openDatabase(databaseName, deviceTable))
    },
    remove: () => deleteDatabase(databaseName),
  }
}

/** Where the store was put; `undefined` before there is one. */
async function withPlaces<T>(name: string, work: (places: IDBDatabase) => Promise<T>): Promise<T> {
  const database = await openDatabase(`${name}-place`, placeEntry.table)
  try {
    return await work(database)
  } finally {
    database.close()
  }
}

async function notedPlace(name: string): Promise<Place | undefined> {
  const noted = await withPlaces(name, (database) => readEntry(database, placeEntry))
  return noted === 'opfs' || noted === 'indexeddb' ? noted : undefined
}

const worksInOpfs = async (): Promise<boolean> => {
  try {
    await navigator.storage.getDirectory()
    return true
  } catch {
    return false
  }
}

/** @throws Problem store/not-permitted when it was put where it cannot be reached now */
async function choosePlace(name: string): Promise<Place> {
  const noted = await notedPlace(name)
  if (noted === 'indexeddb') return noted
  const isThere = hasSyncAccess() && (await worksInOpfs())
  if (noted === 'opfs' && !isThere)
    throw new Problem('store/not-permitted', { detail: 'it opens in a dedicated worker' })
  return isThere ? 'opfs' : 'indexeddb'
}

/** Notes the place with the first write: from then on there is something to lose. */
function noting(device: StoreDevice, note: () => Promise<void>): StoreDevice {
  let noted: Promise<void> | undefined
  return {
    ...device,
    write(at, bytes) {
      // What fails is tried again the next time that the store is opened.
      noted ??= note().catch(() => {})
      device.write(at, bytes)
    },
  }
}

/**
 * @param name Of the store within the origin.
 * @param image What a new store begins with, as {@link OpenFiles.image}.
 */
export const browserFiles = (name: string, image?: () => Promise<Blob>): StoreFiles => ({
  async open(): Promise<OpenFiles> {
    const release = await takeLock(`selene-store/${name}`)
    try {
      const kind = await asking(() => choosePlace(name))
      const placed = kind === 'opfs' ? inOpfs(name) : inIndexedDb(name)
      const plain: PlainStore = kind === 'opfs' ? plainOpfs(name) : plainIndexedDb(name)
      const note = (): Promise<void> =>
        withPlaces(name, (database) => writeEntry(database, placeEntry, kind))
      return {
        kind,
        openDevice: () => asking(async () => noting(await placed.openDevice(), note)),
        remove: () => asking(placed.remove),
        ...(image && { image }),
        plain,
        surroundings: browserSurroundings,
        ...(askToPersist && { persist: askToPersist }),
        release: async () => release(),
      }
    } catch (error) {
      release()
      throw error
    }
  },
})
