import { limits, type GrantId } from '@selene/shapes'
import { beforeAll, describe, expect, test } from 'vitest'
import { seededRandom } from '../testing/seeded-random.ts'
import { openGrant, openPage, sealGrant, sealPage } from './grant.ts'
import type { Primitives } from './primitives.ts'
import { epochShareSeeds, shareKeys, type ShareKeys } from './share.ts'
import { loadPrimitives } from './sodium.ts'

const seed = process.env['SEED'] ?? String(Date.now())
const id = '11111111-1111-4111-8111-111111111111' as GrantId
const other = '22222222-2222-4222-8222-222222222222' as GrantId
let crypto: Primitives
let ada: ShareKeys
let bea: ShareKeys
let eve: ShareKeys
beforeAll(async () => {
  crypto = await loadPrimitives(seededRandom(seed))
  ;[ada, bea, eve] = [1, 2, 3].map(() =>
    shareKeys(crypto, epochShareSeeds(crypto, crypto.random(32))),
  ) as [ShareKeys, ShareKeys, ShareKeys]
})
const publicOf = ({ sign, box }: ShareKeys) => ({ signKey: sign.publicKey, boxKey: box.publicKey })
const granting = () => ({ id, scope: 3, expires: 1_000, key: crypto.random(32) })
const toBea = (terms = granting()) => sealGrant(crypto, terms, { own: ada, peer: publicOf(bea) })
const opened = (sealed: Uint8Array, own = bea, peer = ada, named = id) =>
  openGrant(crypto, sealed, { id: named, own, peer: publicOf(peer) })

describe(`W45 a grant; replay with SEED=${seed}`, () => {
  test('says its terms to the one to whom it was given', () => {
    const terms = granting()
    const from = ada.sign.publicKey
    expect(opened(toBea(terms))).toEqual({ ...terms, from, to: bea.box.publicKey })
  })

  test('opens for nobody else, from nobody else and under no other id', () => {
    const sealed = toBea()
    expect(opened(sealed, eve)).toBeUndefined()
    expect(opened(sealed, bea, eve)).toBeUndefined()
    expect(opened(sealed, bea, ada, other)).toBeUndefined()
  })

  test('handed on by its reader it counts for nobody', () => {
    const terms = crypto.boxOpen(toBea(), bea.box)!
    const handedOn = crypto.boxSeal(terms, eve.box.publicKey)
    expect(opened(handedOn, eve, ada)).toBeUndefined()
  })

  test('with any bit changed it counts for nobody', () => {
    const plain = crypto.boxOpen(toBea(), bea.box)!
    for (let at = 0; at < plain.length; at += 1) {
      const copy = plain.slice()
      copy[at]! ^= 1
      expect(opened(crypto.boxSeal(copy, bea.box.publicKey))).toBeUndefined()
    }
    const longer = new Uint8Array(plain.length + 1)
    longer.set(plain)
    expect(opened(crypto.boxSeal(longer, bea.box.publicKey))).toBeUndefined()
  })
})

describe('W45 a page', () => {
  const content = Uint8Array.from({ length: 500 }, (_, i) => i % 256)

  test('opens at its place under the key of its grant alone', () => {
    const place = { id, revision: 2, key: crypto.random(32) }
    const sealed = sealPage(crypto, place, content)
    expect(openPage(crypto, place, sealed)).toEqual(content)
    for (const wrong of [
      { ...place, id: other },
      { ...place, revision: 3 },
      { ...place, key: crypto.random(32) },
    ])
      expect(openPage(crypto, wrong, sealed)).toBeUndefined()
    sealed[sealed.length - 1]! ^= 1
    expect(openPage(crypto, place, sealed)).toBeUndefined()
    expect(sealed.length).toBeLessThan(limits.pageBytes)
  })
})
