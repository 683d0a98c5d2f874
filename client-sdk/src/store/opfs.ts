/** The origin private file system (File System Standard), as far as it is needed here. */
import type { SyncAccessHandle } from './sealed/sync-access-device.ts'

/** Sync access handles exist in dedicated workers only. */
export const hasSyncAccess = (): boolean =>
  typeof FileSystemFileHandle === 'function' &&
  'createSyncAccessHandle' in FileSystemFileHandle.prototype

export const isNamed = (cause: unknown, name: string): boolean =>
  cause instanceof DOMException && cause.name === name

interface SyncAccessible {
  createSyncAccessHandle(): Promise<SyncAccessHandle>
}

/** A worker that has just ended may hold its files for a moment more. */
const waitsMs = [20, 50, 100, 200, 400, 800, 1_500] as const

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * Opens a file for this worker alone, making it; waits up to three seconds for one that is letting go of it.
 * @throws DOMException NoModificationAllowedError while another has it
 */
export async function openSyncAccess(
  directory: FileSystemDirectoryHandle,
  file: string,
): Promise<SyncAccessHandle> {
  // The DOM library has the handle and not its method.
  const handle: unknown = await directory.getFileHandle(file, { create: true })
  const open = (): Promise<SyncAccessHandle> => (handle as SyncAccessible).createSyncAccessHandle()
  for (const ms of waitsMs) {
    try {
      return await open()
    } catch (error) {
      if (!isNamed(error, 'NoModificationAllowedError')) throw error
    }
    await pause(ms)
  }
  return open()
}

/** Removes a file or directory with all in it; resolved also when there is none. */
export async function removeEntry(
  directory: FileSystemDirectoryHandle,
  name: string,
): Promise<void> {
  try {
    await directory.removeEntry(name, { recursive: true })
  } catch (error) {
    if (!isNamed(error, 'NotFoundError')) throw error
  }
}
