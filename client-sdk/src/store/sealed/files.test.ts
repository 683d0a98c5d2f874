import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import type { FileNode } from './file-node.ts'
import { blockBytes } from './layout.ts'
import type { Pack } from './pack.ts'
import { faultIn, fileAt, newFile, pattern, readAll, scratchPack, writeAt } from './scratch-pack.ts'
import { simulatedDevice, type SimulatedDevice } from './simulated-device.ts'

let device: SimulatedDevice
let pack: Pack
beforeEach(() => {
  device = simulatedDevice()
  pack = scratchPack(device)
})

/** The pack as the next process finds it after this one was killed. */
const reopened = (): Pack => scratchPack(simulatedDevice(device.content()))

describe('a file', () => {
  test('reads back what was written at any place, before and after a commit, and after opening', () => {
    const node = newFile(pack, 'a')
    const expected = new Uint8Array(5 * blockBytes + 77)
    const pieces = [
      [0, 100],
      [blockBytes - 3, 6],
      [2 * blockBytes, 2 * blockBytes],
      [5 * blockBytes, 77],
    ] as const
    for (const [at, length] of pieces) {
      const bytes = pattern(length, at)
      writeAt(pack, node, bytes, at)
      expected.set(bytes, at)
    }
    expect(readAll(pack, node)).toEqual(expected)
    pack.commit()
    expect(readAll(pack, node)).toEqual(expected)
    const next = reopened()
    expect(readAll(next, fileAt(next, 'a'))).toEqual(expected)
  })

  test('that is cut and grows again has zeros where it was cut', () => {
    const node = newFile(pack, 'a', pattern(3 * blockBytes))
    pack.commit()
    pack.resize(node, blockBytes + 10)
    pack.resize(node, 3 * blockBytes)
    const expected = new Uint8Array(3 * blockBytes)
    expected.set(pattern(3 * blockBytes).subarray(0, blockBytes + 10))
    expect(readAll(pack, node)).toEqual(expected)
    pack.commit()
    const next = reopened()
    expect(readAll(next, fileAt(next, 'a'))).toEqual(expected)
  })

  test('of zeros takes no slots, wherever they come from', () => {
    const { liveBytes } = pack.space()
    const node = newFile(pack, 'a', new Uint8Array(20 * blockBytes))
    pack.commit()
    expect(pack.space().liveBytes).toBe(liveBytes)
    writeAt(pack, node, pattern(4 * blockBytes))
    pack.commit()
    writeAt(pack, node, new Uint8Array(4 * blockBytes))
    pack.commit()
    expect(pack.space().liveBytes).toBe(liveBytes)
    expect(readAll(pack, node)).toEqual(new Uint8Array(20 * blockBytes))
  })

  test('reads nothing behind its end, and a part at it', () => {
    const node = newFile(pack, 'a', pattern(100))
    const into = { bytes: new Uint8Array(50), offset: 5, length: 40 }
    expect(pack.read(node, into, 100)).toBe(0)
    expect(pack.read(node, into, 5000)).toBe(0)
    expect(pack.read(node, into, 90)).toBe(10)
    expect(into.bytes.subarray(5, 15)).toEqual(pattern(100).subarray(90))
  })

  test('keeps mode and time', () => {
    const node = newFile(pack, 'a')
    pack.setMode(node, 0o100644)
    pack.setTime(node, 1_234_567_890_123)
    pack.commit()
    const next = reopened()
    expect(fileAt(next, 'a')).toMatchObject({ mode: 0o100644, changedMs: 1_234_567_890_123 })
  })
})

describe('names', () => {
  test('are found in their directories again, in any script', () => {
    const names = ['plain', 'ümläut', '記録', 'x'.repeat(136)]
    const directory = pack.create(pack.root, 'd', 0o040700)
    for (const name of names) pack.create(directory, name, 0o100600)
    pack.commit()
    const next = reopened()
    expect([...fileAt(next, 'd').children!.keys()].toSorted()).toEqual(names.toSorted())
  })

  test('that are taken, too long or in no directory are refused', () => {
    const node = newFile(pack, 'a')
    expect(faultIn(() => pack.create(pack.root, 'a', 0o100600))).toBe('exists')
    expect(faultIn(() => pack.create(pack.root, 'ü'.repeat(69), 0o100600))).toBe('name-too-long')
    expect(faultIn(() => pack.rename(node, pack.root, 'y'.repeat(137)))).toBe('name-too-long')
    expect(faultIn(() => pack.create(node, 'b', 0o100600))).toBe('not-directory')
    expect([...pack.root.children!.keys()]).toEqual(['a'])
  })

  test('move, over another file too', () => {
    const directory = pack.create(pack.root, 'd', 0o040700)
    const node = newFile(pack, 'a', pattern(10))
    newFile(pack, 'b', pattern(9000, 2))
    pack.rename(node, pack.root, 'b')
    expect(readAll(pack, fileAt(pack, 'b'))).toEqual(pattern(10))
    pack.rename(node, directory, 'c')
    pack.commit()
    const next = reopened()
    expect(readAll(next, fileAt(next, 'd/c'))).toEqual(pattern(10))
    expect([...next.root.children!.keys()]).toEqual(['d'])
    expect(faultIn(() => next.rename(fileAt(next, 'd/c'), next.root, 'd'))).toBe('is-directory')
  })

  test('of directories go when they are empty', () => {
    const directory = pack.create(pack.root, 'd', 0o040700)
    const node = pack.create(directory, 'a', 0o100600)
    expect(faultIn(() => pack.remove(directory))).toBe('not-empty')
    pack.remove(node)
    pack.remove(directory)
    pack.commit()
    expect(reopened().root.children!.size).toBe(0)
  })
})

describe('B21 a file that is removed while it is open', () => {
  test('keeps its blocks until it is closed', () => {
    const node = newFile(pack, 'a', pattern(3 * blockBytes))
    pack.commit()
    pack.opened(node)
    pack.remove(node)
    pack.commit()
    newFile(pack, 'b', pattern(9 * blockBytes, 3))
    pack.commit()
    expect(readAll(pack, node)).toEqual(pattern(3 * blockBytes))
    const { liveBytes } = pack.space()
    pack.closed(node)
    pack.commit()
    expect(pack.space().liveBytes).toBe(liveBytes - 3 * blockBytes)
  })

  test('is gone at the next opening, and so is one that was replaced', () => {
    const { liveBytes } = reopened().space()
    for (const name of ['a', 'b']) pack.opened(newFile(pack, name, pattern(2 * blockBytes)))
    pack.remove(fileAt(pack, 'a'))
    pack.rename(newFile(pack, 'c', pattern(5)), pack.root, 'b')
    pack.commit()
    const next = reopened()
    next.commit()
    expect([...next.root.children!.keys()]).toEqual(['b'])
    expect(next.space().liveBytes).toBeLessThanOrEqual(liveBytes + blockBytes)
  })
})

describe('B10 on a full device', () => {
  const isPromised = ({ name }: { name: string }): boolean => name.startsWith('table')

  test('a table does not grow, and everything else goes on', () => {
    pack = scratchPack(device, { isPromised })
    const table = newFile(pack, 'table', pattern(10 * blockBytes))
    const log = newFile(pack, 'log', pattern(4 * blockBytes))
    pack.commit()
    device.capacity = device.size()
    let size = 10 * blockBytes
    const grow = (): void => writeAt(pack, table, pattern(blockBytes, 9), size)
    while (faultIn(grow) === undefined) size += blockBytes
    expect(faultIn(grow)).toBe('full')
    expect(faultIn(() => pack.resize(table, size + blockBytes))).toBe('full')
    expect(table.size).toBe(size)
    pack.commit()
    // What is there can be changed, again and again, and the log has its reserve.
    for (let round = 0; round < 30; round++) {
      writeAt(pack, table, pattern(10 * blockBytes, round))
      writeAt(pack, log, pattern(4 * blockBytes, round))
      pack.commit()
    }
    expect(pack.space().isLow).toBe(true)
    const next = reopened()
    expect(readAll(next, fileAt(next, 'table')).subarray(0, 10 * blockBytes)).toEqual(
      pattern(10 * blockBytes, 29),
    )
    // With room again, or less in use, it grows.
    device.capacity = Number.POSITIVE_INFINITY
    expect(faultIn(grow)).toBeUndefined()
    expect(pack.space().isLow).toBe(false)
  })

  test('blocks that a table was promised are there for it', () => {
    pack = scratchPack(device, { isPromised })
    const table = newFile(pack, 'table')
    pack.resize(table, 300 * blockBytes)
    pack.commit()
    device.capacity = device.size()
    for (let block = 0; block < 300; block++)
      writeAt(pack, table, pattern(blockBytes, block), block * blockBytes)
    pack.commit()
    const next = reopened()
    expect(readAll(next, fileAt(next, 'table')).subarray(299 * blockBytes)).toEqual(
      pattern(blockBytes, 299),
    )
  })

  test('what is promised is what is missing, whatever happens to the files', () => {
    const steps = fc.array(
      fc.record({
        kind: fc.constantFrom('write', 'zeros', 'resize', 'remove', 'commit', 'open', 'rename'),
        file: fc.integer({ min: 0, max: 2 }),
        at: fc.integer({ min: 0, max: 9 * blockBytes }),
        isWhole: fc.boolean(),
      }),
      { maxLength: 40 },
    )
    fc.assert(
      fc.property(steps, (list) => {
        const one = scratchPack(simulatedDevice(), { isPromised })
        const open: FileNode[] = []
        for (const { kind, file, at, isWhole } of list) {
          const name = `table ${file}`
          const place = isWhole ? Math.floor(at / blockBytes) * blockBytes : at
          const node = one.root.children!.get(name) ?? newFile(one, name)
          if (kind === 'write')
            writeAt(one, node, pattern(isWhole ? 2 * blockBytes : 99, at), place)
          else if (kind === 'zeros') writeAt(one, node, new Uint8Array(2 * blockBytes), place)
          else if (kind === 'resize') one.resize(node, place)
          else if (kind === 'remove') one.remove(node)
          else if (kind === 'rename') one.rename(node, one.root, `table ${(file + 1) % 3}`)
          else if (kind === 'commit') one.commit()
          else {
            one.opened(node)
            open.push(node)
          }
        }
        for (const node of open) one.closed(node)
        // What a small commit has left in memory is spoken for until it is in its slot.
        one.checkpoint()
        let holes = 0
        for (const node of one.root.children!.values()) {
          const bytes = readAll(one, node)
          for (let from = 0; from < node.size; from += blockBytes)
            if (bytes.subarray(from, from + blockBytes).every((byte) => byte === 0)) holes += 1
        }
        expect(one.space().promisedBytes).toBe(holes * blockBytes)
      }),
      { numRuns: 60 },
    )
  })

  test('what takes nothing is done with nothing left', () => {
    pack = scratchPack(device, { isPromised })
    const table = newFile(pack, 'table', pattern(40 * blockBytes))
    const log = newFile(pack, 'log')
    pack.commit()
    device.capacity = device.size()
    let size = 0
    const write = (): void => writeAt(pack, log, pattern(blockBytes, size), size)
    while (faultIn(write) === undefined) {
      size += blockBytes
      pack.commit()
    }
    expect(size).toBeGreaterThan(100 * blockBytes)
    pack.rename(log, pack.root, 'old log')
    pack.remove(table)
    pack.commit()
    expect(faultIn(write)).toBeUndefined()
    pack.commit()
    expect([...reopened().root.children!.keys()]).toEqual(['old log'])
  })

  test('deleting makes room', () => {
    pack = scratchPack(device, { isPromised })
    const first = newFile(pack, 'table 1', pattern(400 * blockBytes))
    pack.commit()
    device.capacity = device.size()
    const second = newFile(pack, 'table 2')
    const grow = (): void => pack.resize(second, 300 * blockBytes)
    expect(faultIn(grow)).toBe('full')
    pack.remove(first)
    expect(faultIn(grow)).toBeUndefined()
  })
})

describe('B20 when a commit fails', () => {
  test.each(['write', 'flush'] as const)('at a %s, the pack has ended, and opens again', (what) => {
    const node = newFile(pack, 'a', pattern(10))
    pack.commit()
    writeAt(pack, node, pattern(10, 2))
    device.watch = ({ kind }) => (kind === what ? 'io' : undefined)
    expect(faultIn(() => pack.commit())).toBe('io')
    device.watch = undefined
    expect(pack.hasFailed).toBe(true)
    expect(faultIn(() => pack.commit())).toBe('closed')
    expect(faultIn(() => newFile(pack, 'b'))).toBe('closed')
    const next = reopened()
    const found = readAll(next, fileAt(next, 'a'))
    expect([pattern(10), pattern(10, 2)]).toContainEqual(found)
    pack.close()
  })

  test('reading that fails ends nothing', () => {
    const node = newFile(pack, 'a', pattern(3 * blockBytes))
    pack.commit()
    const other = reopened()
    device.watch = ({ kind }) => (kind === 'read' ? 'io' : undefined)
    for (let i = 0; i < 70; i++) newFile(pack, `f${i}`, pattern(blockBytes, i))
    pack.commit()
    expect(faultIn(() => readAll(pack, node))).toBe('io')
    device.watch = undefined
    expect(readAll(pack, node)).toEqual(pattern(3 * blockBytes))
    expect(readAll(other, fileAt(other, 'a'))).toEqual(pattern(3 * blockBytes))
  })
})
