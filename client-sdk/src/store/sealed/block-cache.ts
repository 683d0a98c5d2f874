/**
 * Blocks in memory: changed ones until they are written, others as long as there is room. Buffers are used
 * again, so that reading and writing leaves nothing to collect.
 */
import type { ByteRange } from './difference.ts'
import { blockBytes } from './layout.ts'

export interface CachedBlock {
  readonly page: number
  /** What it is part of. */
  readonly inode: number
  readonly block: number
  /** Whether its file was promised room for each of its blocks. */
  readonly isPromised: boolean
  readonly bytes: Uint8Array
  /** What changed since it was last recorded, if anything. */
  unrecorded: ByteRange | undefined
}

export interface BlockCache {
  /** The block if it is here; it counts as used. */
  get(page: number): CachedBlock | undefined
  /** Takes an unchanged block in; its bytes are for the caller to fill. */
  add(name: Omit<CachedBlock, 'bytes' | 'unrecorded'>): CachedBlock
  /** Marks a block that is here as changed, and these of its bytes as not recorded. */
  change(page: number, range?: ByteRange): void
  isChanged(page: number): boolean
  /** Forgets a block, changed or not. */
  drop(page: number): void
  /** Changed blocks, in order of pages. */
  changed(): CachedBlock[]
  readonly changedCount: number
  /** Changed blocks of which something is not recorded. */
  unrecorded(): CachedBlock[]
  /** Marks a block as written. */
  written(page: number): void
  /** Forgets everything, and leaves nothing of it in memory. */
  wipe(): void
}

const inOrder = (blocks: Iterable<CachedBlock>): CachedBlock[] =>
  [...blocks].toSorted((a, b) => a.page - b.page)

const both = (a: ByteRange | undefined, b: ByteRange | undefined): ByteRange | undefined =>
  a && b ? { from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) } : (a ?? b)

/** @param most How many unchanged blocks are kept. */
export function createBlockCache(most: number): BlockCache {
  const changed = new Map<number, CachedBlock>()
  /** In order of their last use. */
  const clean = new Map<number, CachedBlock>()
  const spare: Uint8Array[] = []

  function recycle({ bytes }: CachedBlock): void {
    if (spare.length < most) spare.push(bytes)
  }
  function trim(): void {
    for (const [page, block] of clean) {
      if (clean.size <= most) break
      clean.delete(page)
      recycle(block)
    }
  }

  return {
    get(page) {
      const hit = changed.get(page)
      if (hit) return hit
      const block = clean.get(page)
      if (!block) return undefined
      clean.delete(page)
      clean.set(page, block)
      return block
    },
    add(name) {
      const bytes = spare.pop() ?? new Uint8Array(blockBytes)
      const added: CachedBlock = { ...name, bytes, unrecorded: undefined }
      clean.set(name.page, added)
      trim()
      return added
    },
    change(page, range) {
      const block = changed.get(page) ?? clean.get(page)
      if (!block) return
      clean.delete(page)
      changed.set(page, block)
      block.unrecorded = both(block.unrecorded, range)
    },
    isChanged: (page) => changed.has(page),
    drop(page) {
      const block = changed.get(page) ?? clean.get(page)
      if (!block) return
      changed.delete(page)
      clean.delete(page)
      recycle(block)
    },
    changed: () => inOrder(changed.values()),
    get changedCount() {
      return changed.size
    },
    unrecorded: () => inOrder([...changed.values()].filter((block) => block.unrecorded)),
    written(page) {
      const block = changed.get(page)
      if (!block) return
      block.unrecorded = undefined
      changed.delete(page)
      clean.set(page, block)
      trim()
    },
    wipe() {
      for (const { bytes } of [...changed.values(), ...clean.values()]) bytes.fill(0)
      for (const bytes of spare) bytes.fill(0)
      changed.clear()
      clean.clear()
      spare.length = 0
    },
  }
}
