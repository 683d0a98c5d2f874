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

/** Opens a file for this worker alone, making it. @throws DOMException NoModificationAllowedError while another has it */
export async function openSyncAccess(
  directory: FileSystemDirectoryHandle,
  file: string,
): Promise<SyncAccessHandle> {
  // The DOM library has the handle and not its method.
  const handle: unknown = await directory.getFileHandle(file, { create: true })
  return (handle as SyncAccessible).createSyncAccessHandle()
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
