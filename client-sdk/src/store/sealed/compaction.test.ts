import { expect, test } from 'vitest'
import { blockBytes } from './layout.ts'
import { memoryDevice } from './memory-device.ts'
import { reserveSlots } from './room.ts'
import { fileAt, newFile, pattern, readAll, scratchPack } from './scratch-pack.ts'
import { simulatedDevice } from './simulated-device.ts'

const count = 30
const fileBytes = 40 * blockBytes

/** A pack most of whose files are deleted, those that are left at the end of the device. */
function emptied(device = simulatedDevice()) {
  const pack = scratchPack(device)
  for (let i = 0; i < count; i++) {
    newFile(pack, `f${i}`, pattern(fileBytes, i))
    pack.commit()
  }
  for (let i = 0; i < count - 5; i++) pack.remove(fileAt(pack, `f${i}`))
  pack.commit()
  return { device, pack }
}

test('B18 the file shrinks to what is in use, step by step, and holds the same', () => {
  const { device, pack } = emptied()
  const before = device.size()
  let steps = 0
  while (pack.compact(20)) steps += 1
  expect(steps).toBeGreaterThan(9)
  const live = pack.space().liveBytes
  expect(device.size()).toBeLessThan(live + (reserveSlots + 150) * blockBytes)
  expect(device.size()).toBeLessThan(before / 2)
  expect(pack.compact(20)).toBe(false)
  const next = scratchPack(memoryDevice(device.content()))
  for (let i = count - 5; i < count; i++)
    expect(Buffer.compare(readAll(next, fileAt(next, `f${i}`)), pattern(fileBytes, i))).toBe(0)
})

test('B18 stopping anywhere loses nothing', () => {
  const { device, pack } = emptied()
  const images: Uint8Array[] = []
  let operations = 0
  device.watch = ({ kind }) => {
    operations += 1
    if (kind !== 'read' && operations % 11 === 0)
      images.push(device.crash(() => ((operations * 37) % 100) / 100))
    return undefined
  }
  while (pack.compact(40));
  expect(images.length).toBeGreaterThan(10)
  for (const image of images) {
    const next = scratchPack(memoryDevice(image))
    expect(next.root.children!.size).toBe(5)
    for (let i = count - 5; i < count; i++)
      expect(Buffer.compare(readAll(next, fileAt(next, `f${i}`)), pattern(fileBytes, i))).toBe(0)
  }
})

test('a pack that is being made is left alone', () => {
  const pack = scratchPack(memoryDevice())
  pack.hold()
  newFile(pack, 'a', pattern(10))
  expect(pack.compact(10)).toBe(false)
})
