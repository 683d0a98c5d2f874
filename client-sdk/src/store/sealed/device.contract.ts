/** What every block device must do; registers tests. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { BlockDevice } from './block-device.ts'

export interface DeviceMaker {
  /** An empty device. */
  make(): BlockDevice
  /** The same bytes again, after closing; absent where they end with the process. */
  reopen?(): BlockDevice
  cleanUp?(): void
}

const bytes = (length: number, start = 1): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (start + i * 7) % 251)

export function describeDevice(name: string, { make, reopen, cleanUp }: DeviceMaker): void {
  describe(`a device: ${name}`, () => {
    let device: BlockDevice
    beforeEach(() => {
      device = make()
    })
    afterEach(() => {
      device.close()
      cleanUp?.()
    })
    const read = (at: number, length: number): Uint8Array => {
      const into = new Uint8Array(length)
      return into.subarray(0, device.read(at, into))
    }

    test('is empty at first, and reading gives nothing', () => {
      expect(device.size()).toBe(0)
      expect(read(0, 10)).toHaveLength(0)
    })

    test('gives back what was written, at once and after a flush', () => {
      device.write(0, bytes(20_000))
      device.write(8192, bytes(100, 5))
      const expected = bytes(20_000)
      expected.set(bytes(100, 5), 8192)
      expect(read(0, 20_000)).toEqual(expected)
      device.flush()
      expect(read(8192, 100)).toEqual(bytes(100, 5))
      expect(device.size()).toBe(20_000)
    })

    test('gives fewer bytes at its end, and none behind it', () => {
      device.write(0, bytes(100))
      expect(read(90, 50)).toEqual(bytes(100).subarray(90))
      expect(read(100, 1)).toHaveLength(0)
      expect(read(5000, 1)).toHaveLength(0)
    })

    test('has zeros between its old end and a write beyond it', () => {
      device.write(0, bytes(3))
      device.write(1000, bytes(2))
      expect(device.size()).toBe(1002)
      expect(read(3, 997)).toEqual(new Uint8Array(997))
    })

    test('is shorter after it was cut, and has zeros when it grows again', () => {
      device.write(0, bytes(1000))
      device.truncate(400)
      expect(device.size()).toBe(400)
      expect(read(0, 1000)).toEqual(bytes(1000).subarray(0, 400))
      device.write(600, bytes(1))
      expect(read(400, 200)).toEqual(new Uint8Array(200))
    })

    test('takes parts of larger arrays, and leaves the rest of them alone', () => {
      const larger = bytes(300)
      device.write(0, larger.subarray(100, 200))
      const into = new Uint8Array(300)
      expect(device.read(0, into.subarray(50, 150))).toBe(100)
      expect(into.subarray(50, 150)).toEqual(larger.subarray(100, 200))
      expect(into.subarray(0, 50)).toEqual(new Uint8Array(50))
      expect(into.subarray(150)).toEqual(new Uint8Array(150))
    })

    test('fails with a fault once it is closed', () => {
      device.close()
      expect(() => device.write(0, bytes(1))).toThrow(expect.objectContaining({ fault: 'io' }))
      device = make()
    })

    if (reopen)
      test('keeps its bytes when it is closed and opened again', () => {
        device.write(5, bytes(500))
        device.flush()
        device.close()
        device = reopen()
        expect(read(5, 500)).toEqual(bytes(500))
      })
  })
}
