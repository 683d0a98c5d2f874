import { limits, Problem, type KdfParameters } from '@selene/shapes'
import { beforeAll, expect, test } from 'vitest'
import { systemRandom } from '../core/random.ts'
import { sodiumArgon2id, type Argon2id } from './argon2id.ts'
import { newPassphraseParameters, passphraseKeys } from './passphrase.ts'
import type { Primitives } from './primitives.ts'
import { loadPrimitives } from './sodium.ts'

let crypto: Primitives
let argon2id: Argon2id
beforeAll(async () => {
  crypto = await loadPrimitives(systemRandom)
  argon2id = sodiumArgon2id(crypto)
})

test('C23 W9 parameters outside the safe range are refused before anything is derived', async () => {
  const good = newPassphraseParameters(crypto)
  const unsafe: KdfParameters[] = [
    { ...good, kind: 'none' },
    { ...good, ops: limits.kdfMinOps - 1 },
    { ...good, ops: limits.kdfMaxOps + 1 },
    { ...good, memoryBytes: limits.kdfMinMemoryBytes - 1 },
    { ...good, memoryBytes: limits.kdfMaxMemoryBytes + 1 },
  ]
  let derived = 0
  const counting: Argon2id = (input) => {
    derived += 1
    return argon2id(input)
  }
  for (const kdf of unsafe)
    await expect(
      passphraseKeys({ crypto, argon2id: counting }, 'seven lamps by the river', kdf),
    ).rejects.toThrow(new Problem('auth/weak-parameters'))
  expect(derived).toBe(0)
})

test('W9 the same accents typed in another way give the same keys, another salt gives others', async () => {
  const kdf = newPassphraseParameters(crypto)
  const keysOf = (typed: string, salt = kdf.salt) =>
    passphraseKeys({ crypto, argon2id }, typed, { ...kdf, salt })
  const composed = await keysOf('caf\u00e9')
  expect(await keysOf('cafe\u0301')).toEqual(composed)
  const other = await keysOf('caf\u00e9', crypto.random(16))
  expect(other.loginSecret).not.toEqual(composed.loginSecret)
  expect(composed.loginSecret).not.toEqual(composed.cardKey)
})

test('what she typed is wiped, whether or not it could be stretched', async () => {
  const secrets: Uint8Array[] = []
  const failing: Argon2id = async ({ secret }) => {
    secrets.push(secret)
    throw new RangeError('no memory')
  }
  const kdf = newPassphraseParameters(crypto)
  await expect(passphraseKeys({ crypto, argon2id: failing }, 'seven lamps', kdf)).rejects.toThrow(
    'no memory',
  )
  expect(secrets).toEqual([new Uint8Array('seven lamps'.length)])
})
