/** The journal (B7, B8, B9): records are appended to one half, and read back from a chain. */
import { concat } from '@selene/shapes'
import type { BlockDevice } from './block-device.ts'
import { frameBytes, journalAt } from './layout.ts'
import { framePayload, framesFor, tagOf, type Frame, type Frames } from './frames.ts'

/** A place in the journal, and what the frame there hangs on. */
export interface JournalPoint {
  readonly half: number
  readonly index: number
  readonly chain: Uint8Array
}

export interface JournalRecord {
  readonly sequence: number
  readonly payload: Uint8Array
  /** Where the next record begins. */
  readonly end: JournalPoint
}

export interface Journal {
  readonly point: JournalPoint
  /** Whether a record of so many bytes has room in this half. */
  fits(payloadBytes: number): boolean
  /** @throws fault io; then nothing has changed here. */
  append(payload: Uint8Array, sequence: number): void
  /** Goes on in the other half, from its start. */
  turn(chain: Uint8Array): void
}

export interface JournalDeps {
  readonly device: BlockDevice
  readonly frames: Frames
  readonly journalBytes: number
}

export function createJournal(deps: JournalDeps, start: JournalPoint): Journal {
  const { device, frames, journalBytes } = deps
  const perHalf = journalBytes / frameBytes
  let point = start
  /** Most records have one frame: its buffer is used again. */
  const single = new Uint8Array(frameBytes)

  return {
    get point() {
      return point
    },
    fits: (payloadBytes) => point.index + framesFor(payloadBytes) <= perHalf,
    append(payload, sequence) {
      const count = framesFor(payload.length)
      const bytes = count === 1 ? single : new Uint8Array(count * frameBytes)
      let { chain } = point
      for (let i = 0; i < count; i++) {
        const piece = payload.subarray(i * framePayload, (i + 1) * framePayload)
        const frame = { sequence, isLast: i === count - 1, payload: piece }
        const place = { half: point.half, index: point.index + i }
        chain = frames.seal(frame, place, chain, bytes.subarray(i * frameBytes))
      }
      device.write(journalAt(journalBytes, point.half) + point.index * frameBytes, bytes)
      point = { half: point.half, index: point.index + count, chain }
    },
    turn(chain) {
      point = { half: 1 - point.half, index: 0, chain }
    },
  }
}

/** All bytes of a half; what the device does not have is zeros. */
export function readHalf({ device, journalBytes }: JournalDeps, half: number): Uint8Array {
  const bytes = new Uint8Array(journalBytes)
  device.read(journalAt(journalBytes, half), bytes)
  return bytes
}

/** The whole records of a half from a point on, while their frames authenticate. */
export function readRecords(
  frames: Frames,
  bytes: Uint8Array,
  start: JournalPoint,
): JournalRecord[] {
  const records: JournalRecord[] = []
  let pieces: Uint8Array[] = []
  let { chain } = start
  for (let index = start.index; (index + 1) * frameBytes <= bytes.length; index++) {
    const sealed = bytes.subarray(index * frameBytes, (index + 1) * frameBytes)
    const frame = frames.open(sealed, { half: start.half, index }, chain)
    if (!frame) break
    chain = tagOf(sealed)
    pieces.push(frame.payload)
    if (!frame.isLast) continue
    const { sequence } = frame
    const end = { half: start.half, index: index + 1, chain }
    records.push({ sequence, payload: concat(...pieces), end })
    pieces = []
  }
  return records
}

/**
 * Frames behind a point that authenticate when each is hung on the tag that stands before it: what a crash
 * left, what an earlier turn left, or what follows a damaged frame (B13).
 */
export function framesBehind(frames: Frames, bytes: Uint8Array, point: JournalPoint): Frame[] {
  const found: Frame[] = []
  for (let index = point.index + 1; (index + 1) * frameBytes <= bytes.length; index++) {
    const chain = tagOf(bytes.subarray((index - 1) * frameBytes, index * frameBytes))
    const sealed = bytes.subarray(index * frameBytes, (index + 1) * frameBytes)
    const frame = frames.open(sealed, { half: point.half, index }, chain)
    if (frame) found.push(frame)
  }
  return found
}
