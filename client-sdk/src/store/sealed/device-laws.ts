/**
 * What every block device must do, as checks that run wherever the device does: under a test runner, and in pages and
 * workers of a browser.
 */
import type { StoreDevice } from '../files.ts'
import { faultOf } from './fault.ts'

/** Where the bytes of one device are: nowhere yet. */
export interface DevicePlace {
  /** The device, and after it was closed the same bytes again. */
  open(): StoreDevice | Promise<StoreDevice>
  /** Whether bytes outlive the device that wrote them. */
  readonly lasts: boolean
}

type Check = (device: StoreDevice, place: DevicePlace) => void | Promise<void>

/** Bytes that differ from those beside them, and by where they start. */
const bytes = (length: number, start = 1): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (start + i * 7) % 251)

function mustBe(what: string, actual: unknown, expected: unknown): void {
  if (actual !== expected)
    throw new Error(`${what}: ${String(actual)}, and not ${String(expected)}`)
}

function mustRead(device: StoreDevice, at: number, expected: Uint8Array, asked = expected.length) {
  const into = new Uint8Array(asked)
  mustBe(`bytes read at ${at}`, device.read(at, into), expected.length)
  const wrong = expected.findIndex((byte, i) => into[i] !== byte)
  if (wrong >= 0) mustBe(`byte ${at + wrong}`, into[wrong], expected[wrong])
}

function mustFail(work: () => void): void {
  try {
    work()
  } catch (error) {
    return mustBe('fault', faultOf(error), 'io')
  }
  throw new Error('nothing was thrown')
}

const checks: Readonly<Record<string, Check>> = {
  'is empty at first, and reading gives nothing'(device) {
    mustBe('size', device.size(), 0)
    mustRead(device, 0, bytes(0), 10)
  },
  'gives back what was written, at once and after a flush'(device) {
    device.write(0, bytes(20_000))
    device.write(8192, bytes(100, 5))
    const expected = bytes(20_000)
    expected.set(bytes(100, 5), 8192)
    mustRead(device, 0, expected)
    device.flush()
    mustRead(device, 0, expected)
    mustBe('size', device.size(), 20_000)
  },
  'gives fewer bytes at its end, and none behind it'(device) {
    device.write(0, bytes(100))
    mustRead(device, 90, bytes(100).subarray(90), 50)
    mustRead(device, 100, bytes(0), 1)
    mustRead(device, 5000, bytes(0), 1)
  },
  'has zeros between its old end and a write beyond it'(device) {
    device.write(0, bytes(3))
    device.write(1000, bytes(2))
    mustBe('size', device.size(), 1002)
    mustRead(device, 3, new Uint8Array(997))
  },
  'is shorter after it was cut, and has zeros when it grows again'(device) {
    device.write(0, bytes(1000))
    device.truncate(400)
    mustBe('size', device.size(), 400)
    mustRead(device, 0, bytes(1000).subarray(0, 400), 1000)
    device.write(600, bytes(1))
    mustRead(device, 400, new Uint8Array(200))
  },
  'takes parts of larger arrays, and leaves the rest of them alone'(device) {
    const larger = bytes(300)
    device.write(0, larger.subarray(100, 200))
    const into = new Uint8Array(300).fill(255)
    mustBe('bytes read', device.read(0, into.subarray(50, 150)), 100)
    for (const [i, byte] of into.entries())
      mustBe(`byte ${i}`, byte, i < 50 || i >= 150 ? 255 : larger[i + 50])
  },
  'fails with a fault once it is closed'(device) {
    device.close()
    mustFail(() => device.write(0, bytes(1)))
  },
  async 'keeps its bytes and its size when it is closed and opened again'(device, place) {
    device.write(5, bytes(50_000))
    device.truncate(40_000)
    device.flush()
    await device.settled?.()
    device.write(20_000, bytes(300, 9))
    device.flush()
    await device.settled?.()
    device.close()
    const again = await place.open()
    const expected = bytes(50_000).subarray(0, 39_995)
    expected.set(bytes(300, 9), 19_995)
    mustBe('size', again.size(), 40_000)
    mustRead(again, 5, expected)
    mustRead(again, 0, new Uint8Array(5))
  },
}

export interface DeviceLaw {
  readonly says: string
  /** @throws Error that says what is otherwise */
  check(place: DevicePlace): Promise<void>
}

async function checkIn(place: DevicePlace, check: Check): Promise<void> {
  let left: StoreDevice | undefined
  async function open(): Promise<StoreDevice> {
    const device = await place.open()
    left = device
    return {
      ...device,
      close() {
        left = undefined
        device.close()
      },
    }
  }
  try {
    await check(await open(), { ...place, open })
  } finally {
    left?.close()
  }
}

/** The laws that hold for such a place. */
export const deviceLaws = ({ lasts }: Pick<DevicePlace, 'lasts'>): DeviceLaw[] =>
  Object.entries(checks)
    .filter(([says]) => lasts || !says.startsWith('keeps'))
    .map(([says, check]) => ({ says, check: (place) => checkIn(place, check) }))
