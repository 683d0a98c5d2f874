import { blake2b } from '@noble/hashes/blake2.js'
import { utf8, concat } from '@selene/shapes'
import { beforeAll, expect, test } from 'vitest'
import { seededRandom } from '../testing/seeded-random.ts'
import { fingerprintOf, isSameFingerprint, type PublicShare } from './fingerprint.ts'
import type { Primitives } from './primitives.ts'
import { loadPrimitives } from './sodium.ts'

let crypto: Primitives
beforeAll(async () => {
  crypto = await loadPrimitives(seededRandom('fingerprint'))
})
const share = (fill: number): PublicShare => ({
  signKey: new Uint8Array(32).fill(fill),
  boxKey: new Uint8Array(32).fill(fill + 1),
})

test('W44 a fingerprint is 60 digits of the keys of both, the lesser first', () => {
  const keys = concat(share(1).signKey, share(1).boxKey, share(9).signKey, share(9).boxKey)
  const hash = blake2b(concat(utf8('selene/fingerprint/v1\0'), keys), { dkLen: 64 })
  const groups = Array.from({ length: 12 }, (_, i) => {
    const five = Buffer.from(hash.slice(i * 5, i * 5 + 5)).readUIntBE(0, 5)
    return String(five % 100_000).padStart(5, '0')
  })
  expect(fingerprintOf(crypto, share(9), share(1))).toBe(groups.join(' '))
  expect(fingerprintOf(crypto, share(1), share(9))).toBe(groups.join(' '))
  expect(groups.join('')).toMatch(/^\d{60}$/)
})

test('W44 any other key gives another one', () => {
  const known = fingerprintOf(crypto, share(1), share(9))
  const others = [
    fingerprintOf(crypto, share(1), { ...share(9), signKey: share(3).signKey }),
    fingerprintOf(crypto, share(1), { ...share(9), boxKey: share(3).boxKey }),
    fingerprintOf(crypto, share(2), share(9)),
  ]
  for (const other of others) expect(isSameFingerprint(other, known)).toBe(false)
  expect(isSameFingerprint(` ${known.replaceAll(' ', '  ')}\n`, known)).toBe(true)
  expect(isSameFingerprint('', known)).toBe(false)
})
