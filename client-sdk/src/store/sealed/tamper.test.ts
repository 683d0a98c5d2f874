/** What somebody who can write the file, but has no key, can do to it. */
import { beforeAll, describe, expect, test } from 'vitest'
import type { CheckReport } from './check.ts'
import { blockBytes, frameBytes, journalAt, slotAt, superblockBytes } from './layout.ts'
import { memoryDevice, type MemoryDevice } from './memory-device.ts'
import type { Pack } from './pack.ts'
import {
  faultIn,
  fileAt,
  newFile,
  pattern,
  readAll,
  scratchCrypto,
  scratchJournalBytes,
  scratchPack,
  tryPack,
  writeAt,
} from './scratch-pack.ts'

const names = ['a', 'b', 'c'] as const
const fileBlocks = 4
const slotPlace = (slot: number): number => slotAt(scratchJournalBytes, slot)

interface Story {
  /** After each commit. */
  readonly images: readonly Uint8Array[]
  /** Content of all files after each commit. */
  readonly contents: readonly ReadonlyMap<string, Uint8Array>[]
  readonly sequences: readonly number[]
  /** Closed after the last one: everything is in the map. */
  readonly closed: Uint8Array
}

/** A pack with a checkpoint and commits behind it, killed. */
function tell(): Story {
  const device = memoryDevice()
  const pack = scratchPack(device)
  const images: Uint8Array[] = []
  const contents: Map<string, Uint8Array>[] = []
  const sequences: number[] = []
  const now = new Map<string, Uint8Array>()
  const note = (): void => {
    images.push(device.content())
    contents.push(new Map(now))
    sequences.push(pack.sequence)
  }
  for (const [i, name] of names.entries()) {
    now.set(name, pattern(fileBlocks * blockBytes, i))
    newFile(pack, name, now.get(name))
  }
  pack.commit()
  note()
  pack.checkpoint()
  note()
  for (let round = 0; round < 4; round++) {
    const name = names[round % 3]!
    const bytes = pattern(fileBlocks * blockBytes, 10 + round)
    now.set(name, bytes)
    writeAt(pack, fileAt(pack, name), bytes)
    pack.commit()
    note()
  }
  const copy = memoryDevice(device.content())
  const closing = scratchPack(copy)
  const content = copy.content.bind(copy)
  closing.close()
  return { images, contents, sequences, closed: content() }
}

let story: Story
let last: Uint8Array
let closed: Uint8Array
beforeAll(() => {
  story = tell()
  last = story.images.at(-1)!
  closed = story.closed
})

const flipped = (at: number, image: Uint8Array = last): MemoryDevice => {
  const device = memoryDevice(image)
  const byte = new Uint8Array(1)
  device.read(at, byte)
  device.write(at, Uint8Array.of(byte[0]! ^ 0x10))
  return device
}

function check(pack: Pack): CheckReport {
  const steps = pack.check()
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** Files that read as they should, and those that are damaged; anything else is an error. */
function readable(pack: Pack, expected: ReadonlyMap<string, Uint8Array>): string {
  return names
    .map((name) => {
      let found: Uint8Array | undefined
      const fault = faultIn(() => (found = readAll(pack, fileAt(pack, name))))
      if (fault) return fault
      return Buffer.compare(found!, expected.get(name)!) === 0 ? name : `${name} is another`
    })
    .join()
}

const newest = (): ReadonlyMap<string, Uint8Array> => story.contents.at(-1)!

test('a whole pack is found whole', () => {
  const pack = scratchPack(memoryDevice(last))
  expect(readable(pack, newest())).toBe('a,b,c')
  expect(check(pack)).toEqual({ blocks: 12, regions: [], files: [] })
})

describe('a flipped bit', () => {
  test('B14 in one superblock, whichever, changes nothing, and it is made good', () => {
    for (const place of [0, 1])
      for (const at of [0, 9, 30, 100, 4144, 5000, 8191]) {
        const device = flipped(place * superblockBytes + at)
        const pack = scratchPack(device)
        expect(readable(pack, newest()), `superblock ${place} at ${at}`).toBe('a,b,c')
        expect(check(pack).regions).toEqual([])
        pack.close()
        expect(readable(scratchPack(memoryDevice(device.content())), newest())).toBe('a,b,c')
      }
  })

  test('B14 a superblock that somebody without the key made is nothing, whatever it says', () => {
    for (const place of [0, 1]) {
      const made = last.slice(place * superblockBytes, (place + 1) * superblockBytes)
      // A far newer one, of another store, with another journal.
      made.set([255, 255, 255, 255, 255, 255, 31], 24)
      made.set(pattern(16), 32)
      made.set([0, 16, 0, 0], 16)
      const body = made.subarray(0, superblockBytes - 32)
      const domain = new TextEncoder().encode('selene/store-superblock-hash/v1\0')
      made.set(scratchCrypto.hash([domain, body]), superblockBytes - 32)
      const device = memoryDevice(last)
      device.write(place * superblockBytes, made)
      const pack = scratchPack(device)
      expect(readable(pack, newest())).toBe('a,b,c')
      expect(check(pack).regions).toEqual([])
    }
  })

  test('in both superblocks is damage that cannot be read', () => {
    const device = flipped(5)
    device.write(superblockBytes, pattern(100))
    expect(tryPack(device)).toEqual({ ok: false, code: 'damaged', isReadable: false })
  })

  test('B13 in a record that others follow is damage, of which the commits before it can be read', () => {
    // Commits 3 to 6 are records 0 to 3 of the half that the checkpoint turned to.
    const half = [0, 1].find((one) => {
      const place = journalAt(scratchJournalBytes, one)
      return !story.images[1]!.subarray(place, place + frameBytes).every(
        (byte, i) => byte === last[place + i],
      )
    })!
    for (const [record, at] of [0, 1, 2].entries()) {
      const device = flipped(journalAt(scratchJournalBytes, half) + record * frameBytes + 100 * at)
      expect(tryPack(device)).toEqual({ ok: false, code: 'damaged', isReadable: true })
      const reader = scratchPack(device, { isReadOnly: true })
      expect(reader.sequence).toBe(story.sequences[1 + record])
    }
    // The last one might as well be a crash before it: only a counter tells.
    const device = flipped(journalAt(scratchJournalBytes, half) + 3 * frameBytes)
    expect(tryPack(device, { lastKnownSequence: story.sequences[5]! })).toMatchObject({
      code: 'rolled-back',
    })
    expect(scratchPack(device).sequence).toBe(story.sequences[4])
  })

  test('B5, B19 in a block of a file damages this block, and the rest goes on', () => {
    let damaged = 0
    for (let slot = 1; slotPlace(slot) < closed.length; slot++) {
      const device = flipped(slotPlace(slot) + ((slot * 977) % blockBytes), closed)
      const opened = tryPack(device)
      if (!opened.ok) {
        // A block of the map that both superblocks name.
        expect(opened.code).toBe('damaged')
        continue
      }
      const { pack } = opened
      const found = readable(pack, newest())
      const report = check(pack)
      expect(report.files.flatMap(({ blocks }) => blocks)).toHaveLength(found === 'a,b,c' ? 0 : 1)
      if (report.files.length === 0) continue
      damaged += 1
      const [{ path, blocks }] = report.files as [CheckReport['files'][0]]
      expect(found).toBe(names.map((name) => (name === path ? 'damaged' : name)).join())
      // It can be written anew, and then all is well.
      const position = blocks[0]! * blockBytes
      const bytes = newest()
        .get(path)!
        .subarray(position, position + blockBytes)
      writeAt(pack, fileAt(pack, path), bytes, position)
      pack.commit()
      expect(readable(pack, newest())).toBe('a,b,c')
      expect(check(pack).files).toEqual([])
    }
    expect(damaged).toBe(12)
  })

  test('B12 in a block of the newest commit, before the next one, looks like a crash before it', () => {
    const [slot] = changedSlots(story.images[4]!, last) as [number]
    const device = flipped(slotPlace(slot))
    expect(scratchPack(device).sequence).toBe(story.sequences[4])
    expect(tryPack(device, { lastKnownSequence: story.sequences[5]! })).toMatchObject({
      code: 'rolled-back',
    })
  })
})

/** Slots whose content differs between two images, with the content of each. */
function changedSlots(before: Uint8Array, after: Uint8Array): number[] {
  const slots: number[] = []
  for (let slot = 1; slotPlace(slot + 1) <= before.length; slot++) {
    const from = slotPlace(slot)
    const same = before
      .subarray(from, from + blockBytes)
      .every((byte, i) => byte === after[from + i])
    if (!same) slots.push(slot)
  }
  return slots
}

describe('blocks that are put elsewhere', () => {
  test('swapped, they are damaged', () => {
    const [x, y] = changedSlots(story.images[4]!, last) as [number, number]
    const device = memoryDevice(closed)
    device.write(slotPlace(x), closed.subarray(slotPlace(y), slotPlace(y) + blockBytes))
    device.write(slotPlace(y), closed.subarray(slotPlace(x), slotPlace(x) + blockBytes))
    const pack = scratchPack(device)
    expect(check(pack).files.flatMap(({ blocks }) => blocks)).toHaveLength(2)
    expect(readable(pack, newest())).toBe('damaged,b,c')
  })

  test('B6 old versions of blocks do not come back', () => {
    for (const older of story.images)
      for (const slot of changedSlots(older, closed)) {
        const device = memoryDevice(closed)
        device.write(slotPlace(slot), older.subarray(slotPlace(slot), slotPlace(slot) + blockBytes))
        const opened = tryPack(device)
        if (opened.ok) expect(readable(opened.pack, newest())).not.toContain('another')
        else expect(opened.code).toBe('damaged')
      }
  })

  test('of another pack under the same key are damaged', () => {
    const other = tell().closed
    const device = memoryDevice(closed)
    device.write(slotPlace(1), other.subarray(slotPlace(1)))
    // Its map is gone too: nothing can be read, and nothing is written over.
    expect(tryPack(device)).toEqual({ ok: false, code: 'damaged', isReadable: true })
    expect(scratchPack(device, { isReadOnly: true }).root.children!.size).toBe(0)
    for (const slot of changedSlots(other, closed)) {
      const one = memoryDevice(closed)
      one.write(slotPlace(slot), other.subarray(slotPlace(slot), slotPlace(slot) + blockBytes))
      const opened = tryPack(one)
      if (opened.ok) expect(readable(opened.pack, newest())).not.toContain('another')
      else expect(opened.code).toBe('damaged')
    }
  })
})

describe('regions that are put back as they were', () => {
  const known = () => ({ lastKnownSequence: story.sequences[5]! })
  const putBack = (from: number, to: number, older: Uint8Array): MemoryDevice => {
    const device = memoryDevice(last)
    device.write(from, older.subarray(from, to))
    return device
  }

  test('B15 a journal of before is noticed', () => {
    for (const half of [0, 1])
      for (const older of story.images.slice(0, -1)) {
        const from = journalAt(scratchJournalBytes, half)
        const device = putBack(from, from + scratchJournalBytes, older)
        const opened = tryPack(device, known())
        if (opened.ok) expect(readable(opened.pack, newest())).toBe('a,b,c')
        else expect(['rolled-back', 'damaged']).toContain(opened.code)
      }
  })

  test('B14, B15 superblocks of before lead to the same state, or are noticed', () => {
    for (const older of story.images.slice(0, -1))
      for (const [from, to] of [
        [0, 1],
        [1, 2],
        [0, 2],
      ] as const) {
        const device = putBack(from * superblockBytes, to * superblockBytes, older)
        const opened = tryPack(device, known())
        if (opened.ok) expect(readable(opened.pack, newest())).toBe('a,b,c')
        else expect(['rolled-back', 'damaged']).toContain(opened.code)
      }
  })

  test('B15 the whole file of before is noticed', () => {
    for (const older of story.images.slice(0, -1).filter((_, i) => i !== 1))
      expect(tryPack(memoryDevice(older), known())).toMatchObject({ code: 'rolled-back' })
  })

  test('a file that was cut loses what was there, and nothing else', () => {
    for (let slot = 1; slotPlace(slot) < last.length; slot += 7) {
      const device = memoryDevice(last.subarray(0, slotPlace(slot) + 100))
      const opened = tryPack(device, { ...known(), isReadOnly: true })
      if (opened.ok) expect(() => readable(opened.pack, newest())).not.toThrow(TypeError)
    }
  })
})

describe('B1 the file', () => {
  test('shows no name and no content, and is as random as random bytes', () => {
    const device = memoryDevice()
    const pack = scratchPack(device)
    const marker = 'a marker that nobody else would write'
    const text = new TextEncoder().encode(marker.repeat(3000))
    newFile(pack, 'name-of-a-file', text)
    const directory = pack.create(pack.root, 'name-of-a-directory', 0o040700)
    pack.create(directory, 'inner-name', 0o100600)
    pack.resize(newFile(pack, 'zeros'), 50 * blockBytes)
    for (let round = 0; round < 5; round++) {
      writeAt(pack, fileAt(pack, 'name-of-a-file'), text)
      pack.commit()
    }
    pack.close()
    const bytes = Buffer.from(device.content())
    for (const word of ['marker', 'name-of', 'inner-name']) expect(bytes.includes(word)).toBe(false)
    // Behind the superblocks' headers each piece is spread over all values; χ² of 255 degrees of freedom.
    for (let at = 2 * superblockBytes; at < bytes.length; at += 65_536) {
      const piece = bytes.subarray(at, at + 65_536)
      const counts = new Uint32Array(256)
      for (const byte of piece) counts[byte]! += 1
      const mean = piece.length / 256
      const squares = counts.reduce((sum, count) => sum + (count - mean) ** 2 / mean, 0)
      expect(squares, `at ${at}`).toBeLessThan(420)
    }
  })
})
