/**
 * A device that misbehaves as disks do, for tests: what was not flushed is kept or lost at a crash, piece by
 * piece; operations fail when told. Same seed, same crash.
 */
import type { BlockDevice } from './block-device.ts'
import { faultError, type Fault } from './fault.ts'
import { memoryDevice } from './memory-device.ts'

const sectorBytes = 512

/** Random numbers from 0 up to, but without, 1. */
export type Draw = () => number

type Change =
  | { readonly kind: 'write'; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: 'truncate'; readonly bytes: number }

export interface Operation {
  readonly kind: 'read' | 'write' | 'flush' | 'truncate'
  readonly at: number
  readonly length: number
}

export interface SimulatedDevice extends BlockDevice {
  /**
   * Is called before each operation; what it gives is thrown instead of doing it. It may take crash images: they
   * show the device as the operation finds it.
   */
  watch: ((operation: Operation) => Fault | undefined) | undefined
  /** Bytes beyond which nothing can be written. */
  capacity: number
  /** How many operations of one kind have been done or refused. */
  readonly counts: Readonly<Record<Operation['kind'], number>>
  /** What a crash now would leave; the device goes on. */
  crash(draw: Draw): Uint8Array<ArrayBuffer>
  /** Everything as it reads now. */
  content(): Uint8Array<ArrayBuffer>
}

/** The sectors of a write that reached the disk, as writes. */
function tornParts(change: Extract<Change, { kind: 'write' }>, draw: Draw): Change[] {
  const parts: Change[] = []
  const end = change.at + change.bytes.length
  const kept = draw()
  for (let from = change.at; from < end;) {
    const to = Math.min(end, (Math.floor(from / sectorBytes) + 1) * sectorBytes)
    if (draw() < kept)
      parts.push({
        kind: 'write',
        at: from,
        bytes: change.bytes.subarray(from - change.at, to - change.at),
      })
    from = to
  }
  return parts
}

function apply(device: BlockDevice, change: Change): void {
  if (change.kind === 'write') device.write(change.at, change.bytes)
  else device.truncate(change.bytes)
}

/** Of every write a part survives or none; the shares differ from crash to crash, and all or nothing happen too. */
const sharesKept = [0, 0.2, 0.5, 0.8, 1] as const
const shareTorn = 0.3

export function simulatedDevice(start: Uint8Array = new Uint8Array(0)): SimulatedDevice {
  const now = memoryDevice(start)
  const flushed = memoryDevice(start)
  let changes: Change[] = []
  const counts = { read: 0, write: 0, flush: 0, truncate: 0 }

  function before(operation: Operation): void {
    counts[operation.kind] += 1
    const fault = device.watch?.(operation)
    if (fault) throw faultError(fault)
  }

  const device: SimulatedDevice = {
    watch: undefined,
    capacity: Number.POSITIVE_INFINITY,
    counts,
    read(at, into) {
      before({ kind: 'read', at, length: into.length })
      return now.read(at, into)
    },
    write(at, bytes) {
      before({ kind: 'write', at, length: bytes.length })
      if (at + bytes.length > device.capacity) throw faultError('full')
      const change: Change = { kind: 'write', at, bytes: bytes.slice() }
      apply(now, change)
      changes.push(change)
    },
    flush() {
      before({ kind: 'flush', at: 0, length: 0 })
      for (const change of changes) apply(flushed, change)
      changes = []
    },
    size: () => now.size(),
    truncate(bytes) {
      before({ kind: 'truncate', at: bytes, length: 0 })
      const change: Change = { kind: 'truncate', bytes }
      apply(now, change)
      changes.push(change)
    },
    close: () => now.close(),
    crash(draw) {
      const left = memoryDevice(flushed.content())
      const share = sharesKept[Math.floor(draw() * sharesKept.length)]!
      for (const change of changes) {
        if (draw() >= share) continue
        const isTorn = change.kind === 'write' && draw() < shareTorn
        for (const part of isTorn ? tornParts(change, draw) : [change]) apply(left, part)
      }
      return left.content()
    },
    content: () => now.content(),
  }
  return device
}
