/** Commits and checkpoints (B6, B7, B9): how what is in memory becomes what an opening finds. */
import { utf8 } from '@selene/shapes'
import type { Primitives } from '../../crypto/primitives.ts'
import type { BlockCache, CachedBlock } from './block-cache.ts'
import type { BlockDevice } from './block-device.ts'
import { faultError } from './fault.ts'
import type { FileMap } from './file-map.ts'
import type { Journal } from './journal.ts'
import { superblockAt } from './layout.ts'
import { encodeRecord, hasChanges, patchBytes } from './record.ts'
import type { Outgoing, SlotIo } from './slot-io.ts'
import type { Slots } from './slots.ts'
import type { StoredMap } from './stored-map.ts'
import { formatVersion, sealSuperblock, type Header } from './superblock.ts'

export interface Committer {
  /** Number of the last commit; it is durable. */
  readonly sequence: number
  readonly keyArea: Uint8Array
  /** Writes changed blocks to slots; no record knows of them yet. @throws fault io */
  writeChanged(): void
  /** Commits everything; durable when it returns. @throws fault io, closed; then the pack has ended (B20). */
  commit(): void
  /** Stores map and superblock. @throws the same. */
  checkpoint(keyArea?: Uint8Array): void
  /** Whether a commit failed. */
  readonly hasFailed: boolean
}

/** Where the store stands when it is opened. */
export interface Standing {
  readonly sequence: number
  readonly header: Header
  /** Which of the two superblocks it rests on. */
  readonly place: number
  /** Slots of the other superblock's map: to be kept until the next checkpoint is durable. */
  readonly retired: readonly number[]
}

export interface CommitterDeps {
  readonly crypto: Primitives
  readonly superblockKey: Uint8Array
  readonly device: BlockDevice
  readonly map: FileMap
  readonly stored: StoredMap
  readonly cache: BlockCache
  readonly slots: Slots
  readonly io: SlotIo
  readonly journal: Journal
  /** Makes sure that so many slots are free. @throws fault full */
  growFor(slots: number): void
  /** A block turned out to be all zeros. */
  onZeros(isPromised: boolean): void
  /** Is told of each sequence that is durable. */
  onDurable(sequence: number): void
}

const isZeros = (bytes: Uint8Array): boolean => {
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
  for (const word of words) if (word !== 0) return false
  return true
}

/** Changes of blocks go into the record up to so many bytes: with the rest of a small commit they fit one frame. */
const mostPatchBytes = 3072

const gapDomain = utf8('selene/store-gap/v1\0')
/** What frames hang on after a checkpoint that holds more than the records before it (B9). */
export const gapAfter = (crypto: Primitives, chain: Uint8Array): Uint8Array =>
  crypto.hash([gapDomain, chain]).slice(0, 16)

export function createCommitter(deps: CommitterDeps, standing: Standing): Committer {
  const { device, map, stored, cache, slots, io, journal } = deps
  let { sequence, place, header } = standing
  let retired = standing.retired
  let hasFailed = false

  function clearPage(page: number): void {
    const slot = map.table.slot(page)
    if (slot !== 0) slots.release(slot)
    map.table.clear(page)
  }

  function writeChanged(): void {
    const outgoing: (Outgoing & { page: number })[] = []
    for (const block of cache.changed()) {
      if (isZeros(block.bytes)) {
        clearPage(block.page)
        cache.written(block.page)
        deps.onZeros(block.isPromised)
      } else {
        const { page, inode: a, block: b, bytes } = block
        outgoing.push({ page, a, b, bytes, slot: slots.take() })
      }
    }
    const left = new Set(outgoing)
    try {
      io.write(outgoing, (block, ref) => {
        const { page } = block as (typeof outgoing)[number]
        const before = map.table.slot(page)
        if (before !== 0) slots.release(before)
        map.table.set(page, ref)
        cache.written(page)
        left.delete(block as (typeof outgoing)[number])
      })
    } finally {
      for (const { slot } of left) slots.release(slot)
    }
  }

  /** What was written is durable. */
  function settle(next: number): void {
    sequence = next
    map.recorded()
    map.table.recorded()
    slots.settle()
    deps.onDurable(next)
  }

  function writeRecord(payload: Uint8Array): void {
    journal.append(payload, sequence + 1)
    device.flush()
    settle(sequence + 1)
  }

  /** Commits what changed in blocks within the record; they stay in memory until they are written. False when it is too much. */
  function commitSmall(blocks: readonly CachedBlock[]): boolean {
    if (patchBytes(blocks) > mostPatchBytes) return false
    const payload = encodeRecord(map, blocks)
    if (!journal.fits(payload.length)) return false
    writeRecord(payload)
    for (const block of blocks) {
      block.unrecorded = undefined
      map.table.patch(block.page)
    }
    return true
  }

  function commitAll(): void {
    writeChanged()
    if (!hasChanges(map)) return
    const payload = encodeRecord(map)
    if (journal.fits(payload.length)) writeRecord(payload)
    else writeCheckpoint(header.keyArea)
  }

  function writeCheckpoint(keyArea: Uint8Array): void {
    const holdsMore = hasChanges(map)
    const next = holdsMore ? sequence + 1 : sequence
    const { chain: last, half } = journal.point
    const chain = holdsMore ? gapAfter(deps.crypto, last) : last
    const replaced: number[] = []
    deps.growFor(stored.need(map))
    stored.write(map, { io, take: slots.take, replaced: (slot) => void replaced.push(slot) })
    device.flush()
    header = { ...header, format: formatVersion, epoch: header.epoch + 1, keyArea }
    const state = { sequence: next, chain, half: 1 - half, ...stored.roots }
    const other = 1 - place
    device.write(
      superblockAt(other),
      sealSuperblock(deps.crypto, deps.superblockKey, header, state),
    )
    device.flush()
    place = other
    journal.turn(chain)
    settle(next)
    for (const slot of retired) slots.reclaim(slot)
    retired = replaced
  }

  /** Nothing is known about the device after a failure here. */
  function ending(work: () => void): void {
    if (hasFailed) throw faultError('closed')
    try {
      work()
    } catch (error) {
      hasFailed = true
      throw error
    }
  }

  return {
    get sequence() {
      return sequence
    },
    get keyArea() {
      return header.keyArea
    },
    get hasFailed() {
      return hasFailed
    },
    writeChanged,
    commit: () =>
      ending(() => {
        const blocks = cache.unrecorded()
        if (blocks.length === 0 && !hasChanges(map)) return
        if (!commitSmall(blocks)) commitAll()
      }),
    checkpoint: (keyArea = header.keyArea) =>
      ending(() => {
        writeChanged()
        // With a record of everything, losing the superblock would lose nothing (B14).
        if (hasChanges(map)) {
          const payload = encodeRecord(map)
          if (journal.fits(payload.length)) writeRecord(payload)
        }
        writeCheckpoint(keyArea)
      }),
  }
}
