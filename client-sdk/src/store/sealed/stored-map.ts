/** The map as it is stored (STORE.md, "Map"): what a checkpoint writes and an opening reads. */
import { concat } from '@selene/shapes'
import type { FileMap } from './file-map.ts'
import { readNodeRecord, type NodeRecord } from './file-node.ts'
import {
  mapBlock,
  nodeRecordBytes,
  nodeRoots,
  nodesPerBlock,
  pageRoots,
  refBytes,
} from './layout.ts'
import { createMapList, type MapList, type MapListWriter } from './map-list.ts'
import { createPageTable, type PageTable } from './page-table.ts'
import type { Replay } from './record.ts'
import type { SlotIo } from './slot-io.ts'
import type { SuperblockState } from './superblock.ts'

/** What a superblock says of the map. */
export type StoredRoots = Pick<SuperblockState, 'nodeBlocks' | 'pageBlocks' | 'roots'>

export interface StoredMap {
  readonly roots: StoredRoots
  /** Slots it takes. */
  slots(): Iterable<number>
  /** How many of its blocks are damaged. */
  damagedBlocks(io: SlotIo): number
  /** How many slots storing the changes of this map would need. */
  need(map: FileMap): number
  /** Stores what changed, and marks it as stored. */
  write(map: FileMap, to: MapListWriter): void
  /** Marks what lies in slots above this one, so that the next write moves it; says whether there is any. */
  touchAbove(map: FileMap, slot: number): boolean
}

export interface LoadedMap extends Replay {
  readonly stored: StoredMap
  readonly table: PageTable
  /** Blocks of the map that are damaged. */
  readonly damaged: number
}

const nodeKind = { leaf: mapBlock.nodes, root: mapBlock.nodeRoot }
const pageKind = { leaf: mapBlock.pages, root: mapBlock.pageRoot }

function createStoredMap(nodes: MapList, pages: MapList): StoredMap {
  return {
    get roots() {
      return {
        nodeBlocks: nodes.length,
        pageBlocks: pages.length,
        roots: concat(nodes.rootRefs, pages.rootRefs),
      }
    },
    *slots() {
      yield* nodes.slots()
      yield* pages.slots()
    },
    damagedBlocks(io) {
      let count = 0
      for (const list of [nodes, pages])
        for (let index = 0; index < list.length; index++)
          if (list.read(io, index) === false) count += 1
      return count + nodes.damagedRoots(io) + pages.damagedRoots(io)
    },
    need: ({ unstored, table }) =>
      unstored.size + table.unstored.size + nodes.roots + pages.roots + 2,
    write(map, to) {
      const nodeBlocks = [...map.unstored].map((index) => [index, map.nodeBlock(index)] as const)
      nodes.write(new Map(nodeBlocks), map.nodeBlocks, to)
      const pageBlocks = [...map.table.unstored].map(
        (index) => [index, map.table.block(index)] as const,
      )
      pages.write(new Map(pageBlocks), map.table.length, to)
      map.stored()
      map.table.stored()
    },
    touchAbove(map, slot) {
      let found = false
      for (let index = 0; index < nodes.length; index++)
        if (nodes.slot(index) > slot) {
          map.touchBlock(index)
          found = true
        }
      for (let index = 0; index < pages.length; index++)
        if (pages.slot(index) > slot) {
          map.table.touch(index)
          found = true
        }
      const roots = nodes.touchRootsAbove(slot) + pages.touchRootsAbove(slot)
      return found || roots > 0
    },
  }
}

export const emptyStoredMap = (): StoredMap =>
  createStoredMap(createMapList(nodeKind, nodeRoots), createMapList(pageKind, pageRoots))

function openLists(io: SlotIo, from: StoredRoots) {
  const split = nodeRoots * refBytes
  const nodes = { length: from.nodeBlocks, rootRefs: from.roots.subarray(0, split), io }
  const pages = { length: from.pageBlocks, rootRefs: from.roots.subarray(split), io }
  return {
    nodes: createMapList(nodeKind, nodeRoots, nodes),
    pages: createMapList(pageKind, pageRoots, pages),
  }
}

/** Slots of a map without loading it; what is damaged is left out. */
export function slotsOfMap(io: SlotIo, from: StoredRoots): number[] {
  const { nodes, pages } = openLists(io, from)
  return [...nodes.slots(), ...pages.slots()]
}

function readNodes(block: Uint8Array, first: number, records: Map<number, NodeRecord>): void {
  for (let i = 0; i < nodesPerBlock; i++) {
    const record = readNodeRecord(block.subarray(i * nodeRecordBytes, (i + 1) * nodeRecordBytes))
    if (record) records.set(first + i, record)
  }
}

export function loadMap(io: SlotIo, from: StoredRoots): LoadedMap {
  const { nodes, pages } = openLists(io, from)
  const records = new Map<number, NodeRecord>()
  const table = createPageTable()
  let damaged = 0
  for (let index = 0; index < nodes.length; index++) {
    const block = nodes.read(io, index)
    if (block === false) damaged += 1
    if (block) readNodes(block, index * nodesPerBlock, records)
  }
  for (let index = 0; index < pages.length; index++) {
    const block = pages.read(io, index)
    if (block === false) damaged += 1
    table.load(index, block)
  }
  const stored = createStoredMap(nodes, pages)
  return { stored, records, touched: new Set(), patches: new Map(), table, damaged }
}
