/** A kit that lives as long as the process. */
import { Problem } from '@selene/shapes'
import type { KitFiles } from './kit-files.ts'

export function memoryKitFile(): KitFiles {
  let record: Uint8Array | undefined
  let isOpen = false
  return {
    durable: false,
    async load() {
      if (isOpen) throw new Problem('store/in-use')
      isOpen = true
      return record
    },
    async save(next) {
      record = next
    },
    async setAside() {
      record = undefined
    },
    async close() {
      isOpen = false
    },
  }
}
