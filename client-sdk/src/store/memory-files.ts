/** A store that lives as long as the process: tests, and browsers that allow nothing else. */
import { MemoryFS } from '@electric-sql/pglite'
import type { StoreFiles } from './files.ts'

export const memoryFiles = (template?: Blob): StoreFiles => ({
  kind: 'memory',
  open: async () => ({
    filesystem: new MemoryFS(),
    ...(template && { template }),
    release: async () => {},
  }),
})
