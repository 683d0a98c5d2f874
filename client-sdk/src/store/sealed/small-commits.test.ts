import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FileNode } from './file-node.ts'
import { blockBytes, frameBytes, slotAt, superblockAt, superblockBytes } from './layout.ts'
import { memoryDevice } from './memory-device.ts'
import type { Pack } from './pack.ts'
import {
  faultIn,
  fileAt,
  newFile,
  pattern,
  readAll,
  scratchCrypto as crypto,
  scratchJournalBytes,
  scratchKey,
  scratchPack,
  tryPack,
  writeAt,
} from './scratch-pack.ts'
import { simulatedDevice, type Operation } from './simulated-device.ts'
import { inspectSuperblock, sealSuperblock, unsealSuperblock } from './superblock.ts'
import { superblockKeyOf } from './assemble-pack.ts'

/** What is written while something is done. */
function written(device: ReturnType<typeof simulatedDevice>, work: () => void): Operation[] {
  const operations: Operation[] = []
  device.watch = (operation) => {
    if (operation.kind === 'write') operations.push(operation)
    return undefined
  }
  work()
  device.watch = undefined
  return operations
}

/** A block with some bytes of the pattern in it, as a log's last block has them. */
function logBlock(bytes: number): Uint8Array {
  const block = new Uint8Array(blockBytes)
  block.set(pattern(bytes))
  return block
}

const sizes = [100, 260, 900, 2000, 2001]

test('B7 a small change of a block is committed with one frame, and reads back, here and after opening', () => {
  const device = simulatedDevice()
  const pack = scratchPack(device)
  const log = newFile(pack, 'log', pattern(3 * blockBytes))
  pack.commit()
  for (const size of sizes) {
    const operations = written(device, () => {
      writeAt(pack, log, logBlock(size), 3 * blockBytes)
      pack.commit()
    })
    expect(operations.map(({ length }) => length)).toEqual([frameBytes])
    const expected = new Uint8Array(4 * blockBytes)
    expected.set(pattern(3 * blockBytes))
    expected.set(pattern(size), 3 * blockBytes)
    const next = scratchPack(memoryDevice(device.content()))
    const seen = scratchPack(memoryDevice(device.content()), { isReadOnly: true })
    for (const one of [pack, next, seen]) expect(readAll(one, fileAt(one, 'log'))).toEqual(expected)
  }
})

test('what is written as it is already takes nothing', () => {
  const device = simulatedDevice()
  const pack = scratchPack(device)
  const log = newFile(pack, 'log', pattern(2 * blockBytes))
  const again = (): void => {
    writeAt(pack, log, pattern(2 * blockBytes))
    pack.commit()
  }
  // The first times commit the file, and make room.
  again()
  again()
  const { sequence } = pack
  expect(written(device, again)).toEqual([])
  expect(pack.sequence).toBe(sequence)
})

/** What may happen to a block of which records hold changes. */
const fates: Record<string, (pack: Pack, log: FileNode) => Uint8Array | undefined> = {
  'is written anew'(pack, log) {
    writeAt(pack, log, pattern(blockBytes, 5))
    return pattern(blockBytes, 5)
  },
  'becomes zeros'(pack, log) {
    writeAt(pack, log, new Uint8Array(blockBytes))
    return new Uint8Array(blockBytes)
  },
  'is cut'(pack, log) {
    pack.resize(log, 50)
    return pattern(2000).subarray(0, 50)
  },
  'is cut off, and the file grows again'(pack, log) {
    pack.resize(log, 0)
    pack.resize(log, blockBytes)
    return new Uint8Array(blockBytes)
  },
  'is deleted, and its page goes to another file'(pack, log) {
    pack.remove(log)
    newFile(pack, 'log', new Uint8Array(blockBytes))
    return new Uint8Array(blockBytes)
  },
  'is stored by a checkpoint'(pack) {
    pack.checkpoint()
    return logBlock(2000)
  },
}

test.each(Object.keys(fates))('a block of zeros or not, changed by records, %s', (fate) => {
  for (const before of [new Uint8Array(blockBytes), pattern(blockBytes, 9)]) {
    const device = simulatedDevice()
    const pack = scratchPack(device)
    const log = newFile(pack, 'log', before)
    pack.commit()
    if (before[0] !== 0) {
      writeAt(pack, log, new Uint8Array(blockBytes))
      pack.commit()
    }
    for (const size of sizes.slice(0, 4)) {
      writeAt(pack, log, logBlock(size))
      pack.commit()
    }
    const expected = fates[fate]!(pack, log)
    pack.commit()
    const next = scratchPack(memoryDevice(device.content()))
    expect(readAll(next, fileAt(next, 'log'))).toEqual(expected)
    next.checkpoint()
    expect(readAll(next, fileAt(next, 'log'))).toEqual(expected)
  }
})

test('B18 compacting stores what records say of a block before the block moves', () => {
  const device = simulatedDevice()
  const pack = scratchPack(device)
  for (let i = 0; i < 20; i++) newFile(pack, `f${i}`, pattern(40 * blockBytes, i))
  const log = newFile(pack, 'log', pattern(blockBytes))
  pack.commit()
  for (let i = 0; i < 20; i++) pack.remove(fileAt(pack, `f${i}`))
  writeAt(pack, log, Uint8Array.of(7, 7, 7), 100)
  pack.commit()
  const expected = pattern(blockBytes)
  expected.set([7, 7, 7], 100)
  while (pack.compact(10)) {
    const next = scratchPack(memoryDevice(device.content()))
    expect(readAll(next, fileAt(next, 'log'))).toEqual(expected)
  }
})

test('B5 a damaged block does not become whole by what records say of it', () => {
  const device = memoryDevice()
  const pack = scratchPack(device)
  const log = newFile(pack, 'log', pattern(2 * blockBytes))
  pack.checkpoint()
  const start = slotAt(scratchJournalBytes, 1)
  writeAt(pack, log, Uint8Array.of(1, 2, 3), 10)
  pack.commit()
  const image = device.content()
  /** Which slot holds the first block shows in what its damage does. */
  const hits = Array.from({ length: 30 }, (_, slot) => slot).filter((slot) => {
    const changed = image.slice()
    changed[start + slot * blockBytes + 77]! ^= 1
    const next = tryPack(memoryDevice(changed))
    if (!next.ok) return false
    const node = fileAt(next.pack, 'log')
    const first = { bytes: new Uint8Array(10), offset: 0, length: 10 }
    const isDamaged = faultIn(() => next.pack.read(node, first, 0)) === 'damaged'
    const second = { bytes: new Uint8Array(blockBytes), offset: 0, length: blockBytes }
    if (!isDamaged) return false
    expect(next.pack.read(node, second, blockBytes)).toBe(blockBytes)
    next.pack.checkpoint()
    expect(faultIn(() => next.pack.read(node, first, 0))).toBe('damaged')
    return true
  })
  expect(hits).toHaveLength(1)
})

test('whatever is written and committed, an opening finds it', () => {
  const writes = fc.array(
    fc.record({
      at: fc.nat(3 * blockBytes),
      length: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 9000 })),
      seed: fc.nat(9),
      commits: fc.boolean(),
    }),
    { maxLength: 30 },
  )
  fc.assert(
    fc.property(writes, (list) => {
      const device = memoryDevice()
      const pack = scratchPack(device)
      const node = newFile(pack, 'a')
      let expected = new Uint8Array(0)
      let committed: Uint8Array = expected
      pack.commit()
      for (const { at, length, seed, commits } of list) {
        const bytes = seed === 0 ? new Uint8Array(length) : pattern(length, seed)
        writeAt(pack, node, bytes, at)
        const after = new Uint8Array(Math.max(expected.length, at + length))
        after.set(expected)
        after.set(bytes, at)
        expected = after
        if (!commits) continue
        pack.commit()
        committed = expected
      }
      expect(Buffer.compare(readAll(pack, node), expected)).toBe(0)
      const next = scratchPack(memoryDevice(device.content()))
      expect(Buffer.compare(readAll(next, fileAt(next, 'a')), committed)).toBe(0)
    }),
    { numRuns: 60 },
  )
})

/** The same pack as the first format had it: what lies behind its superblocks is the same when no record does. */
function asFirstFormat(image: Uint8Array): Uint8Array {
  const key = superblockKeyOf(crypto, scratchKey)
  const earlier = image.slice()
  for (const place of [0, 1]) {
    const at = superblockAt(place)
    const found = inspectSuperblock(crypto, image.subarray(at, at + superblockBytes))
    if (found.kind !== 'intact') throw new Error(found.kind)
    const opened = unsealSuperblock(crypto, key, found.bytes)
    if (!opened.ok) throw new Error(opened.code)
    earlier.set(sealSuperblock(crypto, key, { ...found.header, format: 1 }, opened.state), at)
  }
  return earlier
}

const formatsOf = (image: Uint8Array): number[] =>
  [0, 1].map((place) => image[superblockAt(place) + 8]!)

test('B22 a pack of the first format opens, and is one of this format before anything is committed', () => {
  const device = memoryDevice()
  const content = device.content.bind(device)
  const pack = scratchPack(device)
  newFile(pack, 'log', pattern(blockBytes))
  pack.close()
  const image = asFirstFormat(content())
  expect(formatsOf(image)).toEqual([1, 1])
  const again = memoryDevice(image)
  const read = scratchPack(again, { isReadOnly: true })
  expect(readAll(read, fileAt(read, 'log'))).toEqual(pattern(blockBytes))
  expect(again.content()).toEqual(image)
  const next = scratchPack(again)
  expect(readAll(next, fileAt(next, 'log'))).toEqual(pattern(blockBytes))
  expect(new Set(formatsOf(again.content()))).toEqual(new Set([1, 2]))
  next.checkpoint()
  expect(formatsOf(again.content())).toEqual([2, 2])
})
