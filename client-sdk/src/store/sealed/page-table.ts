/** The refs of all blocks of all files, 32 bytes each, in blocks as they are stored, and which of them changed. */
import { blockBytes, getU32, mostPages, refBytes, refsPerBlock } from './layout.ts'

export interface PageTable {
  /** The slot of a page; 0 for zeros. */
  slot(page: number): number
  /** The ref of a page, to read only; `undefined` for zeros. */
  ref(page: number): Uint8Array | undefined
  set(page: number, ref: Uint8Array): void
  /** Makes a page one of zeros. */
  clear(page: number): void
  /** Notes that records hold changes of the page beyond its ref: they end when it is set or cleared. */
  patch(page: number): void
  /** Whether the ref could not be read when the table was loaded. */
  isLost(page: number): boolean
  /** Pages set or cleared since `recorded` was called. */
  readonly changed: ReadonlySet<number>
  recorded(): void
  /** Blocks of the table that are not stored as they are now. */
  readonly unstored: ReadonlySet<number>
  stored(): void
  /** A block of the table as it is to be stored; `undefined` when it is all zeros. */
  block(index: number): Uint8Array | undefined
  /** Puts a stored block in: `undefined` for one of zeros, false for one that is damaged. */
  load(index: number, bytes: Uint8Array | undefined | false): void
  /** Marks a block for the next checkpoint, so that it moves. */
  touch(index: number): void
  /** Visits all pages that are no zeros, in order; a gigabyte has 131,072. */
  each(visit: (page: number, slot: number) => void): void
  /** How many of so many pages from there are no zeros. */
  count(start: number, pages: number): number
  /** How many blocks the table spans. */
  readonly length: number
}

const blockOf = (page: number): number => Math.floor(page / refsPerBlock)
const placeOf = (page: number): number => (page % refsPerBlock) * refBytes
const zeroRef = new Uint8Array(refBytes)

export function createPageTable(): PageTable {
  const blocks: (Uint8Array | undefined)[] = []
  const lost = new Set<number>()
  const patched = new Set<number>()
  const changed = new Set<number>()
  const unstored = new Set<number>()

  function slot(page: number): number {
    const block = blocks[blockOf(page)]
    return block ? getU32(block, placeOf(page)) : 0
  }
  function write(page: number, ref: Uint8Array): void {
    if (page >= mostPages) throw new TypeError('beyond the page table')
    const index = blockOf(page)
    while (blocks.length <= index) blocks.push(undefined)
    const block = (blocks[index] ??= new Uint8Array(blockBytes))
    block.set(ref, placeOf(page))
    patched.delete(page)
    changed.add(page)
    unstored.add(index)
  }

  return {
    slot,
    ref(page) {
      if (slot(page) === 0) return undefined
      const at = placeOf(page)
      return blocks[blockOf(page)]!.subarray(at, at + refBytes)
    },
    set: write,
    clear(page) {
      if (slot(page) !== 0 || patched.has(page)) write(page, zeroRef)
    },
    patch: (page) => void patched.add(page),
    isLost: (page) => lost.has(blockOf(page)),
    changed,
    recorded: () => changed.clear(),
    unstored,
    stored: () => unstored.clear(),
    block(index) {
      const block = blocks[index]
      if (block?.every((byte) => byte === 0)) blocks[index] = undefined
      return blocks[index]
    },
    load(index, bytes) {
      while (blocks.length <= index) blocks.push(undefined)
      if (bytes) blocks[index] = bytes
      if (bytes === false) lost.add(index)
    },
    touch: (index) => void unstored.add(index),
    each(visit) {
      for (const [index, block] of blocks.entries()) {
        if (!block) continue
        for (let at = 0; at < refsPerBlock; at++) {
          const slot = getU32(block, at * refBytes)
          if (slot !== 0) visit(index * refsPerBlock + at, slot)
        }
      }
    },
    count(start, pages) {
      let live = 0
      for (let page = start; page < start + pages; page++) if (slot(page) !== 0) live += 1
      return live
    },
    get length() {
      return blocks.length
    },
  }
}
