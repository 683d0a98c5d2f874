import type { Filesystem } from '@electric-sql/pglite/basefs'

export type StoreKind = 'file' | 'opfs' | 'indexeddb' | 'memory'

/**
 * Where the database's files live: the seam behind which storage is exchanged without the rest of the
 * SDK noticing. An implementation lets one opener in at a time.
 */
export interface StoreFiles {
  readonly kind: StoreKind
  /** @throws Problem store/in-use while another process or tab has them open. */
  open(): Promise<OpenFiles>
}

export interface OpenFiles {
  readonly filesystem: Filesystem
  /** A database directory to start an empty store from, as a gzipped tar. */
  readonly template?: Blob
  release(): Promise<void>
}
