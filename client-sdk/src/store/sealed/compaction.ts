/**
 * Makes the file shorter (B18): blocks of the tail move to lower free slots as they are, then the map, then the file is
 * cut. Each step ends with a commit, so that stopping anywhere is safe.
 */
import type { BlockDevice } from './block-device.ts'
import type { Committer } from './committer.ts'
import type { FileMap } from './file-map.ts'
import { putU32, slotAt } from './layout.ts'
import { reserveSlots, type Room } from './room.ts'
import type { SlotIo } from './slot-io.ts'
import type { Slots } from './slots.ts'
import type { StoredMap } from './stored-map.ts'

export interface CompactionDeps {
  readonly device: BlockDevice
  readonly map: FileMap
  readonly stored: StoredMap
  readonly slots: Slots
  readonly io: SlotIo
  readonly committer: Committer
  readonly room: Room
  readonly journalBytes: number
}

/** A gain of less is left alone: slots that are needed again in a moment. */
const leastGain = 128

/** Where the file may end: what is in use, what is promised, what is kept free, and the map twice while it moves. */
const targetOf = ({ slots, room, stored, map }: CompactionDeps): number =>
  slots.total - slots.free - slots.waiting + room.promised + reserveSlots + 2 * stored.need(map)

/** The pages that lie highest above a slot, highest first. */
function pagesAbove({ map }: CompactionDeps, slot: number, most: number): number[] {
  const above: number[] = []
  map.table.each((page, at) => {
    if (at > slot) above.push(page)
  })
  return above.toSorted((a, b) => map.table.slot(b) - map.table.slot(a)).slice(0, most)
}

function movePage({ map, slots, io }: CompactionDeps, page: number): void {
  const ref = map.table.ref(page)!.slice()
  const from = map.table.slot(page)
  const to = slots.take()
  io.move(from, to)
  putU32(ref, 0, to)
  slots.release(from)
  map.table.set(page, ref)
}

function cut({ device, slots, journalBytes }: CompactionDeps, target: number): boolean {
  let end = slots.total
  while (end > target && slots.isFree(end)) end -= 1
  if (end === slots.total) return false
  slots.resize(end)
  device.truncate(slotAt(journalBytes, end + 1))
  return true
}

/** One step; false when there is nothing left to gain. @throws fault io */
export function compactStep(deps: CompactionDeps, mostBlocks: number): boolean {
  const { slots, committer, stored, map } = deps
  // A block moves as it is stored, so what records say of it beyond that is stored before.
  committer.writeChanged()
  committer.commit()
  const target = targetOf(deps)
  if (slots.total - target < leastGain) return false
  const pages = pagesAbove(deps, target, Math.min(mostBlocks, Math.floor(slots.free / 2)))
  if (pages.length > 0) {
    for (const page of pages) movePage(deps, page)
    committer.commit()
    return true
  }
  // The second checkpoint frees what the superblock before the first one names.
  if (stored.touchAbove(map, target)) committer.checkpoint()
  committer.checkpoint()
  return cut(deps, target)
}
