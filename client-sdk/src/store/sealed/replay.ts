/** What a superblock and the journal behind it come to (B12, B13, B14). Reads only. */
import type { Primitives } from '../../crypto/primitives.ts'
import { gapAfter } from './committer.ts'
import type { Frames } from './frames.ts'
import {
  framesBehind,
  readHalf,
  readRecords,
  type JournalDeps,
  type JournalPoint,
  type JournalRecord,
} from './journal.ts'
import { blockBytes } from './layout.ts'
import { blockOfPage } from './page-runs.ts'
import { applyRecord, refsOf } from './record.ts'
import type { SlotIo } from './slot-io.ts'
import { loadMap, type LoadedMap } from './stored-map.ts'
import type { SuperblockState } from './superblock.ts'

export interface ReplayDeps extends JournalDeps {
  readonly crypto: Primitives
  readonly frames: Frames
  readonly io: SlotIo
}

export interface Replayed {
  readonly map: LoadedMap
  readonly sequence: number
  readonly point: JournalPoint
  /** Whether something that was durable is missing. */
  readonly isDamaged: boolean
}

interface Chain {
  readonly start: JournalPoint
  readonly records: readonly JournalRecord[]
  readonly isDamaged: boolean
}

/** The records behind a superblock, and on into the other half when it does not know that they go on there (B14). */
function readChain(deps: ReplayDeps, state: SuperblockState): Chain {
  const start: JournalPoint = { half: state.half, index: 0, chain: state.chain }
  const own = readHalf(deps, start.half)
  const records = readRecords(deps.frames, own, start)
  const end = records.at(-1)?.end ?? start
  const next: JournalPoint = { half: 1 - start.half, index: 0, chain: end.chain }
  const other = readHalf(deps, next.half)
  const rest = readRecords(deps.frames, other, next)
  const last = rest.at(-1)?.end ?? end
  const sequence = (rest.at(-1) ?? records.at(-1))?.sequence ?? state.sequence
  // A record is written when the one before it is durable: what is later than the first missing one proves damage (B13).
  const behind = framesBehind(deps.frames, last.half === start.half ? own : other, last)
  const gap = gapAfter(deps.crypto, end.chain)
  const isDamaged =
    behind.some((frame) => frame.sequence > sequence + 1) ||
    deps.frames.open(other, next, gap) !== undefined
  return { start, records: [...records, ...rest], isDamaged }
}

/** Which block of which file a page is. */
function ownerOf({ records }: LoadedMap, page: number): { a: number; b: number } | undefined {
  for (const [a, { runs }] of records) {
    const b = blockOfPage(runs, page)
    if (b !== undefined) return { a, b }
  }
  return undefined
}

/** Whether all blocks are there that a record wrote; the map is as the record left it. */
function isComplete({ io }: ReplayDeps, record: JournalRecord, map: LoadedMap): boolean {
  const block = new Uint8Array(blockBytes)
  for (const [page, ref] of refsOf(record.payload)) {
    const name = ownerOf(map, page)
    if (!name || !io.read(ref, name, block)) return false
  }
  return true
}

function load(
  deps: ReplayDeps,
  state: SuperblockState,
  records: readonly JournalRecord[],
): LoadedMap {
  const map = loadMap(deps.io, state)
  for (const { payload } of records) applyRecord(payload, map)
  return map
}

/** @throws fault io */
export function replay(deps: ReplayDeps, state: SuperblockState): Replayed {
  const { start, records, isDamaged } = readChain(deps, state)
  const map = load(deps, state, records)
  const last = records.at(-1)
  // One flush makes a commit durable, and before it the record can land without its blocks.
  const isWhole = !last || map.damaged > 0 || isComplete(deps, last, map)
  const kept = isWhole ? records : records.slice(0, -1)
  return {
    map: isWhole ? map : load(deps, state, kept),
    sequence: kept.at(-1)?.sequence ?? state.sequence,
    point: kept.at(-1)?.end ?? start,
    isDamaged,
  }
}
