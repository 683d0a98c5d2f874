import fc from 'fast-check'
import { expect, test } from 'vitest'
import { systemRandom } from '../../core/random.ts'
import { loadBlockAead } from '../../crypto/block-aead.ts'
import { createFrames, framePayload, frameWorkBytes } from './frames.ts'
import { createJournal, framesBehind, readHalf, readRecords, type JournalPoint } from './journal.ts'
import { frameBytes } from './layout.ts'
import { memoryDevice } from './memory-device.ts'
import { pooledRandom } from './nonces.ts'

const make = await loadBlockAead()
const aead = make(new Uint8Array(32).fill(2), frameWorkBytes)
const storeId = new Uint8Array(16).fill(3)
const frames = createFrames(aead, pooledRandom(systemRandom), storeId)
const journalBytes = 16 * frameBytes
const start: JournalPoint = { half: 1, index: 0, chain: new Uint8Array(16).fill(4) }

function written(...payloads: readonly Uint8Array[]) {
  const device = memoryDevice()
  const deps = { device, frames, journalBytes }
  const journal = createJournal(deps, start)
  for (const [i, payload] of payloads.entries()) journal.append(payload, i + 1)
  return { device, deps, journal, half: readHalf(deps, 1) }
}

const payload = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => i % 256)

test('B8 records read back, each in frames of its own', () => {
  const lengths = fc.array(fc.integer({ min: 0, max: 3 * framePayload }), { maxLength: 5 })
  fc.assert(
    fc.property(lengths, (list) => {
      const { half, journal } = written(...list.map(payload))
      const records = readRecords(frames, half, start)
      expect(records.map((record) => record.payload.length)).toEqual(list)
      expect(records.map(({ sequence }) => sequence)).toEqual(list.map((_, i) => i + 1))
      expect(records.at(-1)?.end ?? start).toEqual(journal.point)
    }),
  )
})

test('B9 a record fits as long as there are frames for it', () => {
  const { journal } = written(payload(14 * framePayload))
  expect(journal.fits(2 * framePayload)).toBe(true)
  expect(journal.fits(2 * framePayload + 1)).toBe(false)
  journal.turn(start.chain)
  expect(journal.point).toEqual({ half: 0, index: 0, chain: start.chain })
})

test('B12 a chain ends at the first frame that is missing, changed or out of place', () => {
  const { half } = written(payload(10), payload(2 * framePayload), payload(20))
  for (let frame = 0; frame < 4; frame++) {
    const whole = [0, 1, 1, 2][frame]!
    const broken = half.slice()
    broken[frame * frameBytes + 100]! ^= 1
    expect(readRecords(frames, broken, start)).toHaveLength(whole)
  }
  const swapped = half.slice()
  swapped.copyWithin(0, 3 * frameBytes, 4 * frameBytes)
  expect(readRecords(frames, swapped, start)).toEqual([])
  expect(readRecords(frames, half, { ...start, half: 0 })).toEqual([])
  expect(readRecords(frames, half, { ...start, chain: new Uint8Array(16) })).toEqual([])
})

test('B13 frames behind a broken one are found, by the tags that stand there', () => {
  const { half } = written(payload(1), payload(1), payload(1), payload(1))
  half[frameBytes + 50]! ^= 1
  const [first] = readRecords(frames, half, start)
  expect(framesBehind(frames, half, first!.end).map(({ sequence }) => sequence)).toEqual([3, 4])
  expect(framesBehind(frames, half, { ...start, index: 4 })).toEqual([])
})

test('a frame of another store does not open', () => {
  const { half } = written(payload(1))
  const other = createFrames(aead, pooledRandom(systemRandom), new Uint8Array(16))
  expect(readRecords(other, half, start)).toEqual([])
})
