/**
 * The files of the pack in memory: the tree of names, and the refs of their blocks. Pure bookkeeping; it
 * remembers what changed since the last record and since the last checkpoint.
 */
import { faultError } from './fault.ts'
import {
  isDirectory,
  longestName,
  noParent,
  recordOf,
  writeNodeRecord,
  type FileNode,
  type NodeRecord,
} from './file-node.ts'
import { utf8 } from '@selene/shapes'
import { blockBytes, mostNodes, mostPages, nodeRecordBytes, nodesPerBlock } from './layout.ts'
import {
  createPageSpace,
  mostRuns,
  blockOfPage,
  pageOf,
  runPages,
  runsFor,
  type PageSpace,
} from './page-runs.ts'
import { createPageTable, type PageTable } from './page-table.ts'
import type { Replay } from './record.ts'

export interface FileMap {
  readonly root: FileNode
  readonly table: PageTable
  /** In order of inodes. */
  nodes(): Iterable<FileNode>
  /** @throws fault exists, not-directory, name-too-long, too-many-files. */
  create(place: { parent: FileNode; name: string }, mode: number, nowMs: number): FileNode
  /** Takes the name away. */
  unname(node: FileNode): void
  /** Gives a node another place, which must be free. */
  rename(node: FileNode, parent: FileNode, name: string): void
  /** Ends a node without a name, whose pages are cleared already. */
  drop(node: FileNode): void
  /** Makes sure that a file has pages for so many blocks. @throws fault too-large. */
  reach(node: FileNode, blocks: number): void
  /** The page of a block; `undefined` where the file has none. */
  page(node: FileNode, block: number): number | undefined
  /** The file and the number of the block that a page holds. */
  owner(page: number): { readonly node: FileNode; readonly block: number } | undefined
  /** Marks that size, mode or time of a node changed. */
  touch(node: FileNode): void
  /** Inodes whose record changed since `recorded` was called. */
  readonly changed: ReadonlySet<number>
  record(inode: number): NodeRecord | undefined
  recorded(): void
  /** Blocks of node records that are not stored as they are now. */
  readonly unstored: ReadonlySet<number>
  stored(): void
  nodeBlock(index: number): Uint8Array | undefined
  /** Marks a block of node records for the next checkpoint, so that it moves. */
  touchBlock(index: number): void
  readonly nodeBlocks: number
}

/** What is loaded, before it is put together. */
export interface LoadedFiles {
  readonly records: ReadonlyMap<number, NodeRecord>
  /** Inodes whose record is not stored as it is now. */
  readonly touched: ReadonlySet<number>
  readonly table: PageTable
  readonly patches: Replay['patches']
}

const newNode = (inode: number, record: NodeRecord): FileNode => ({
  inode,
  parent: undefined,
  name: record.name,
  mode: record.mode,
  size: record.size,
  changedMs: record.changedMs,
  runs: [...record.runs],
  children: isDirectory(record.mode) ? new Map() : undefined,
  opens: 0,
  isPromised: false,
})

const newRoot: NodeRecord = {
  parent: 0,
  mode: 0o040700,
  size: 0,
  changedMs: 0,
  runs: [],
  name: '',
}

function usedRuns(nodes: readonly (FileNode | undefined)[]): (readonly [number, number])[] {
  return nodes.flatMap(
    (node) => node?.runs.map((start, run) => [start, runPages(run)] as const) ?? [],
  )
}

/** Links the loaded records; one whose directory is not there hangs nameless, as a file that was open. */
function link(records: ReadonlyMap<number, NodeRecord>): (FileNode | undefined)[] {
  const nodes: (FileNode | undefined)[] = [newNode(0, records.get(0) ?? newRoot)]
  for (const [inode, record] of records) if (inode !== 0) nodes[inode] = newNode(inode, record)
  for (const [inode, record] of records) {
    const parent = record.parent === noParent ? undefined : nodes[record.parent]
    if (inode === 0 || !parent?.children || parent.children.has(record.name)) continue
    const node = nodes[inode]!
    node.parent = parent
    parent.children.set(record.name, node)
  }
  return Array.from(nodes)
}

export function createFileMap(loaded?: LoadedFiles): FileMap {
  const table = loaded?.table ?? createPageTable()
  const nodes = link(loaded?.records ?? new Map())
  const space: PageSpace = createPageSpace(usedRuns(nodes))
  const vacant: number[] = []
  for (let inode = nodes.length - 1; inode > 0; inode--) if (!nodes[inode]) vacant.push(inode)
  const changed = new Set<number>()
  const unstored = new Set<number>()

  function touch(node: FileNode): void {
    changed.add(node.inode)
    unstored.add(Math.floor(node.inode / nodesPerBlock))
  }
  if (!loaded) unstored.add(0)
  for (const inode of loaded?.touched ?? []) unstored.add(Math.floor(inode / nodesPerBlock))
  for (const page of loaded?.patches.keys() ?? []) table.patch(page)
  table.recorded()

  return {
    root: nodes[0]!,
    table,
    nodes: () => nodes.filter((node) => node !== undefined),
    create({ parent, name }, mode, nowMs) {
      if (!parent.children) throw faultError('not-directory')
      if (parent.children.has(name)) throw faultError('exists')
      if (utf8(name).length > longestName) throw faultError('name-too-long')
      const inode = vacant.pop() ?? nodes.length
      if (inode >= mostNodes) throw faultError('too-many-files')
      const node = newNode(inode, { ...newRoot, mode, changedMs: nowMs, name })
      node.parent = parent
      nodes[inode] = node
      parent.children.set(name, node)
      touch(node)
      return node
    },
    unname(node) {
      node.parent?.children?.delete(node.name)
      node.parent = undefined
      touch(node)
    },
    rename(node, parent, name) {
      if (!parent.children) throw faultError('not-directory')
      if (utf8(name).length > longestName) throw faultError('name-too-long')
      node.parent?.children?.delete(node.name)
      node.parent = parent
      node.name = name
      parent.children.set(name, node)
      touch(node)
    },
    drop(node) {
      for (const [run, start] of node.runs.entries()) space.release(start, runPages(run))
      nodes[node.inode] = undefined
      vacant.push(node.inode)
      touch(node)
    },
    reach(node, blocks) {
      if (runsFor(blocks) > mostRuns) throw faultError('too-large')
      const had = node.runs.length
      while (node.runs.length < runsFor(blocks)) {
        const pages = runPages(node.runs.length)
        const start = space.take(pages)
        if (start + pages > mostPages) {
          space.release(start, pages)
          throw faultError('too-large')
        }
        node.runs.push(start)
      }
      if (node.runs.length > had) touch(node)
    },
    page: (node, block) => pageOf(node.runs, block),
    owner(page) {
      for (const node of nodes) {
        if (!node) continue
        const block = blockOfPage(node.runs, page)
        if (block !== undefined) return { node, block }
      }
      return undefined
    },
    touch,
    changed,
    record(inode) {
      const node = nodes[inode]
      return node && recordOf(node)
    },
    recorded: () => changed.clear(),
    unstored,
    stored: () => unstored.clear(),
    nodeBlock(index) {
      const first = index * nodesPerBlock
      const here = nodes.slice(first, first + nodesPerBlock)
      if (here.every((node) => node === undefined)) return undefined
      const block = new Uint8Array(blockBytes)
      for (const [i, node] of here.entries())
        if (node)
          writeNodeRecord(
            block.subarray(i * nodeRecordBytes, (i + 1) * nodeRecordBytes),
            recordOf(node),
          )
      return block
    },
    touchBlock: (index) => void unstored.add(index),
    get nodeBlocks() {
      return Math.ceil(nodes.length / nodesPerBlock)
    },
  }
}
