/** A file or directory of the pack, and the 256 bytes it is stored in. */
import { utf8 } from '@selene/shapes'
import { getU16, getU32, getU48, nodeRecordBytes, putU16, putU32, putU48 } from './layout.ts'
import { mostRuns } from './page-runs.ts'

export interface FileNode {
  readonly inode: number
  /** `undefined` for the top directory, and for a file without a name that is still open (B21). */
  parent: FileNode | undefined
  name: string
  /** POSIX: kind and permissions. */
  mode: number
  /** Bytes. */
  size: number
  changedMs: number
  /** First pages of its runs. */
  readonly runs: number[]
  /** Of a directory. */
  readonly children: Map<string, FileNode> | undefined
  /** How many streams have it open; not stored. */
  opens: number
  /** Whether it is promised room for all of its blocks (B10); not stored, settled where it is made. */
  isPromised: boolean
}

/** Inode of the parent of a file without a name. */
export const noParent = 0xffff_ffff
export const longestName = 136

const kindMask = 0o170000
const directoryKind = 0o040000
export const isDirectory = (mode: number): boolean => (mode & kindMask) === directoryKind

const fixedBytes = 24
const runsAt = fixedBytes
const nameAt = runsAt + mostRuns * 4
const largestMs = 2 ** 48 - 1

/** What is stored; its parent is an inode here, as it may be read before its parent. */
export interface NodeRecord {
  readonly parent: number
  readonly mode: number
  readonly size: number
  readonly changedMs: number
  readonly runs: readonly number[]
  readonly name: string
}

export const recordOf = (node: FileNode): NodeRecord => ({
  parent: node.inode === 0 ? 0 : (node.parent?.inode ?? noParent),
  mode: node.mode,
  size: node.size,
  changedMs: node.changedMs,
  runs: node.runs,
  name: node.name,
})

function writeFixed(into: Uint8Array, record: NodeRecord, nameBytes: number): void {
  into[0] = 1
  into[1] = nameBytes
  putU16(into, 2, record.mode)
  putU32(into, 4, record.parent)
  putU48(into, 8, record.size)
  into[14] = record.runs.length
  putU48(into, 16, Math.min(largestMs, Math.max(0, Math.floor(record.changedMs))))
}

/** The record as it stands in a block of the map. */
export function writeNodeRecord(into: Uint8Array, record: NodeRecord): void {
  const name = utf8(record.name)
  into.fill(0)
  writeFixed(into, record, name.length)
  for (const [i, start] of record.runs.entries()) putU32(into, runsAt + i * 4, start)
  into.set(name, nameAt)
}

/** The record as it stands in the journal: no room for runs that it does not have. */
export function packNodeRecord(record: NodeRecord): Uint8Array {
  const name = utf8(record.name)
  const bytes = new Uint8Array(fixedBytes + record.runs.length * 4 + name.length)
  writeFixed(bytes, record, name.length)
  for (const [i, start] of record.runs.entries()) putU32(bytes, runsAt + i * 4, start)
  bytes.set(name, runsAt + record.runs.length * 4)
  return bytes
}

const text = new TextDecoder('utf-8', { fatal: true })

function read(bytes: Uint8Array, nameStart: (runs: number) => number): NodeRecord {
  const runs = bytes[14]!
  const start = nameStart(runs)
  const end = start + bytes[1]!
  if (runs > mostRuns || end > bytes.length) throw new RangeError('not a node record')
  return {
    parent: getU32(bytes, 4),
    mode: getU16(bytes, 2),
    size: getU48(bytes, 8),
    changedMs: getU48(bytes, 16),
    runs: Array.from({ length: runs }, (_, i) => getU32(bytes, runsAt + i * 4)),
    name: text.decode(bytes.subarray(start, end)),
  }
}

/** `undefined` for an inode that is not in use. @throws RangeError, TypeError for what is no record. */
export const readNodeRecord = (bytes: Uint8Array): NodeRecord | undefined =>
  bytes[0] === 0 ? undefined : read(bytes.subarray(0, nodeRecordBytes), () => nameAt)

/** Reads what {@link packNodeRecord} wrote. @throws the same. */
export const unpackNodeRecord = (bytes: Uint8Array): NodeRecord =>
  read(bytes, (runs) => runsAt + runs * 4)

/** How long a packed record is whose first bytes these are. */
export const packedBytes = (bytes: Uint8Array): number => fixedBytes + bytes[14]! * 4 + bytes[1]!
