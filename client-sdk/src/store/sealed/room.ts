/**
 * Room for what will be written (B10). Slots exist on the device, filled with random bytes, before anything needs
 * them: a full disk shows in the file operation that wants more, and never in a commit.
 */
import type { Random } from '../../core/random.ts'
import type { BlockDevice } from './block-device.ts'
import { faultError, faultOf } from './fault.ts'
import { blockBytes, slotAt } from './layout.ts'
import type { Slots } from './slots.ts'

/** Slots that files of `base/` leave to the log and to commits: 2 MiB. */
export const reserveSlots = 256
/** Map blocks that one change can touch, about. */
const mapSlots = 8
const pieceSlots = 8
/** Growing less would be growing often, and each time the file's size must be flushed too. */
const leastGrowth = 32

export interface Room {
  /**
   * Makes sure that `more` slots can be taken beyond what is spoken for already.
   * @param keepsReserve Whether the reserve must be there after it, too.
   * @throws fault full
   */
  ensure(more: number, keepsReserve: boolean): void
  /** The same for what is spoken for, without committing. @throws fault full */
  growFor(slots: number): void
  /** Speaks for so many slots, or, with a negative number, no longer. */
  promise(slots: number): void
  readonly promised: number
  /** Whether the reserve was touched because the device is full. */
  readonly isLow: boolean
}

export interface RoomDeps {
  readonly device: BlockDevice
  readonly slots: Slots
  readonly random: Random
  readonly journalBytes: number
  /** Slots that changed blocks and the map will need. */
  spokenFor(): number
  /** Commits, so that waiting slots are free; does nothing when it cannot. */
  settle(): void
}

export function createRoom(deps: RoomDeps): Room {
  const { device, slots, random, journalBytes } = deps
  let promised = 0
  let isLow = false

  /** Adds slots as far as there is room. @throws fault io */
  function grow(count: number): void {
    const target = slots.total + count
    try {
      for (let total = slots.total; total < target; total += pieceSlots) {
        device.write(slotAt(journalBytes, total + 1), random.bytes(pieceSlots * blockBytes))
        slots.resize(total + pieceSlots)
      }
    } catch (error) {
      if (faultOf(error) !== 'full') throw error
    }
  }
  const missing = (more: number, reserve: number): number =>
    deps.spokenFor() + promised + more + mapSlots + reserve - slots.free

  return {
    ensure(more, keepsReserve) {
      const lacking = missing(more, reserveSlots)
      if (lacking > 0) grow(Math.max(lacking, leastGrowth))
      if (missing(more, reserveSlots) > 0 && slots.waiting > 0) deps.settle()
      isLow = missing(more, reserveSlots) > 0
      if (missing(more, keepsReserve ? reserveSlots : 0) > 0) throw faultError('full')
    },
    growFor(count) {
      if (slots.free < count) grow(count - slots.free)
      if (slots.free < count) throw faultError('full')
    },
    promise(count) {
      promised += count
    },
    get promised() {
      return promised
    },
    get isLow() {
      return isLow
    },
  }
}
