/**
 * Padding of sealed content (W3): `u32 length ‖ content ‖ zeros`, up to PADMÉ of at least 256 bytes.
 * PADMÉ leaks O(log log n) bits of the length (Nikitin et al., PETS 2019, §4); the floor hides which
 * single field was edited, as one-field updates are 9 to 32 bytes.
 */
import { concat } from './concat.ts'
import { u32 } from './codec.ts'

const floor = 256

/** The padded size for `length` bytes: at most 12 % more. */
export function padme(length: number): number {
  if (length < 2) return length
  const exponent = Math.floor(Math.log2(length))
  const kept = Math.floor(Math.log2(exponent)) + 1
  const step = 2 ** Math.max(0, exponent - kept)
  return Math.ceil(length / step) * step
}

export function pad(content: Uint8Array): Uint8Array {
  const padded = new Uint8Array(padme(Math.max(content.length + 4, floor)))
  padded.set(concat(u32.write(content.length), content))
  return padded
}

/** Returns `undefined` unless the bytes are exactly what {@link pad} makes of their content. */
export function unpad(padded: Uint8Array): Uint8Array | undefined {
  if (padded.length < floor) return undefined
  const length = new DataView(padded.buffer, padded.byteOffset).getUint32(0)
  if (padme(Math.max(length + 4, floor)) !== padded.length) return undefined
  if (padded.subarray(length + 4).some((byte) => byte !== 0)) return undefined
  return padded.slice(4, length + 4)
}
