import { limits, type ContactId, type VaultId } from '@selene/shapes'
import { beforeAll, describe, expect, test } from 'vitest'
import { someId } from '../testing/scripted-server.ts'
import { seededRandom } from '../testing/seeded-random.ts'
import type { Primitives } from './primitives.ts'
import { epochShareSeeds, publicShare, shareKeys, type ShareKeys } from './share.ts'
import { loadPrimitives } from './sodium.ts'
import { openRenewal, sealRenewal, type RenewalPlace } from './succession.ts'

const seed = process.env['SEED'] ?? String(Date.now())
const random = seededRandom(seed)

let crypto: Primitives
let place: RenewalPlace
/** Her identities, oldest first. */
let hers: ShareKeys[]

const newIdentity = (): ShareKeys => shareKeys(crypto, epochShareSeeds(crypto, crypto.random(32)))
const opened = (sealed: Uint8Array, known: readonly ShareKeys[], at = place) =>
  openRenewal(crypto, at, { sealed, known: known.map(publicShare) })
const shown = (identities: readonly ShareKeys[]) => identities.map(publicShare)

beforeAll(async () => {
  crypto = await loadPrimitives(random)
  place = {
    authKey: crypto.random(32),
    contact: someId('1') as ContactId,
    from: someId('a') as VaultId,
  }
  hers = Array.from({ length: 4 }, newIdentity)
})

describe('W43 a renewal', () => {
  test('tells of every identity after the one that was introduced', () => {
    const sealed = sealRenewal(crypto, place, hers)
    expect(opened(sealed, hers.slice(0, 1))).toEqual(shown(hers.slice(1)))
    expect(opened(sealed, hers.slice(0, 3))).toEqual(shown(hers.slice(3)))
    expect(opened(sealed, hers)).toEqual([])
  })

  test('of before says nothing to whoever knows more', () => {
    const older = sealRenewal(crypto, place, hers.slice(0, 2))
    expect(opened(older, hers.slice(0, 3))).toEqual([])
  })

  test('that comes to the pinned keys another way is none', () => {
    const [first, , third] = hers as [ShareKeys, ShareKeys, ShareKeys]
    expect(opened(sealRenewal(crypto, place, [first, third]), hers.slice(0, 3))).toEqual([])
  })

  test('of keys beside those that are pinned is a conflict, as is one that stands on others', () => {
    const [first] = hers as [ShareKeys]
    const beside = sealRenewal(crypto, place, [first, newIdentity()])
    expect(opened(beside, hers.slice(0, 2))).toBe('conflict')
    const further = sealRenewal(crypto, place, [first, newIdentity(), newIdentity()])
    expect(opened(further, hers.slice(0, 2))).toBe('conflict')
    const stranger = sealRenewal(crypto, place, [newIdentity(), newIdentity()])
    expect(opened(stranger, [first])).toBe('conflict')
  })

  test('that the key before has not signed is a conflict', () => {
    const [first, second] = hers as [ShareKeys, ShareKeys]
    const posing = { ...first, sign: { ...first.sign, secretKey: newIdentity().sign.secretKey } }
    expect(opened(sealRenewal(crypto, place, [posing, second]), [first])).toBe('conflict')
    const borrowed = { ...second, sign: { ...second.sign, secretKey: first.sign.secretKey } }
    expect(opened(sealRenewal(crypto, place, [first, borrowed]), [first])).toBe('conflict')
  })

  test('opens at its own place only', () => {
    const sealed = sealRenewal(crypto, place, hers)
    for (const elsewhere of [
      { ...place, authKey: crypto.random(32) },
      { ...place, contact: someId('2') as ContactId },
      { ...place, from: someId('b') as VaultId },
    ])
      expect(opened(sealed, hers.slice(0, 1), elsewhere)).toBeUndefined()
  })

  test('of many carries the newest sixteen, which fit, for whoever knows one of them or the one before', () => {
    const many = Array.from({ length: limits.renewalStatements + 5 }, newIdentity)
    const sealed = sealRenewal(crypto, place, many)
    expect(sealed.length).toBeLessThanOrEqual(limits.renewalBytes)
    expect(opened(sealed, many.slice(0, 5))).toEqual(shown(many.slice(5)))
    expect(opened(sealed, many.slice(0, 9))).toEqual(shown(many.slice(9)))
    expect(opened(sealed, many.slice(0, 4))).toBe('conflict')
  })

  test(`no mutant of 2,000 opens; replay with SEED=${seed}`, () => {
    const sealed = sealRenewal(crypto, place, hers)
    for (let round = 0; round < 2_000; round++) {
      const [high, low, flip] = random.bytes(3) as unknown as [number, number, number]
      const at = (high * 256 + low) % sealed.length
      const mutant = sealed.with(at, sealed[at]! ^ (flip || 1))
      expect(opened(mutant, hers.slice(0, 1))).toBeUndefined()
    }
  })
})
