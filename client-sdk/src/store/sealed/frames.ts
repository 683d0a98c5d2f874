/**
 * Frames of the journal (STORE.md, "Journal half"): sealed pieces of 4,096 bytes, each hanging on the tag of the one
 * before. One at a time.
 */
import type { BlockAead, BlockBox } from '../../crypto/block-aead.ts'
import { frameBytes, getU16, getU64, putU16, putU32, putU64 } from './layout.ts'
import type { FillRandom } from './nonces.ts'

const nonceBytes = 24
const tagBytes = 16
const plainBytes = frameBytes - nonceBytes - tagBytes
const payloadAt = 12
/** Payload of one frame. */
export const framePayload = plainBytes - payloadAt
/** Working memory that {@link createFrames} needs. */
export const frameWorkBytes = plainBytes

export interface FramePlace {
  readonly half: number
  readonly index: number
}

export interface Frame {
  readonly sequence: number
  readonly isLast: boolean
  readonly payload: Uint8Array
}

export interface Frames {
  /** Seals a frame to that place of `into`; gives its tag, which is the next chain. */
  seal(frame: Frame, place: FramePlace, chain: Uint8Array, into: Uint8Array): Uint8Array
  /** `undefined` for bytes that are no frame of this place and chain. */
  open(bytes: Uint8Array, place: FramePlace, chain: Uint8Array): Frame | undefined
}

/** The tag of a frame as it stands there, authentic or not. */
export const tagOf = (bytes: Uint8Array): Uint8Array =>
  bytes.slice(frameBytes - tagBytes, frameBytes)

export const framesFor = (payloadBytes: number): number =>
  Math.max(1, Math.ceil(payloadBytes / framePayload))

export function createFrames(aead: BlockAead, random: FillRandom, storeId: Uint8Array): Frames {
  const box: BlockBox = {
    nonce: new Uint8Array(nonceBytes),
    header: new Uint8Array(40),
    tag: new Uint8Array(tagBytes),
  }
  box.header.set(storeId)

  function hang({ half, index }: FramePlace, chain: Uint8Array): void {
    putU32(box.header, 16, half)
    putU32(box.header, 20, index)
    box.header.set(chain, 24)
  }

  return {
    seal(frame, place, chain, into) {
      hang(place, chain)
      random(box.nonce)
      const work = aead.work()
      work.fill(0)
      putU64(work, 0, frame.sequence)
      work[8] = frame.isLast ? 1 : 0
      putU16(work, 10, frame.payload.length)
      work.set(frame.payload, payloadAt)
      aead.seal(0, plainBytes, box)
      into.set(box.nonce)
      into.set(work.subarray(0, plainBytes), nonceBytes)
      into.set(box.tag, nonceBytes + plainBytes)
      return box.tag.slice()
    },
    open(bytes, place, chain) {
      if (bytes.length < frameBytes) return undefined
      hang(place, chain)
      box.nonce.set(bytes.subarray(0, nonceBytes))
      box.tag.set(bytes.subarray(frameBytes - tagBytes, frameBytes))
      const work = aead.work()
      work.set(bytes.subarray(nonceBytes, frameBytes - tagBytes))
      if (!aead.open(0, plainBytes, box)) return undefined
      const used = getU16(work, 10)
      if (used > framePayload) return undefined
      return {
        sequence: getU64(work, 0),
        isLast: work[8] === 1,
        payload: work.slice(payloadAt, payloadAt + used),
      }
    },
  }
}
