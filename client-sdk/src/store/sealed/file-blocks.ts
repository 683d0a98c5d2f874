/** Blocks of files in memory: where reading finds them, how they change, and what that does to room and slots (B10). */
import type { BlockCache, CachedBlock } from './block-cache.ts'
import { difference, type ByteRange } from './difference.ts'
import { faultError, faultOf } from './fault.ts'
import type { FileMap } from './file-map.ts'
import type { FileNode } from './file-node.ts'
import { blockBytes, blocksOf } from './layout.ts'
import type { Patch } from './record.ts'
import type { Room } from './room.ts'
import { longestRun, type SlotIo } from './slot-io.ts'
import type { Slots } from './slots.ts'

/** The part of an array to read into or to write from. */
export interface Span {
  readonly bytes: Uint8Array
  readonly offset: number
  readonly length: number
}

export interface FileBlocks {
  /** Reads within the file. @throws fault damaged, io */
  read(node: FileNode, position: number, into: Span): void
  /** Writes within one block, of which the file has pages. @throws fault damaged, io */
  write(node: FileNode, position: number, from: Span): void
  /** Has a block in memory of which something stays when this range is written. @throws the same. */
  keepRest(node: FileNode, block: number, range: { from: number; to: number }): void
  /** Makes a block one of zeros. */
  clear(node: FileNode, block: number): void
  /** Makes the bytes from there to the end of their block zeros. @throws fault damaged, io, full */
  cutTail(node: FileNode, size: number): void
  /** Takes in what records say of a page beyond its ref. @throws fault io */
  restore(page: number, patches: readonly Patch[]): void
  /** How many slots changing these blocks takes that are not spoken for. */
  slotsFor(node: FileNode, first: number, last: number): number
  /** Whether a block holds nothing but zeros, and is not in memory. */
  isHole(node: FileNode, block: number): boolean
}

export interface FileBlocksDeps {
  readonly map: FileMap
  readonly cache: BlockCache
  readonly slots: Slots
  readonly room: Room
  readonly io: SlotIo
}

const wholeBlock: ByteRange = { from: 0, to: blockBytes }

const blockAt = (position: number): number => Math.floor(position / blockBytes)

export function createFileBlocks({ map, cache, slots, room, io }: FileBlocksDeps): FileBlocks {
  const { table } = map
  const isZeros = (page: number): boolean => table.slot(page) === 0 && !table.isLost(page)

  function load(node: FileNode, block: number, page: number): CachedBlock {
    const cached = cache.get(page)
    if (cached) return cached
    const { inode, isPromised } = node
    const added = cache.add({ page, inode, block, isPromised })
    const ref = table.ref(page)
    if (isZeros(page)) added.bytes.fill(0)
    else if (!ref || !io.read(ref, { a: inode, b: block }, added.bytes)) {
      cache.drop(page)
      throw faultError('damaged')
    }
    return added
  }

  /** Marks a block that is in memory as changed; a promise that was made for it is kept now. */
  function change({ page, isPromised }: CachedBlock, range?: ByteRange): void {
    if (isPromised && !cache.isChanged(page) && table.slot(page) === 0) room.promise(-1)
    cache.change(page, range)
  }

  /** Reads whole blocks that lie in neighbouring slots with one operation; gives the number of bytes. */
  function readRun(node: FileNode, position: number, into: Uint8Array): number {
    if (position % blockBytes !== 0) return 0
    const first = blockAt(position)
    const refs: Uint8Array[] = []
    for (
      let slot = 0;
      refs.length < Math.min(longestRun, Math.floor(into.length / blockBytes));
      slot++
    ) {
      const page = map.page(node, first + refs.length)!
      const next = cache.get(page) ? 0 : table.slot(page)
      if (refs.length === 0) slot = next
      if (next === 0 || next !== slot) break
      refs.push(table.ref(page)!)
    }
    if (refs.length === 0) return 0
    if (!io.readRun(refs, { a: node.inode, b: first }, into)) throw faultError('damaged')
    return refs.length * blockBytes
  }
  /** Reads to the end of a block; gives the number of bytes. */
  function readPart(node: FileNode, position: number, into: Uint8Array): number {
    const block = blockAt(position)
    const page = map.page(node, block)!
    const within = position % blockBytes
    const length = Math.min(into.length, blockBytes - within)
    if (!cache.get(page) && isZeros(page)) into.fill(0, 0, length)
    else {
      const { bytes } = load(node, block, page)
      into.set(bytes.subarray(within, within + length))
    }
    return length
  }

  return {
    read(node, position, { bytes, offset, length }) {
      const end = position + length
      for (let at = position; at < end;) {
        const into = bytes.subarray(offset + at - position, offset + length)
        at += readRun(node, at, into) || readPart(node, at, into)
      }
    },
    write(node, position, { bytes, offset, length }) {
      const block = blockAt(position)
      const page = map.page(node, block)!
      const { inode, isPromised } = node
      const part = bytes.subarray(offset, offset + length)
      const at = position % blockBytes
      // A block that is written as a whole need not be read.
      const known = length < blockBytes || isZeros(page) ? load(node, block, page) : cache.get(page)
      const into = known ?? cache.add({ page, inode, block, isPromised })
      const changed = known ? difference(into.bytes.subarray(at, at + length), part) : wholeBlock
      if (!changed) return
      into.bytes.set(part, at)
      change(into, { from: at + changed.from, to: at + changed.to })
    },
    keepRest(node, block, { from, to }) {
      const start = block * blockBytes
      const page = map.page(node, block)
      const isCovered = from <= start && to >= Math.min(start + blockBytes, node.size)
      if (page !== undefined && !isCovered) load(node, block, page)
    },
    clear(node, block) {
      const page = map.page(node, block)
      if (page === undefined) return
      const slot = table.slot(page)
      if (slot === 0 && node.isPromised && !cache.isChanged(page)) room.promise(-1)
      cache.drop(page)
      if (slot !== 0) slots.release(slot)
      table.clear(page)
    },
    cutTail(node, size) {
      if (size % blockBytes === 0) return
      const block = blockAt(size)
      const page = map.page(node, block)!
      const isChanged = cache.isChanged(page)
      if (table.slot(page) === 0 && !isChanged) return
      if (!isChanged) room.ensure(1, false)
      const tail = load(node, block, page)
      const from = size % blockBytes
      tail.bytes.fill(0, from)
      change(tail, { from, to: blockBytes })
    },
    restore(page, patches) {
      const owner = map.owner(page)
      if (!owner) return
      try {
        const into = load(owner.node, owner.block, page)
        for (const { at, bytes } of patches) into.bytes.set(bytes, at)
        change(into)
      } catch (error) {
        // Without what they change they are nothing: reading says that the block is damaged (B5).
        if (faultOf(error) !== 'damaged') throw error
      }
    },
    slotsFor(node, first, last) {
      // Holes within a promised file have theirs.
      const promised = node.isPromised ? blocksOf(node.size) : 0
      let count = 0
      for (let block = first; block <= last; block++) {
        const page = map.page(node, block)
        const isHole = page === undefined || table.slot(page) === 0
        if (page !== undefined && cache.isChanged(page)) continue
        if (!isHole || block >= promised) count += 1
      }
      return count
    },
    isHole(node, block) {
      const page = map.page(node, block)
      return page === undefined || (table.slot(page) === 0 && !cache.get(page))
    },
  }
}
