/**
 * What two people compare to know that nobody stands between them (W44): 60 digits, the same on both sides, of the
 * share keys of both.
 */
import { concat, domains } from '@selene/shapes'
import type { Primitives } from './primitives.ts'

/** The public share keys of one side. */
export interface PublicShare {
  readonly signKey: Uint8Array
  readonly boxKey: Uint8Array
}

const groups = 12
const bytesPerGroup = 5

const isBefore = (a: Uint8Array, b: Uint8Array): boolean => {
  const at = a.findIndex((byte, i) => byte !== b[i])
  return at >= 0 && a[at]! < b[at]!
}

/** Twelve groups of five digits: each is five bytes of the hash, modulo 100,000. */
export function fingerprintOf(crypto: Primitives, own: PublicShare, other: PublicShare): string {
  const keys = [own, other].map(({ signKey, boxKey }) => concat(signKey, boxKey))
  keys.sort((a, b) => (isBefore(a, b) ? -1 : 1))
  const hash = crypto.hash([domains.fingerprint, ...keys], 64)
  const digits = Array.from({ length: groups }, (_, i) => {
    const part = hash.subarray(i * bytesPerGroup, (i + 1) * bytesPerGroup)
    const number = part.reduce((sum, byte) => sum * 256 + byte, 0)
    return String(number % 100_000).padStart(5, '0')
  })
  return digits.join(' ')
}

/** Whether what was read from another screen, however it is spaced, is this fingerprint. */
export const isSameFingerprint = (typed: string, fingerprint: string): boolean =>
  typed.replaceAll(/\s/g, '') === fingerprint.replaceAll(' ', '')
