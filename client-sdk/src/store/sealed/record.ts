/** A journal record: what changed since the one before (STORE.md, "Journal half"). */
import { concat } from '@selene/shapes'
import type { CachedBlock } from './block-cache.ts'
import type { FileMap } from './file-map.ts'
import { packedBytes, packNodeRecord, unpackNodeRecord, type NodeRecord } from './file-node.ts'
import { blockBytes, getU32, mostPages, putU32, refBytes } from './layout.ts'
import type { PageTable } from './page-table.ts'

const kinds = { node: 1, noNode: 2, refs: 3, holes: 4, patch: 5 } as const
const patchHead = 13

function entry(kind: number, numbers: readonly number[], room = 0): Uint8Array {
  const bytes = new Uint8Array(1 + numbers.length * 4 + room)
  bytes[0] = kind
  for (const [i, number] of numbers.entries()) putU32(bytes, 1 + i * 4, number)
  return bytes
}

function refsEntry(table: PageTable, pages: readonly number[]): Uint8Array {
  const bytes = entry(kinds.refs, [pages.length], pages.length * (4 + refBytes))
  let at = 5
  for (const page of pages) {
    putU32(bytes, at, page)
    bytes.set(table.ref(page)!, at + 4)
    at += 4 + refBytes
  }
  return bytes
}

/** Neighbouring pages of zeros are one entry: a large file that is deleted has many. */
function holesEntries(pages: readonly number[]): Uint8Array[] {
  const entries: Uint8Array[] = []
  for (let from = 0; from < pages.length;) {
    let to = from + 1
    while (to < pages.length && pages[to] === pages[to - 1]! + 1) to += 1
    entries.push(entry(kinds.holes, [pages[from]!, to - from]))
    from = to
  }
  return entries
}

function patchEntry({ page, bytes, unrecorded }: CachedBlock): Uint8Array {
  const { from, to } = unrecorded!
  const patch = entry(kinds.patch, [page, from, to - from], to - from)
  patch.set(bytes.subarray(from, to), patchHead)
  return patch
}

/** How long the part of a record is that holds what these blocks have unrecorded. */
export const patchBytes = (blocks: readonly CachedBlock[]): number =>
  blocks.reduce(
    (sum, { unrecorded }) => (unrecorded ? sum + patchHead + unrecorded.to - unrecorded.from : sum),
    0,
  )

/** Whether there is anything to record. */
export const hasChanges = (map: FileMap): boolean =>
  map.changed.size > 0 || map.table.changed.size > 0

/**
 * All changes since the last record; empty when there are none.
 * @param patched Blocks of which it holds what is not recorded, instead of a ref to where they were written.
 */
export function encodeRecord(map: FileMap, patched: readonly CachedBlock[] = []): Uint8Array {
  const pages = [...map.table.changed].toSorted((a, b) => a - b)
  const refs = pages.filter((page) => map.table.slot(page) !== 0)
  const holes = pages.filter((page) => map.table.slot(page) === 0)
  const nodes = [...map.changed].map((inode) => {
    const record = map.record(inode)
    return record
      ? concat(entry(kinds.node, [inode]), packNodeRecord(record))
      : entry(kinds.noNode, [inode])
  })
  return concat(
    ...nodes,
    ...holesEntries(holes),
    ...(refs.length > 0 ? [refsEntry(map.table, refs)] : []),
    ...patched.map(patchEntry),
  )
}

/** The refs that a record sets, by page. @throws RangeError, TypeError for bytes that are none. */
export function refsOf(bytes: Uint8Array): Map<number, Uint8Array> {
  const refs = new Map<number, Uint8Array>()
  const table = { set: (page: number, ref: Uint8Array) => void refs.set(page, ref), clear() {} }
  applyRecord(bytes, { records: new Map(), touched: new Set(), patches: new Map(), table })
  return refs
}

/** Bytes at a place of a block. */
export interface Patch {
  readonly at: number
  readonly bytes: Uint8Array
}

/** What records are applied to. */
export interface Replay {
  readonly records: Map<number, NodeRecord>
  /** Inodes whose record is not that of the stored map. */
  readonly touched: Set<number>
  readonly table: Pick<PageTable, 'set' | 'clear'>
  /** What changed in a page since its ref was set, in that order. */
  readonly patches: Map<number, Patch[]>
}

/** Applies a record. @throws RangeError, TypeError for bytes that are none. */
export function applyRecord(bytes: Uint8Array, to: Replay): void {
  const { records, touched, table, patches } = to
  let at = 0
  const next = (): number => {
    at += 4
    if (at > bytes.length) throw new RangeError('the record ends early')
    return getU32(bytes, at - 4)
  }
  while (at < bytes.length) {
    const kind = bytes[at]!
    at += 1
    const first = next()
    if (kind === kinds.node) {
      const rest = bytes.subarray(at)
      records.set(first, unpackNodeRecord(rest))
      touched.add(first)
      at += packedBytes(rest)
    } else if (kind === kinds.noNode) {
      records.delete(first)
      touched.add(first)
    } else if (kind === kinds.holes) {
      const count = next()
      if (first + count > mostPages) throw new RangeError('beyond the page table')
      for (let page = first; page < first + count; page++) {
        table.clear(page)
        patches.delete(page)
      }
    } else if (kind === kinds.refs) {
      for (let i = 0; i < first; i++) {
        const page = next()
        if (at + refBytes > bytes.length) throw new RangeError('the record ends early')
        table.set(page, bytes.subarray(at, at + refBytes))
        patches.delete(page)
        at += refBytes
      }
    } else if (kind === kinds.patch) {
      const start = next()
      const length = next()
      const end = at + length
      if (end > bytes.length || start + length > blockBytes)
        throw new RangeError('the change ends early')
      const patch = { at: start, bytes: bytes.subarray(at, end) }
      patches.set(first, [...(patches.get(first) ?? []), patch])
      at = end
    } else throw new RangeError('an unknown kind of change')
  }
}
