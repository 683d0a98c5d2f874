/**
 * Reading and writing files of the pack, as Postgres does. Each function is one step that a commit takes in
 * whole or not at all (B2), and leaves everything as it was when it throws.
 */
import { faultError } from './fault.ts'
import type { FileBlocks, Span } from './file-blocks.ts'
import type { FileMap } from './file-map.ts'
import { isDirectory, type FileNode } from './file-node.ts'
import { blockBytes, blocksOf } from './layout.ts'
import type { Room } from './room.ts'

export interface Files {
  readonly root: FileNode
  /** @throws fault exists, not-directory, name-too-long, too-many-files, full */
  create(parent: FileNode, name: string, mode: number): FileNode
  /** Moves a file or directory, over one of that name if there is one. @throws fault of the same kinds, not-empty */
  rename(node: FileNode, parent: FileNode, name: string): void
  /** @throws fault not-empty */
  remove(node: FileNode): void
  /** A file that is open keeps its blocks when it is removed (B21). */
  opened(node: FileNode): void
  closed(node: FileNode): void
  setMode(node: FileNode, mode: number): void
  setTime(node: FileNode, changedMs: number): void
  /** @throws fault full, too-large, damaged, io */
  resize(node: FileNode, size: number): void
  /** Gives the number of bytes read. @throws fault damaged, io */
  read(node: FileNode, into: Span, position: number): number
  /** @throws fault full, too-large, damaged, io */
  write(node: FileNode, from: Span, position: number): void
  /** Removes what was open and had no name any more when the last process ended. */
  removeNameless(): void
}

export interface FilesDeps {
  readonly map: FileMap
  readonly blocks: FileBlocks
  readonly room: Room
  /** Whether a new file is promised room for all of its blocks, and leaves the reserve alone (B10). */
  isPromised(node: FileNode): boolean
  /** Before each change: refuses, commits, writes out. */
  prepare(): void
  now(): number
}

function isZeros({ bytes, offset, length }: Span): boolean {
  for (let at = offset; at < offset + length; at++) if (bytes[at] !== 0) return false
  return true
}

const isWhole = (position: number, { length }: Span): boolean =>
  position % blockBytes === 0 && length % blockBytes === 0

/** Calls `work` for each block of a range, with the part of the span that lies in it. */
function eachBlock(
  { bytes, offset, length: total }: Span,
  position: number,
  work: (at: number, part: Span) => void,
): void {
  const end = position + total
  for (let at = position; at < end;) {
    const length = Math.min(blockBytes - (at % blockBytes), end - at)
    work(at, { bytes, offset: offset + at - position, length })
    at += length
  }
}

export function createFiles(deps: FilesDeps): Files {
  const { map, blocks, room } = deps

  function setSize(node: FileNode, size: number): void {
    const had = blocksOf(node.size)
    const has = blocksOf(size)
    if (size < node.size) {
      blocks.cutTail(node, size)
      for (let block = has; block < had; block++) blocks.clear(node, block)
    } else if (has > had && node.isPromised) room.promise(has - had)
    node.size = size
    node.changedMs = deps.now()
    map.touch(node)
  }

  function destroy(node: FileNode): void {
    if (node.size > 0) setSize(node, 0)
    map.drop(node)
  }

  function remove(node: FileNode): void {
    if (node.children && node.children.size > 0) throw faultError('not-empty')
    map.unname(node)
    if (node.opens === 0) destroy(node)
  }

  return {
    root: map.root,
    create(parent, name, mode) {
      deps.prepare()
      room.ensure(0, false)
      const node = map.create({ parent, name }, mode, deps.now())
      node.isPromised = deps.isPromised(node)
      return node
    },
    rename(node, parent, name) {
      deps.prepare()
      const there = parent.children?.get(name)
      if (there === node) return
      if (there && isDirectory(there.mode) !== isDirectory(node.mode))
        throw faultError(there.children ? 'is-directory' : 'not-directory')
      if (there) remove(there)
      map.rename(node, parent, name)
    },
    remove(node) {
      deps.prepare()
      remove(node)
    },
    opened(node) {
      node.opens += 1
    },
    closed(node) {
      node.opens -= 1
      if (node.opens === 0 && node.parent === undefined && node !== map.root) destroy(node)
    },
    setMode(node, mode) {
      deps.prepare()
      node.mode = mode
      map.touch(node)
    },
    setTime(node, changedMs) {
      deps.prepare()
      node.changedMs = changedMs
      map.touch(node)
    },
    resize(node, size) {
      if (size === node.size) return
      deps.prepare()
      const more = blocksOf(size) - blocksOf(node.size)
      if (more > 0) {
        if (node.isPromised) room.ensure(more, true)
        map.reach(node, blocksOf(size))
      }
      setSize(node, size)
    },
    read(node, { bytes, offset, length }, position) {
      const count = Math.max(0, Math.min(node.size - position, length))
      blocks.read(node, position, { bytes, offset, length: count })
      return count
    },
    write(node, from, position) {
      if (from.length === 0) return
      deps.prepare()
      const end = position + from.length
      const first = Math.floor(position / blockBytes)
      const last = blocksOf(end) - 1
      // Reading what stays of the outer blocks can fail: before anything has changed.
      for (const block of new Set([first, last]))
        blocks.keepRest(node, block, { from: position, to: end })
      // A new segment of the log is zeros, which take no room; new blocks of a table are promised it.
      const holes = isWhole(position, from) && isZeros(from)
      const isExtending = node.isPromised && blocksOf(end) > blocksOf(node.size)
      room.ensure(holes && !node.isPromised ? 0 : blocks.slotsFor(node, first, last), isExtending)
      map.reach(node, blocksOf(Math.max(end, node.size)))
      if (end > node.size) setSize(node, end)
      eachBlock(from, position, (at, part) => {
        if (!holes || !blocks.isHole(node, Math.floor(at / blockBytes)))
          blocks.write(node, at, part)
      })
    },
    removeNameless() {
      for (const node of map.nodes()) if (node !== map.root && !node.parent) destroy(node)
    },
  }
}
