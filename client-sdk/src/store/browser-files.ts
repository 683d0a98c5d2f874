/** A browser's storage: OPFS in a dedicated worker, IndexedDB elsewhere. */
import { IdbFs } from '@electric-sql/pglite'
import { OpfsAhpFS } from '@electric-sql/pglite/opfs-ahp'
import { Problem } from '@selene/shapes'
import type { StoreFiles } from './files.ts'

/** Sync access handles exist in dedicated workers only. */
const hasOpfs = (): boolean =>
  typeof FileSystemFileHandle === 'function' &&
  'createSyncAccessHandle' in FileSystemFileHandle.prototype

/** Holds a lock of the origin until released. @throws Problem store/in-use when another tab has it. */
function takeLock(name: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(name, { ifAvailable: true }, (lock) => {
        if (!lock) return reject(new Problem('store/in-use'))
        return new Promise<void>((release) => resolve(() => release()))
      })
      .catch(reject)
  })
}

/** @param name Directory of the store within the origin. */
export function browserFiles(name: string): StoreFiles {
  const opfs = hasOpfs()
  return {
    kind: opfs ? 'opfs' : 'indexeddb',
    async open() {
      const release = await takeLock(`selene-store/${name}`)
      return {
        filesystem: opfs ? new OpfsAhpFS(name) : new IdbFs(name),
        release: async () => release(),
      }
    },
  }
}
