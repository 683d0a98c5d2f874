import { argon2Sync, createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { systemRandom } from '../core/random.ts'
import { createServerKey } from '../core/server-key.ts'
import { createLoginVerifiers } from './login-verifier.ts'

const serverKey = createServerKey(new Uint8Array(32).fill(3), systemRandom)
const cost = { memoryKiB: 64, passes: 1 }
const verifiers = createLoginVerifiers({ serverKey, random: systemRandom }, cost)
const secret = systemRandom.bytes(32)

test('a verifier matches its secret and no other', async () => {
  const verifier = await verifiers.make(secret)
  expect(await verifiers.matches(secret, verifier)).toBe(true)
  expect(await verifiers.matches(systemRandom.bytes(32), verifier)).toBe(false)
  expect(await verifiers.matches(secret, undefined)).toBe(false)
})

test('it is salt, parameters and a keyed hash of Argon2id', async () => {
  const verifier = Buffer.from(await verifiers.make(secret))
  expect([verifier.length, verifier.readUInt32BE(0), verifier.readUInt32BE(4)]).toEqual([56, 64, 1])
  const derived = argon2Sync('argon2id', {
    message: secret,
    nonce: verifier.subarray(8, 24),
    parallelism: 1,
    tagLength: 32,
    memory: 64,
    passes: 1,
  })
  expect(verifier.subarray(24)).toEqual(Buffer.from(serverKey.mac('verifier', derived)))
  expect(verifier.subarray(24)).not.toEqual(createHmac('sha256', '').update(derived).digest())
})

test('a verifier made at another cost still matches', async () => {
  const cheaper = createLoginVerifiers(
    { serverKey, random: systemRandom },
    { memoryKiB: 32, passes: 2 },
  )
  expect(await verifiers.matches(secret, await cheaper.make(secret))).toBe(true)
})

test('W10 without the server key a verifier matches nothing', async () => {
  const otherKey = createServerKey(new Uint8Array(32).fill(4), systemRandom)
  const others = createLoginVerifiers({ serverKey: otherKey, random: systemRandom }, cost)
  expect(await others.matches(secret, await verifiers.make(secret))).toBe(false)
})

test('when too many sign in at once, some are told to come back', async () => {
  const attempts = Array.from({ length: 40 }, () => verifiers.matches(secret, undefined))
  const results = await Promise.allSettled(attempts)
  const failed = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
  expect(failed).toHaveLength(6)
  for (const reason of failed) expect(reason).toMatchObject({ code: 'server/overloaded' })
})
