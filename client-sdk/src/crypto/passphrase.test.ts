import { limits, Problem, type KdfParameters } from '@selene/shapes'
import { beforeAll, expect, test } from 'vitest'
import { systemRandom } from '../core/random.ts'
import { newPassphraseParameters, passphraseKeys } from './passphrase.ts'
import type { Primitives } from './primitives.ts'
import { loadPrimitives } from './sodium.ts'

let crypto: Primitives
let derived = 0
beforeAll(async () => {
  const real = await loadPrimitives(systemRandom)
  crypto = {
    ...real,
    argon2id(...given) {
      derived += 1
      return real.argon2id(...given)
    },
  }
})

test('C23 W9 parameters outside the safe range are refused before anything is derived', () => {
  const good = newPassphraseParameters(crypto)
  const unsafe: KdfParameters[] = [
    { ...good, kind: 'none' },
    { ...good, ops: limits.kdfMinOps - 1 },
    { ...good, ops: limits.kdfMaxOps + 1 },
    { ...good, memoryBytes: limits.kdfMinMemoryBytes - 1 },
    { ...good, memoryBytes: limits.kdfMaxMemoryBytes + 1 },
  ]
  for (const kdf of unsafe)
    expect(() => passphraseKeys(crypto, 'seven lamps by the river', kdf)).toThrow(
      new Problem('auth/weak-parameters'),
    )
  expect(derived).toBe(0)
})

test('W9 the same accents typed in another way give the same keys, another salt gives others', () => {
  const kdf = newPassphraseParameters(crypto)
  const composed = passphraseKeys(crypto, 'caf\u00e9', kdf)
  expect(passphraseKeys(crypto, 'cafe\u0301', kdf)).toEqual(composed)
  const other = passphraseKeys(crypto, 'caf\u00e9', { ...kdf, salt: crypto.random(16) })
  expect(other.loginSecret).not.toEqual(composed.loginSecret)
  expect(composed.loginSecret).not.toEqual(composed.cardKey)
})
