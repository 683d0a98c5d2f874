import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { utf8 } from '@selene/shapes'
import { systemRandom } from '../core/random.ts'
import { open, seal } from './committing-aead.ts'
import type { Primitives } from './primitives.ts'
import { loadPrimitives } from './sodium.ts'

let crypto: Primitives
beforeAll(async () => {
  crypto = await loadPrimitives(systemRandom)
})
const context = () => ({ key: crypto.random(32), domain: utf8('selene/test\0'), header: utf8('h') })

test('W1 what is sealed opens', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), (plain) => {
      const at = context()
      expect(open(crypto, at, seal(crypto, at, plain))).toEqual({ ok: true, plain })
    }),
  )
})

test('W1 another key, domain or header is the wrong key; a flipped bit of the ciphertext is damage', () => {
  const at = context()
  const sealed = seal(crypto, at, utf8('plain'))
  const wrong = { ok: false, code: 'crypto/wrong-key' }
  expect(open(crypto, { ...at, key: crypto.random(32) }, sealed)).toEqual(wrong)
  expect(open(crypto, { ...at, domain: utf8('selene/tesT\0') }, sealed)).toEqual(wrong)
  expect(open(crypto, { ...at, header: utf8('H') }, sealed)).toEqual(wrong)
  const damaged = { ok: false, code: 'crypto/damaged' }
  for (let i = 0; i < sealed.length; i++) {
    const flipped = sealed.with(i, sealed[i]! ^ 1)
    expect(open(crypto, at, flipped)).toEqual(i < 56 ? wrong : damaged)
  }
  for (let length = 0; length < sealed.length; length++)
    expect(open(crypto, at, sealed.subarray(0, length)).ok).toBe(false)
})
