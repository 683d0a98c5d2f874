import { utf8 } from '@selene/shapes'
import { expect, test } from 'vitest'
import { systemRandom } from './random.ts'
import { createServerKey } from './server-key.ts'

const key = createServerKey(new Uint8Array(32).fill(7), systemRandom)
const other = createServerKey(new Uint8Array(32).fill(8), systemRandom)
const plain = utf8('a sealed card')
const context = utf8('vault and member')

test('what is wrapped opens again', () => {
  expect(key.unwrap('card', context, key.wrap('card', context, plain))).toEqual(plain)
})

test('two wraps of one thing share no bytes of their nonce', () => {
  const [a, b] = [key.wrap('card', context, plain), key.wrap('card', context, plain)]
  expect(a.subarray(0, 12)).not.toEqual(b.subarray(0, 12))
})

test('it opens under no other key, purpose or context, and not when a byte changed', () => {
  const sealed = key.wrap('card', context, plain)
  expect(other.unwrap('card', context, sealed)).toBeUndefined()
  expect(key.unwrap('auth-keys', context, sealed)).toBeUndefined()
  expect(key.unwrap('card', utf8('another member'), sealed)).toBeUndefined()
  for (const index of sealed.keys()) {
    const damaged = sealed.slice()
    damaged[index]! ^= 1
    expect(key.unwrap('card', context, damaged)).toBeUndefined()
  }
  expect(key.unwrap('card', context, sealed.subarray(0, 27))).toBeUndefined()
})

test('every purpose has its own subkey', () => {
  const macs = (['identifier', 'salt', 'refresh'] as const).map((purpose) =>
    Buffer.from(key.mac(purpose, plain)).toString('hex'),
  )
  expect(new Set(macs).size).toBe(3)
  expect(key.mac('salt', plain)).toEqual(key.mac('salt', plain))
  expect(key.mac('salt', plain)).not.toEqual(other.mac('salt', plain))
})

test('a secret of another length is a mistake of the program', () => {
  expect(() => createServerKey(new Uint8Array(31), systemRandom)).toThrow(TypeError)
})
