/** A device in memory, which ends with the process. */
import type { BlockDevice } from './block-device.ts'
import { faultError } from './fault.ts'

export interface MemoryDevice extends BlockDevice {
  /** A copy of all bytes. */
  content(): Uint8Array<ArrayBuffer>
}

/** @param start Content to begin with; it is copied. */
export function memoryDevice(start: Uint8Array = new Uint8Array(0)): MemoryDevice {
  let bytes = new Uint8Array(start)
  let length = start.length
  let isOpen = true

  function alive(): void {
    if (!isOpen) throw faultError('io')
  }
  function reach(end: number): void {
    if (end > bytes.length) {
      const larger = new Uint8Array(Math.max(end, bytes.length + (bytes.length >> 1)))
      larger.set(bytes.subarray(0, length))
      bytes = larger
    }
    length = Math.max(length, end)
  }

  return {
    read(at, into) {
      alive()
      const part = bytes.subarray(Math.min(at, length), Math.min(at + into.length, length))
      into.set(part)
      return part.length
    },
    write(at, from) {
      alive()
      reach(at + from.length)
      bytes.set(from, at)
    },
    flush: alive,
    size: () => length,
    truncate(end) {
      alive()
      reach(end)
      bytes.fill(0, end, length)
      length = end
    },
    close() {
      isOpen = false
    },
    content: () => bytes.slice(0, length),
  }
}
