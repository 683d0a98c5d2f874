/** Files whose device counts what is asked of it. */
import type { StoreDevice, StoreFiles } from '../store/files.ts'

export interface Counts {
  writes: number
  flushes: number
}

export function countingFiles(files: StoreFiles): StoreFiles & { readonly counts: Counts } {
  const counts: Counts = { writes: 0, flushes: 0 }
  const counted = (device: StoreDevice): StoreDevice => ({
    ...device,
    write(at, bytes) {
      counts.writes += 1
      device.write(at, bytes)
    },
    flush() {
      counts.flushes += 1
      device.flush()
    },
  })
  return {
    counts,
    async open() {
      const opened = await files.open()
      return { ...opened, openDevice: async () => counted(await opened.openDevice()) }
    },
  }
}
