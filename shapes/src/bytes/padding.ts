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

const lengthBytes = 4

function padTo(content: Uint8Array, size: number): Uint8Array {
  const padded = new Uint8Array(size)
  padded.set(concat(u32.write(content.length), content))
  return padded
}

function unpadFrom(
  padded: Uint8Array,
  sizeOf: (contentLength: number) => number,
): Uint8Array | undefined {
  if (padded.length < lengthBytes) return undefined
  const length = new DataView(padded.buffer, padded.byteOffset).getUint32(0)
  if (length > padded.length - lengthBytes || sizeOf(length) !== padded.length) return undefined
  if (padded.subarray(length + lengthBytes).some((byte) => byte !== 0)) return undefined
  return padded.slice(lengthBytes, length + lengthBytes)
}

const paddedSize = (contentLength: number): number =>
  padme(Math.max(contentLength + lengthBytes, floor))

export const pad = (content: Uint8Array): Uint8Array => padTo(content, paddedSize(content.length))

/** Returns `undefined` unless the bytes are exactly what {@link pad} makes of their content. */
export const unpad = (padded: Uint8Array): Uint8Array | undefined => unpadFrom(padded, paddedSize)

/** Pads to one size for every content. @throws RangeError when it does not fit. */
export function padFixed(content: Uint8Array, size: number): Uint8Array {
  if (content.length + lengthBytes > size) throw new RangeError(`more than fits ${size} bytes`)
  return padTo(content, size)
}

/** Returns `undefined` unless the bytes are what {@link padFixed} makes of their content. */
export const unpadFixed = (padded: Uint8Array, size: number): Uint8Array | undefined =>
  unpadFrom(padded, () => size)
