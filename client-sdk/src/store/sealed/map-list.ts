/**
 * One of the two lists of map blocks as they are stored: refs in roots, refs of the roots in the superblock. A block
 * that changed goes to another slot, and so does its root.
 */
import { blockBytes, getU32, refBytes, refsPerBlock } from './layout.ts'
import type { Outgoing, SlotIo } from './slot-io.ts'

export interface MapListKind {
  /** What stands for the inode of the blocks and of their roots. */
  readonly leaf: number
  readonly root: number
}

export interface MapListWriter {
  readonly io: SlotIo
  take(): number
  /** Is told of each slot whose content was replaced. */
  replaced(slot: number): void
}

export interface MapList {
  /** Number of blocks. */
  readonly length: number
  /** Number of roots. */
  readonly roots: number
  /** Refs of the roots, as they stand in the superblock. */
  readonly rootRefs: Uint8Array
  /** Slots that the list takes, roots included. */
  slots(): Iterable<number>
  /** Slot of one block; 0 for one of zeros. */
  slot(index: number): number
  /** Stores blocks; `undefined` for one of zeros. `length` is how many the list has then. */
  write(
    blocks: ReadonlyMap<number, Uint8Array | undefined>,
    length: number,
    to: MapListWriter,
  ): void
  /** Reads a block; `undefined` for zeros, false when it or its root is damaged. */
  read(io: SlotIo, index: number): Uint8Array | undefined | false
  /** How many roots are damaged on the device. */
  damagedRoots(io: SlotIo): number
  /** Marks the roots in slots above this one to be stored anew with the next write; gives their number. */
  touchRootsAbove(slot: number): number
}

/** What a list is loaded from. */
export interface StoredList {
  readonly length: number
  readonly rootRefs: Uint8Array
}

const refIn = (block: Uint8Array, index: number): Uint8Array =>
  block.subarray(index * refBytes, (index + 1) * refBytes)

/** Puts a new ref, or none, in the place of an old one. */
function replace(place: Uint8Array, ref: Uint8Array | undefined, to: MapListWriter): void {
  const before = getU32(place, 0)
  if (before !== 0) to.replaced(before)
  if (ref) place.set(ref)
  else place.fill(0)
}

/** Stores blocks in new slots and puts their refs where they belong. */
function send(
  blocks: readonly (readonly [number, Uint8Array])[],
  a: number,
  to: MapListWriter,
  placeOf: (index: number) => Uint8Array,
): void {
  const outgoing: Outgoing[] = blocks.map(([b, bytes]) => ({ a, b, bytes, slot: to.take() }))
  to.io.write(outgoing, ({ b }, ref) => replace(placeOf(b), ref, to))
}

/** @param stored With the roots readable through `io`; without it the list is empty. */
export function createMapList(
  kind: MapListKind,
  mostRoots: number,
  stored?: StoredList & { readonly io: SlotIo },
): MapList {
  const rootRefs = new Uint8Array(mostRoots * refBytes)
  if (stored) rootRefs.set(stored.rootRefs)
  let length = stored?.length ?? 0
  const roots: (Uint8Array | false)[] = []
  const touched = new Set<number>()
  const rootCount = (): number => Math.ceil(length / refsPerBlock)

  function loadRoot(io: SlotIo, index: number): Uint8Array | false {
    const root = new Uint8Array(blockBytes)
    const ref = refIn(rootRefs, index)
    const isThere = getU32(ref, 0) === 0 || io.read(ref, { a: kind.root, b: index }, root)
    return isThere && root
  }
  if (stored)
    for (let index = 0; index < rootCount(); index++) roots.push(loadRoot(stored.io, index))

  function refOf(index: number): Uint8Array | false {
    const root = roots[Math.floor(index / refsPerBlock)]
    return root === undefined ? false : root && refIn(root, index % refsPerBlock)
  }
  /** Where the ref of a block stands; its root is there when the map is whole. */
  const placeOf = (index: number): Uint8Array => refOf(index) as Uint8Array
  function slot(index: number): number {
    const ref = refOf(index)
    return ref ? getU32(ref, 0) : 0
  }
  return {
    get length() {
      return length
    },
    get roots() {
      return rootCount()
    },
    rootRefs,
    *slots() {
      for (let index = 0; index < length; index++) if (slot(index) !== 0) yield slot(index)
      for (let index = 0; index < rootCount(); index++)
        if (getU32(refIn(rootRefs, index), 0) !== 0) yield getU32(refIn(rootRefs, index), 0)
    },
    slot,
    write(blocks, nextLength, to) {
      length = Math.max(length, nextLength)
      while (roots.length < rootCount()) roots.push(new Uint8Array(blockBytes))
      const full: [number, Uint8Array][] = []
      for (const [index, block] of blocks) {
        touched.add(Math.floor(index / refsPerBlock))
        if (block) full.push([index, block])
        else replace(placeOf(index), undefined, to)
      }
      send(full, kind.leaf, to, placeOf)
      const changedRoots = [...touched].map((index) => [index, roots[index] as Uint8Array] as const)
      send(changedRoots, kind.root, to, (index) => refIn(rootRefs, index))
      touched.clear()
    },
    read(io, index) {
      const ref = refOf(index)
      if (ref === false) return false
      if (getU32(ref, 0) === 0) return undefined
      const block = new Uint8Array(blockBytes)
      return io.read(ref, { a: kind.leaf, b: index }, block) && block
    },
    damagedRoots(io) {
      const block = new Uint8Array(blockBytes)
      let count = 0
      for (let index = 0; index < rootCount(); index++) {
        const ref = refIn(rootRefs, index)
        if (getU32(ref, 0) !== 0 && !io.read(ref, { a: kind.root, b: index }, block)) count += 1
      }
      return count
    },
    touchRootsAbove(above) {
      for (let index = 0; index < rootCount(); index++)
        if (getU32(refIn(rootRefs, index), 0) > above) touched.add(index)
      return touched.size
    },
  }
}
