/**
 * The pack: a small encrypted file system in one file that survives any crash (STORE.md). It is put together here;
 * `open-pack.ts` opens one.
 */
import type { Random } from '../../core/random.ts'
import type { Primitives } from '../../crypto/primitives.ts'
import { createBlockCache } from './block-cache.ts'
import type { BlockDevice } from './block-device.ts'
import { checkPack, type CheckProgress, type CheckReport } from './check.ts'
import { createCommitter, type Standing } from './committer.ts'
import { compactStep } from './compaction.ts'
import { faultError } from './fault.ts'
import type { FileMap } from './file-map.ts'
import type { FileNode } from './file-node.ts'
import { createFileBlocks } from './file-blocks.ts'
import { createFiles, type Files } from './files.ts'
import type { Frames } from './frames.ts'
import type { Journal } from './journal.ts'
import { blockBytes, blocksOf, keyAreaBytes, slotsIn } from './layout.ts'
import { runPages } from './page-runs.ts'
import type { Replay } from './record.ts'
import { createRoom } from './room.ts'
import type { SlotIo } from './slot-io.ts'
import { createSlots } from './slots.ts'
import type { StoredMap } from './stored-map.ts'

export interface PackSpace {
  /** Bytes of the file. */
  readonly fileBytes: number
  /** Bytes of blocks that hold something. */
  readonly liveBytes: number
  /** Bytes that are kept for files which were promised them (B10). */
  readonly promisedBytes: number
  /** The device is full: only the log and commits get room still. */
  readonly isLow: boolean
}

export interface Pack extends Omit<Files, 'removeNameless'> {
  /** Number of the last commit. */
  readonly sequence: number
  /** Whether writes stay in memory (B16). */
  readonly isReadOnly: boolean
  /** Whether a commit failed; it can only be closed then (B20). */
  readonly hasFailed: boolean
  /** Commits everything before; durable when it returns (B7). @throws fault io, closed */
  commit(): void
  /** Stores the map, so that the next opening is fast (B9). @throws the same. */
  checkpoint(): void
  /**
   * Until `commit` is called, nothing commits by itself, and closing throws away what was written: a database that
   * is being made is there as a whole or not at all.
   */
  hold(): void
  readonly isHeld: boolean
  /** Moves at most so many blocks towards the start; false when there is nothing left to gain (B18). */
  compact(mostBlocks: number): boolean
  /** Says what is damaged, a file at each step (B19). @throws fault io */
  check(): Generator<CheckProgress, CheckReport>
  keyArea(): Uint8Array
  /** @throws TypeError for more than 4,096 bytes. */
  setKeyArea(bytes: Uint8Array): void
  space(): PackSpace
  /** Commits, stores the map and closes the device; after a failure it only closes. */
  close(): void
  /** Closes without writing anything: what came after the last commit is as if it had not been. */
  abandon(): void
}

/** Changed blocks beyond which they are written to slots, and waiting slots beyond which is committed. */
const mostChanged = 256
const mostWaiting = 512
const mostClean = 64

/** Keys and ciphers. */
export interface PackTools {
  readonly superblockKey: Uint8Array
  readonly io: SlotIo
  readonly frames: Frames
  /** Wipes them. */
  close(): void
}

export interface PackParts {
  readonly device: BlockDevice
  readonly random: Random
  readonly crypto: Primitives
  readonly tools: PackTools
  readonly map: FileMap
  readonly stored: StoredMap
  readonly journal: Journal
  readonly standing: Standing
  /** What records say of pages beyond their refs. */
  readonly patches: Replay['patches']
  readonly isReadOnly: boolean
  isPromised(node: FileNode): boolean
  now(): number
  onDurable(sequence: number): void
}

function eachUsedSlot({ map, stored, standing }: PackParts, use: (slot: number) => void): void {
  for (const slot of stored.slots()) use(slot)
  for (const slot of standing.retired) use(slot)
  map.table.each((_, slot) => use(slot))
}

/** Blocks of zeros that files were promised room for. */
function promisedHoles({ map }: PackParts): number {
  let count = 0
  for (const { isPromised, size, runs } of map.nodes()) {
    if (!isPromised) continue
    count += blocksOf(size)
    for (const [run, start] of runs.entries()) count -= map.table.count(start, runPages(run))
  }
  return count
}

export function createPack(parts: PackParts): Pack {
  const { device, random, crypto, map, stored, journal, standing, isReadOnly } = parts
  const { io, superblockKey } = parts.tools
  const { journalBytes } = standing.header
  const slots = createSlots(slotsIn(journalBytes, device.size()), (use) => eachUsedSlot(parts, use))
  const cache = createBlockCache(mostClean)
  let isHeld = false
  let isOpen = true

  const committer = createCommitter(
    {
      device,
      map,
      stored,
      cache,
      slots,
      io,
      journal,
      crypto,
      superblockKey,
      growFor: (count) => room.growFor(count),
      onZeros: (isPromised) => room.promise(isPromised ? 1 : 0),
      onDurable: parts.onDurable,
    },
    standing,
  )
  const room = createRoom({
    device,
    slots,
    random,
    journalBytes,
    spokenFor: () => cache.changedCount + stored.need(map),
    settle: () => {
      if (!isHeld) committer.commit()
    },
  })

  function alive(): void {
    if (!isOpen || committer.hasFailed) throw faultError('closed')
  }
  function prepare(): void {
    alive()
    if (isReadOnly) return
    if (slots.waiting >= mostWaiting && !isHeld) committer.commit()
    if (cache.changedCount >= mostChanged) committer.writeChanged()
  }
  function commit(): void {
    alive()
    isHeld = false
    if (!isReadOnly) committer.commit()
  }

  function end(): void {
    isOpen = false
    cache.wipe()
    parts.tools.close()
    device.close()
  }

  for (const node of map.nodes()) node.isPromised = parts.isPromised(node)
  room.promise(promisedHoles(parts))
  // What is only read needs no room on the device.
  const fileRoom = isReadOnly ? { ...room, ensure: () => {} } : room
  const blocks = createFileBlocks({ map, cache, slots, io, room: fileRoom })
  const { isPromised, now } = parts
  const files = createFiles({ map, blocks, room: fileRoom, isPromised, prepare, now })
  for (const [page, list] of parts.patches) blocks.restore(page, list)
  files.removeNameless()

  return {
    ...files,
    read(node, into, position) {
      if (!isOpen) throw faultError('closed')
      return files.read(node, into, position)
    },
    get sequence() {
      return committer.sequence
    },
    isReadOnly,
    get hasFailed() {
      return committer.hasFailed
    },
    commit,
    checkpoint() {
      alive()
      isHeld = false
      if (!isReadOnly) committer.checkpoint()
    },
    hold() {
      isHeld = true
    },
    get isHeld() {
      return isHeld
    },
    compact(mostBlocks) {
      alive()
      if (isReadOnly || isHeld) return false
      return compactStep(
        { device, map, stored, slots, io, committer, room, journalBytes },
        mostBlocks,
      )
    },
    check() {
      alive()
      const { frames } = parts.tools
      return checkPack({
        device,
        crypto,
        superblockKey,
        frames,
        io,
        map,
        stored,
        journal,
        journalBytes,
      })
    },
    keyArea: () => committer.keyArea,
    setKeyArea(bytes) {
      alive()
      if (bytes.length > keyAreaBytes) throw new TypeError('the key area has 4,096 bytes')
      if (isReadOnly || isHeld) throw new TypeError('nothing can be committed now')
      // Twice: the area that it replaces must not stay in the other superblock (B17).
      committer.checkpoint(bytes.slice())
      committer.checkpoint()
    },
    space: () => ({
      fileBytes: device.size(),
      liveBytes: (slots.total - slots.free - slots.waiting) * blockBytes,
      promisedBytes: room.promised * blockBytes,
      isLow: room.isLow,
    }),
    close() {
      if (!isOpen) return
      try {
        if (!isReadOnly && !isHeld && !committer.hasFailed) committer.checkpoint()
      } finally {
        end()
      }
    },
    abandon() {
      if (isOpen) end()
    },
  }
}
