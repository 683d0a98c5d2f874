/** What a browser says of its storage (Storage Standard). Asking to keep it works in pages only. */
import type { Surroundings } from './files.ts'

export async function browserSurroundings(): Promise<Surroundings> {
  const [{ quota, usage }, persisted] = await Promise.all([
    navigator.storage.estimate(),
    navigator.storage.persisted(),
  ])
  return {
    persisted,
    ...(quota !== undefined && { quotaBytes: quota }),
    ...(quota !== undefined && usage !== undefined && { freeBytes: quota - usage }),
  }
}

/** Absent in workers: there the page asks. */
export const askToPersist: (() => Promise<boolean>) | undefined =
  typeof navigator === 'object' && 'storage' in navigator && 'persist' in navigator.storage
    ? () => navigator.storage.persist()
    : undefined
