import { describe, expect, test } from 'vitest'
import { blockBytes, superblockBytes } from './layout.ts'
import { readPackHeader } from './pack-header.ts'
import {
  faultIn,
  fileAt,
  newFile,
  pattern,
  readAll,
  scratchCrypto,
  scratchJournalBytes,
  scratchKey,
  scratchPack,
  tryPack,
  writeAt,
} from './scratch-pack.ts'
import { memoryDevice } from './memory-device.ts'
import { simulatedDevice } from './simulated-device.ts'

const headerOf = (device: Parameters<typeof readPackHeader>[1]) =>
  readPackHeader(scratchCrypto, device, scratchJournalBytes)

describe('making a pack', () => {
  test('leaves one that opens, from anywhere within it too', () => {
    const device = simulatedDevice()
    const images: Uint8Array[] = []
    device.watch = ({ kind }) => {
      if (kind !== 'read')
        for (const draw of [0.1, 0.3, 0.5, 0.9]) images.push(device.crash(() => draw))
      return undefined
    }
    scratchPack(device).close()
    for (const image of images) {
      const pack = scratchPack(memoryDevice(image))
      expect(pack.root.children!.size).toBe(0)
    }
    expect(images.length).toBeGreaterThan(20)
  })

  test('B16 is not done by reading', () => {
    const device = memoryDevice()
    expect(tryPack(device, { isReadOnly: true })).toMatchObject({ ok: false, code: 'missing' })
    expect(device.size()).toBe(0)
    expect(headerOf(device)).toEqual({ kind: 'none' })
  })

  test('that is held is there as a whole or not at all', () => {
    const device = memoryDevice()
    const pack = scratchPack(device)
    pack.hold()
    // More than what is written out and committed by itself.
    for (let i = 0; i < 1500; i++) newFile(pack, `f${i}`, pattern(blockBytes, i))
    expect(scratchPack(memoryDevice(device.content())).root.children!.size).toBe(0)
    pack.close()
    const next = scratchPack(memoryDevice(device.content()))
    expect(next.root.children!.size).toBe(0)
    next.hold()
    newFile(next, 'a', pattern(10))
    next.commit()
    expect(next.isHeld).toBe(false)
  })
})

describe('what is refused', () => {
  test('B11 a file that is none of ours is left alone, however small', () => {
    for (const length of [1, 100, 20_000]) {
      const one = memoryDevice(pattern(length))
      expect(tryPack(one)).toEqual({ ok: false, code: 'damaged', isReadable: false })
      expect(one.content()).toEqual(pattern(length))
    }
  })

  const device = memoryDevice()
  const first = scratchPack(device)
  newFile(first, 'a', pattern(100))
  first.close()
  const image = device.content()

  test('B11 another key is the wrong key, and nothing is written', () => {
    const one = memoryDevice(image)
    expect(tryPack(one, { dataKey: new Uint8Array(32) })).toEqual({
      ok: false,
      code: 'wrong-key',
      isReadable: false,
    })
    expect(one.content()).toEqual(image)
  })

  test('B11 a later format is left alone, also when only one superblock says so', () => {
    const one = memoryDevice(image)
    const later = new Uint8Array(superblockBytes).fill(7)
    later.set(image.subarray(0, 8))
    later.set([3, 0], 8)
    one.write(superblockBytes, later)
    const before = one.content()
    expect(tryPack(one)).toEqual({ ok: false, code: 'newer-format', isReadable: false })
    expect(headerOf(one)).toEqual({ kind: 'newer-format' })
    expect(one.content()).toEqual(before)
  })

  test('B11 a file without a superblock is damaged, and not made anew', () => {
    const one = memoryDevice(image)
    one.write(0, new Uint8Array(2 * superblockBytes).fill(1))
    const before = one.content()
    expect(tryPack(one)).toEqual({ ok: false, code: 'damaged', isReadable: false })
    expect(headerOf(one)).toEqual({ kind: 'damaged' })
    expect(one.content()).toEqual(before)
  })

  test('B15 a file that was put back is noticed, and can be read', () => {
    const told: number[] = []
    const one = memoryDevice(image)
    const pack = scratchPack(one, { onDurable: (sequence) => void told.push(sequence) })
    writeAt(pack, fileAt(pack, 'a'), pattern(100, 2))
    pack.commit()
    writeAt(pack, fileAt(pack, 'a'), pattern(100, 3))
    pack.close()
    const last = told.at(-1)!
    expect(scratchPack(memoryDevice(one.content()), { lastKnownSequence: last }).sequence).toBe(
      last,
    )
    const old = { lastKnownSequence: last }
    expect(tryPack(memoryDevice(image), old)).toEqual({
      ok: false,
      code: 'rolled-back',
      isReadable: true,
    })
    const found = scratchPack(memoryDevice(image), { ...old, isReadOnly: true })
    expect(readAll(found, fileAt(found, 'a'))).toEqual(pattern(100))
  })
})

describe('B16 read-only', () => {
  test('nothing reaches the device, and what is written can be read', () => {
    const device = simulatedDevice()
    const pack = scratchPack(device)
    newFile(pack, 'a', pattern(3 * blockBytes))
    pack.commit()
    const before = device.content()
    const reader = scratchPack(device, { isReadOnly: true })
    writeAt(reader, fileAt(reader, 'a'), pattern(blockBytes, 2), blockBytes)
    for (let i = 0; i < 900; i++) newFile(reader, `f${i}`, pattern(blockBytes, i))
    reader.remove(fileAt(reader, 'f3'))
    reader.commit()
    reader.checkpoint()
    expect(reader.compact(100)).toBe(false)
    const expected = pattern(3 * blockBytes)
    expected.set(pattern(blockBytes, 2), blockBytes)
    expect(readAll(reader, fileAt(reader, 'a'))).toEqual(expected)
    expect(readAll(reader, fileAt(reader, 'f899'))).toEqual(pattern(blockBytes, 899))
    reader.close()
    expect(device.content()).toEqual(before)
  })
})

describe('B17 the key area', () => {
  const area = (device: Parameters<typeof readPackHeader>[1]) => {
    const header = headerOf(device)
    return header.kind === 'pack' ? header.keyAreas : header.kind
  }

  test('is readable before the key is known, and replaced in both superblocks', () => {
    const device = memoryDevice()
    const pack = scratchPack(device, { keyArea: Uint8Array.of(1, 2) })
    newFile(pack, 'a', pattern(100))
    pack.commit()
    expect(area(device)).toEqual([Uint8Array.of(1, 2)])
    const next = pattern(4096)
    pack.setKeyArea(next)
    expect(area(device)).toEqual([next])
    const text = Buffer.from(device.content().subarray(0, 2 * superblockBytes))
    expect(text.includes(Buffer.from([1, 2, 0, 0, 0, 0, 0, 0]))).toBe(false)
    const found = scratchPack(memoryDevice(device.content()))
    expect(found.keyArea()).toEqual(next)
    expect(readAll(found, fileAt(found, 'a'))).toEqual(pattern(100))
    expect(() => pack.setKeyArea(new Uint8Array(4097))).toThrow(TypeError)
  })

  test('is the old or the new one after a crash, and one of them after opening', () => {
    const device = simulatedDevice()
    const pack = scratchPack(device, { keyArea: Uint8Array.of(1) })
    newFile(pack, 'a', pattern(100))
    pack.commit()
    const images: Uint8Array[] = []
    device.watch = ({ kind }) => {
      if (kind !== 'read')
        for (const draw of [0.1, 0.3, 0.5, 0.9]) images.push(device.crash(() => draw))
      return undefined
    }
    pack.setKeyArea(Uint8Array.of(2))
    const seen = new Set<string>()
    for (const image of images) {
      const one = memoryDevice(image)
      for (const bytes of area(one) as Uint8Array[]) expect([1, 2]).toContain(bytes[0])
      seen.add(String(area(one)))
      const found = scratchPack(one)
      expect(area(one)).toEqual([found.keyArea()])
      expect(readAll(found, fileAt(found, 'a'))).toEqual(pattern(100))
    }
    expect(seen).toContain('2,1')
  })
})

test('closing wipes the keys and lets nothing through', () => {
  const pack = scratchPack(memoryDevice())
  const node = newFile(pack, 'a')
  pack.close()
  pack.close()
  expect(faultIn(() => writeAt(pack, node, pattern(1)))).toBe('closed')
  expect(faultIn(() => readAll(pack, node))).toBe('closed')
  expect(scratchKey.every((byte) => byte === 0x42)).toBe(true)
})
