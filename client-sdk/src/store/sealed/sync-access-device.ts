/** A device on one OPFS file, through its sync access handle (File System Standard §2.6), in a dedicated worker. */
import type { BlockDevice } from './block-device.ts'
import { faultError } from './fault.ts'

/** What is used of a `FileSystemSyncAccessHandle`; the DOM library lacks it outside workers. */
export interface SyncAccessHandle {
  getSize(): number
  read(into: Uint8Array, options: { at: number }): number
  write(bytes: Uint8Array, options: { at: number }): number
  truncate(bytes: number): void
  flush(): void
  close(): void
}

const isFull = (cause: unknown): boolean =>
  typeof cause === 'object' &&
  cause !== null &&
  'name' in cause &&
  cause.name === 'QuotaExceededError'

function guarded<T>(work: () => T): T {
  try {
    return work()
  } catch (cause) {
    throw faultError(isFull(cause) ? 'full' : 'io', cause)
  }
}

/** The handle is the caller's exclusive lock; closing the device releases it. */
export const syncAccessDevice = (handle: SyncAccessHandle): BlockDevice => ({
  read: (at, into) => guarded(() => handle.read(into, { at })),
  write(at, bytes) {
    // Writing less than all without an error is how some systems say that there is no more room.
    if (guarded(() => handle.write(bytes, { at })) !== bytes.length) throw faultError('full')
  },
  flush: () => guarded(() => handle.flush()),
  size: () => guarded(() => handle.getSize()),
  truncate: (bytes) => guarded(() => handle.truncate(bytes)),
  close: () => handle.close(),
})
