/** What a device shows without the key: superblocks, the key area, and whether there is a pack at all (B11, B17). */
import { sameBytes, utf8 } from '@selene/shapes'
import type { Primitives } from '../../crypto/primitives.ts'
import type { BlockDevice } from './block-device.ts'
import { slotAt, superblockAt, superblockBytes } from './layout.ts'
import { inspectSuperblock, superblockMagic, type Inspected } from './superblock.ts'

export const defaultJournalBytes = 2 ** 19

/** Stands in the place of the first superblock while a pack is being made. */
export const makingMagic = utf8('selmake\0')

export type IntactSuperblock = Extract<Inspected, { kind: 'intact' }> & { readonly place: number }

export type FoundSuperblocks =
  | {
      readonly kind: 'pack'
      readonly newestFirst: readonly [IntactSuperblock, ...IntactSuperblock[]]
    }
  /** `none`: an empty device, or one on which making a pack never ended. */
  | { readonly kind: 'none' | 'damaged' | 'newer-format' }

/** Nothing was ever kept there: there is no slot, and it begins as a pack that is being made. */
function wasNeverMade(device: BlockDevice, journalBytes: number): boolean {
  if (device.size() === 0) return true
  const start = new Uint8Array(8)
  device.read(0, start)
  return (
    device.size() <= slotAt(journalBytes, 1) &&
    (sameBytes(start, makingMagic) || sameBytes(start, superblockMagic))
  )
}

/** @throws fault io */
export function findSuperblocks(
  crypto: Primitives,
  device: BlockDevice,
  journalBytes: number,
): FoundSuperblocks {
  const both = [0, 1].map((place) => {
    const bytes = new Uint8Array(superblockBytes)
    device.read(superblockAt(place), bytes)
    return { ...inspectSuperblock(crypto, bytes), place }
  })
  if (both.some(({ kind }) => kind === 'newer')) return { kind: 'newer-format' }
  const [newest, ...older] = both
    .filter((one): one is IntactSuperblock => one.kind === 'intact')
    .toSorted((a, b) => b.header.epoch - a.header.epoch)
  if (newest) return { kind: 'pack', newestFirst: [newest, ...older] }
  return { kind: wasNeverMade(device, journalBytes) ? 'none' : 'damaged' }
}

export type PackHeader =
  | {
      readonly kind: 'pack'
      readonly storeId: Uint8Array
      /** Newest first; two when a change of the area was interrupted. Not authenticated before the pack is open. */
      readonly keyAreas: readonly Uint8Array[]
    }
  | { readonly kind: 'none' | 'damaged' | 'newer-format' }

/** What can be read before the key is known. @throws fault io */
export function readPackHeader(
  crypto: Primitives,
  device: BlockDevice,
  journalBytes: number = defaultJournalBytes,
): PackHeader {
  const found = findSuperblocks(crypto, device, journalBytes)
  if (found.kind !== 'pack') return { kind: found.kind }
  const [newest, older] = found.newestFirst
  const { storeId, keyArea } = newest.header
  const keyAreas = [keyArea]
  if (older && !sameBytes(older.header.keyArea, keyArea)) keyAreas.push(older.header.keyArea)
  return { kind: 'pack', storeId, keyAreas }
}
