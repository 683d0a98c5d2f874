import { beforeEach, describe, expect, test } from 'vitest'
import { deviceLaws, type DevicePlace } from './device-laws.ts'
import { memoryDevice, type MemoryDevice } from './memory-device.ts'
import { simulatedDevice } from './simulated-device.ts'
import { syncAccessDevice, type SyncAccessHandle } from './sync-access-device.ts'

describe.each([
  ['memory', { lasts: false, open: () => memoryDevice() }],
  ['simulated', { lasts: false, open: () => simulatedDevice() }],
] as const)('a device: %s', (_, place) => {
  for (const { says, check } of deviceLaws(place)) test(says, () => check(place))
})

/** A handle as OPFS gives it, over bytes in memory. */
function accessHandle(file: MemoryDevice, limit = Number.POSITIVE_INFINITY): SyncAccessHandle {
  let isOpen = true
  const alive = (): void => {
    if (!isOpen) throw new DOMException('closed', 'InvalidStateError')
  }
  return {
    getSize: () => file.size(),
    read(into, { at }) {
      alive()
      return file.read(at, into)
    },
    write(from, { at }) {
      alive()
      if (at + from.length > limit) throw new DOMException('full', 'QuotaExceededError')
      file.write(at, from)
      return from.length
    },
    truncate: (size) => file.truncate(size),
    flush: alive,
    close() {
      isOpen = false
    },
  }
}

describe('a device: sync access handle', () => {
  let file: MemoryDevice
  beforeEach(() => {
    file = memoryDevice()
  })
  const place: DevicePlace = { lasts: true, open: () => syncAccessDevice(accessHandle(file)) }
  for (const { says, check } of deviceLaws(place)) test(says, () => check(place))
})

describe('a sync access handle', () => {
  test('without room is a full device', () => {
    const device = syncAccessDevice(accessHandle(memoryDevice(), 100))
    expect(() => device.write(90, new Uint8Array(20))).toThrow(
      expect.objectContaining({ fault: 'full' }),
    )
  })
  test('that takes less than all without a word is a full device', () => {
    const handle = { ...accessHandle(memoryDevice()), write: () => 5 }
    expect(() => syncAccessDevice(handle).write(0, new Uint8Array(20))).toThrow(
      expect.objectContaining({ fault: 'full' }),
    )
  })
})

describe('a simulated device', () => {
  const sector = (value: number): Uint8Array => new Uint8Array(512).fill(value)
  const draws = (...list: number[]) => {
    let at = 0
    return () => list[at++ % list.length]!
  }

  test('keeps what was flushed, whatever a crash takes', () => {
    const device = simulatedDevice()
    device.write(0, sector(1))
    device.flush()
    device.write(0, sector(2))
    // The first draw chooses the share that is kept: nothing.
    expect(device.crash(draws(0))).toEqual(sector(1))
    expect(device.content()).toEqual(sector(2))
  })

  test('loses each write that was not flushed, or keeps it, or tears it at sectors', () => {
    const device = simulatedDevice()
    device.write(0, new Uint8Array(2048))
    device.flush()
    device.write(0, new Uint8Array(2048).fill(9))
    const seen = new Set<string>()
    let state = 1
    const draw = (): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
      return state / 2 ** 32
    }
    for (let i = 0; i < 400; i++) {
      const left = device.crash(draw)
      const sectors = [0, 1, 2, 3].map((n) => left.subarray(n * 512, (n + 1) * 512))
      for (const one of sectors) expect(new Set(one).size).toBe(1)
      seen.add(sectors.map((one) => one[0]).join())
    }
    expect(seen).toContain('0,0,0,0')
    expect(seen).toContain('9,9,9,9')
    expect(seen.size).toBeGreaterThan(8)
  })

  test('never brings back what a later write of the same place replaced', () => {
    const device = simulatedDevice()
    device.write(0, sector(1))
    device.write(0, sector(2))
    for (const draw of [0.05, 0.3, 0.5, 0.7, 0.95])
      expect([undefined, 1, 2]).toContain(device.crash(draws(0.99, draw))[0])
    expect(device.crash(draws(0.99))[0]).toBe(2)
  })

  test('refuses what it is told to refuse, and what is beyond its end', () => {
    const device = simulatedDevice()
    device.capacity = 1000
    expect(() => device.write(900, sector(1))).toThrow(expect.objectContaining({ fault: 'full' }))
    device.watch = ({ kind }) => (kind === 'flush' ? 'io' : undefined)
    device.write(0, sector(1))
    expect(() => device.flush()).toThrow(expect.objectContaining({ fault: 'io' }))
    expect(device.counts).toEqual({ read: 0, write: 2, flush: 1, truncate: 0 })
  })
})
