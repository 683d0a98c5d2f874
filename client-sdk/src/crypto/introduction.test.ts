import { concat, type ContactId, type VaultId } from '@selene/shapes'
import { beforeAll, describe, expect, test } from 'vitest'
import { seededRandom } from '../testing/seeded-random.ts'
import { someId } from '../testing/scripted-server.ts'
import { openIntroduction, sealIntroduction, type Place } from './introduction.ts'
import type { Primitives } from './primitives.ts'
import { epochShareSeeds, shareKeys, sosAuthKey, type ShareKeys } from './share.ts'
import { loadPrimitives } from './sodium.ts'

const seed = process.env['SEED'] ?? String(Date.now())
const random = seededRandom(seed)

let crypto: Primitives
let keys: ShareKeys
let place: Place
let offer: Uint8Array

beforeAll(async () => {
  crypto = await loadPrimitives(random)
  keys = shareKeys(crypto, epochShareSeeds(crypto, crypto.random(32)))
  place = {
    secret: crypto.random(32),
    contact: someId('1') as ContactId,
    from: someId('a') as VaultId,
  }
  offer = sealIntroduction(crypto, place, { keys, name: 'Ada' })
})

describe('W44 an introduction', () => {
  test('opens for whoever has the secret, with the keys that signed it', () => {
    expect(openIntroduction(crypto, place, offer)).toEqual({
      signKey: keys.sign.publicKey,
      boxKey: keys.box.publicKey,
      name: 'Ada',
    })
  })

  test('has one size for names of up to 86 bytes', () => {
    const sealed = (name: string): number => sealIntroduction(crypto, place, { keys, name }).length
    expect(sealed('')).toBe(sealed('x'.repeat(86)))
    expect(() => sealed('x'.repeat(121))).toThrow(TypeError)
  })

  test('opens at its own place only', () => {
    const answering = { ...place, offer }
    const answer = sealIntroduction(crypto, answering, { keys, name: '' })
    const elsewhere: [Place, Uint8Array][] = [
      [{ ...place, secret: crypto.random(32) }, offer],
      [{ ...place, contact: someId('2') as ContactId }, offer],
      [{ ...place, from: someId('b') as VaultId }, offer],
      [answering, offer],
      [place, answer],
      [{ ...place, offer: answer }, answer],
    ]
    expect(openIntroduction(crypto, answering, answer)).toBeDefined()
    for (const [at, sealed] of elsewhere)
      expect(openIntroduction(crypto, at, sealed)).toBeUndefined()
  })

  test(`none of 5,000 mutants opens; replay with SEED=${seed}`, () => {
    const below = (limit: number): number =>
      new DataView(random.bytes(4).buffer).getUint32(0) % limit
    for (let i = 0; i < 5_000; i++) {
      const mutant = offer.with(below(offer.length), 0)
      const cut = below(4) === 0 ? mutant.subarray(0, below(mutant.length)) : mutant
      const sealed = below(8) === 0 ? concat(offer, random.bytes(1 + below(8))) : cut
      if (sealed.length === offer.length && sealed.every((byte, at) => byte === offer[at])) continue
      expect(openIntroduction(crypto, place, sealed)).toBeUndefined()
    }
  })

  test('with keys that it does not hold is refused, by whoever knows the secret', () => {
    const other = shareKeys(crypto, epochShareSeeds(crypto, crypto.random(32)))
    const claimed = { sign: { ...keys.sign, secretKey: other.sign.secretKey }, box: other.box }
    const forged = sealIntroduction(crypto, place, { keys: claimed, name: 'Ada' })
    expect(openIntroduction(crypto, place, forged)).toBeUndefined()
  })
})

test('W51 both sides of a link compute one key, and nobody else', () => {
  const other = shareKeys(crypto, epochShareSeeds(crypto, crypto.random(32)))
  const third = shareKeys(crypto, epochShareSeeds(crypto, crypto.random(32)))
  const ours = sosAuthKey(crypto, keys.box, other.box.publicKey)
  expect(sosAuthKey(crypto, other.box, keys.box.publicKey)).toEqual(ours)
  expect(sosAuthKey(crypto, third.box, keys.box.publicKey)).not.toEqual(ours)
  expect(() => sosAuthKey(crypto, keys.box, new Uint8Array(32))).toThrow(TypeError)
})
