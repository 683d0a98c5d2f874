/**
 * Where the store's one file lives: the seam behind which storage is exchanged without the rest of the SDK
 * noticing. What is in the file is sealed before it comes here (`sealed/STORE.md`).
 */
import type { BlockDevice } from './sealed/block-device.ts'

export type StoreKind = 'file' | 'opfs' | 'indexeddb' | 'memory'

export interface StoreFiles {
  /**
   * Takes the store's place for this opener.
   * @throws Problem store/in-use while another process or tab has it, store/not-permitted.
   */
  open(): Promise<OpenFiles>
}

export interface StoreDevice extends BlockDevice {
  /** Where flushing cannot wait for the disk: resolves once what was written before is there. @throws fault full, io */
  settled?(): Promise<void>
}

/** What is known of the room around the store. */
export interface Surroundings {
  /** Bytes that may still be written. */
  readonly freeBytes?: number
  /** Bytes that this app may hold at all. */
  readonly quotaBytes?: number
  /** Whether the system has promised to keep what is stored. */
  readonly persisted?: boolean
}

export interface OpenFiles {
  readonly kind: StoreKind
  /** Opens the file, making an empty one; it is closed before it is opened again. @throws Problem store/not-permitted */
  openDevice(): Promise<StoreDevice>
  /** Takes the file away for good; the device is closed. */
  remove(): Promise<void>
  /** A database directory for a new store to begin with: a tar, or gzip of one, that `bakeStoreImage` made. */
  image?(): Promise<Blob>
  /** The store of a version that did not seal it, if there is one. */
  readonly plain?: PlainStore
  surroundings(): Promise<Surroundings>
  /** Asks the system to keep what is stored; says whether it will. */
  persist?(): Promise<boolean>
  /** Lets the next opener in. */
  release(): Promise<void>
}

/** One file or directory of a database, parents before what is in them; paths have no slash before or behind. */
export type DatabaseEntry =
  | { readonly path: string; readonly kind: 'directory' }
  | { readonly path: string; readonly kind: 'file'; readonly content: Uint8Array }

/** The files of a database that was not sealed. Reading them changes nothing. */
export interface PlainStore {
  exists(): Promise<boolean>
  entries(): AsyncIterable<DatabaseEntry>
  /** Overwrites what can be overwritten, and removes all of it; again after it was interrupted is the same. */
  remove(): Promise<void>
}
