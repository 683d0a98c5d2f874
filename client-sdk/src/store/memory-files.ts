/** A store that lives as long as the process: tests, and browsers that allow nothing else. It is sealed like any other. */
import { Problem } from '@selene/shapes'
import type { StoreFiles } from './files.ts'
import { memoryDevice, type MemoryDevice } from './sealed/memory-device.ts'

export interface MemoryFiles extends StoreFiles {
  /** A copy of the file's bytes; empty before there is one. */
  content(): Uint8Array
}

/** @param image What a new store begins with, as {@link OpenFiles.image}. */
export function memoryFiles(image?: Blob): MemoryFiles {
  let device: MemoryDevice | undefined
  let isOpen = false
  return {
    content: () => device?.content() ?? new Uint8Array(0),
    async open() {
      if (isOpen) throw new Problem('store/in-use')
      isOpen = true
      return {
        kind: 'memory',
        async openDevice() {
          device ??= memoryDevice()
          // It is there again when it is opened again.
          return { ...device, close() {} }
        },
        async remove() {
          device = undefined
        },
        ...(image && { image: async () => image }),
        surroundings: async () => ({ persisted: false }),
        async release() {
          isOpen = false
        },
      }
    },
  }
}
