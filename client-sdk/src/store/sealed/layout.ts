/** The measures of the file (STORE.md, "The file") and its integers, which are little-endian. */

export const blockBytes = 8192
export const superblockBytes = 8192
export const frameBytes = 4096
export const keyAreaBytes = 4096

/** A ref: slot u32, 12 bytes of the nonce, tag. Slot 0 stands for a block of zeros. */
export const refBytes = 32
export const refsPerBlock = blockBytes / refBytes
export const nodeRecordBytes = 256
export const nodesPerBlock = blockBytes / nodeRecordBytes

/** How many refs to roots the superblock has room for. */
export const nodeRoots = 16
export const pageRoots = 105
export const mostNodes = nodeRoots * refsPerBlock * nodesPerBlock
export const mostPages = pageRoots * refsPerBlock * refsPerBlock

/** What stands in the place of the inode for blocks of the map. */
export const mapBlock = {
  nodes: 0xffff_ffff,
  pages: 0xffff_fffe,
  nodeRoot: 0xffff_fffd,
  pageRoot: 0xffff_fffc,
} as const

export const superblockAt = (place: number): number => place * superblockBytes
export const journalAt = (journalBytes: number, half: number): number =>
  2 * superblockBytes + half * journalBytes
export const slotAt = (journalBytes: number, slot: number): number =>
  2 * superblockBytes + 2 * journalBytes + (slot - 1) * blockBytes

/** Whole slots of a device of this size. */
export const slotsIn = (journalBytes: number, deviceBytes: number): number =>
  Math.max(0, Math.floor((deviceBytes - slotAt(journalBytes, 1)) / blockBytes))

/** How many blocks hold so many bytes. */
export const blocksOf = (bytes: number): number => Math.ceil(bytes / blockBytes)

export function getU32(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0
  )
}

export function putU32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value
  bytes[at + 1] = value >>> 8
  bytes[at + 2] = value >>> 16
  bytes[at + 3] = value >>> 24
}

export const getU16 = (bytes: Uint8Array, at: number): number => bytes[at]! | (bytes[at + 1]! << 8)

export function putU16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value
  bytes[at + 1] = value >>> 8
}

/** Integers of more than 32 bits are exact up to 2⁵³. */
const high = 2 ** 32
export const getU48 = (bytes: Uint8Array, at: number): number =>
  getU32(bytes, at) + getU16(bytes, at + 4) * high
export function putU48(bytes: Uint8Array, at: number, value: number): void {
  putU32(bytes, at, value % high)
  putU16(bytes, at + 4, Math.floor(value / high))
}
export const getU64 = (bytes: Uint8Array, at: number): number =>
  getU32(bytes, at) + getU32(bytes, at + 4) * high
export function putU64(bytes: Uint8Array, at: number, value: number): void {
  putU32(bytes, at, value % high)
  putU32(bytes, at + 4, Math.floor(value / high))
}
