import {
  bytesToBase64url,
  Problem,
  type ContactId,
  type GrantId,
  type ProblemCode,
} from '@selene/shapes'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CivilDate } from '../calendar/index.ts'
import { until } from '../core/live.ts'
import { sealGrant, sealPage } from '../crypto/grant.ts'
import { epochShareSeeds, shareKeys, type ShareKeys } from '../crypto/share.ts'
import { bakedImage } from '../node/baked-image.ts'
import { memoryFiles } from '../store/memory-files.ts'
import { someId } from '../testing/scripted-server.ts'
import { openTestDevice, type TestDevice } from '../testing/test-device.ts'
import { createGrants, type Grants } from './grants.ts'
import { writePage } from './page.ts'

const contact = someId('1') as ContactId
const from = '2026-01-01' as CivilDate
const theirs = [2, 3, 4].map((digit) => someId(String(digit)) as GrantId)

interface Asked {
  readonly method: string
  readonly path: string
}

let device: TestDevice
let own: ShareKeys
let peer: ShareKeys
let grants: Grants
let asked: Asked[]
/** What the server says instead of an answer, by method and path. */
let refusals: Map<string, ProblemCode>
/** Grants of the contact that the server gives out. */
let offered: Map<GrantId, { grant: string; page: string }>
/** Grants of hers that the server has. */
let stored: Map<string, number>

const publicOf = ({ sign, box }: ShareKeys) => ({ signKey: sign.publicKey, boxKey: box.publicKey })

beforeEach(async () => {
  device = await openTestDevice({ files: memoryFiles(await bakedImage()) })
  const { store, documents, crypto, vault } = device.parts
  ;[own, peer] = [1, 2].map(() =>
    shareKeys(crypto, epochShareSeeds(crypto, crypto.random(32))),
  ) as [ShareKeys, ShareKeys]
  asked = []
  refusals = new Map()
  offered = new Map()
  stored = new Map()
  const pair = { own, peer: publicOf(peer) }
  grants = createGrants({
    store,
    documents,
    crypto,
    vault,
    clock: device.clientClock,
    call: serve,
    peersOf: async () => new Map([[contact, { ...pair, name: 'Bea', pairs: [pair] }]]),
    pageOf: async () => new Uint8Array(40),
    written() {},
  })
})
afterEach(() => device.client.close())

async function serve({ method, path, body }: Asked & { body?: unknown }): Promise<unknown> {
  asked.push({ method, path })
  const refusal = refusals.get(`${method} ${path}`)
  if (refusal) throw new Problem(refusal)
  const id = path.split('/').at(-1)!
  if (method === 'PUT') stored.set(id, (body as { revision: number }).revision)
  if (method === 'DELETE') stored.delete(id)
  if (method !== 'GET') return undefined
  const expires = device.clientClock.now() + 3_600_000
  if (path === '/v1/grants')
    return {
      given: [...stored].map(([grant, revision]) => ({ id: grant, revision, expires_at: expires })),
      received: [...offered].map(([grant, { grant: sealed }]) => ({
        id: grant,
        contact,
        grant: sealed,
        revision: 1,
        expires_at: expires,
      })),
    }
  return { revision: 1, page: offered.get(id as GrantId)!.page }
}

/** The contact lets her read something. */
function offer(id: GrantId): void {
  const { crypto } = device.parts
  const granting = {
    id,
    scope: 1,
    expires: device.clientClock.now() + 3_600_000,
    key: crypto.random(32),
  }
  const content = writePage({ days: [], forecast: { status: 'unknown' } as never }, ['periods'])
  offered.set(id, {
    grant: bytesToBase64url(sealGrant(crypto, granting, { own: peer, peer: publicOf(own) })),
    page: bytesToBase64url(sealPage(crypto, { id, revision: 1, key: granting.key }, content)),
  })
}

const give = () =>
  grants.give({ contact, scope: ['periods'], from, expiresAt: device.clientClock.now() + 60_000 })
const given = () => until(grants.given, () => true)
const received = async () => (await until(grants.received, () => true)).map(({ id }) => id)
const put = (id: GrantId): string => `PUT /v1/grants/${id}`

describe('C132 a round with the server', () => {
  test('goes on behind a grant that is refused, which says so as long as it is', async () => {
    const [first, second, third] = [await give(), await give(), await give()]
    for (const id of theirs) offer(id)
    await grants.refresh()
    expect(await received()).toEqual(theirs)
    const fourth = await give()
    refusals.set(put(fourth.id), 'request/invalid')
    stored.clear()
    refusals.set(put(first.id), 'contact/unknown')
    offered.delete(theirs[0]!)
    await grants.refresh()
    expect([...stored.keys()].toSorted()).toEqual([second.id, third.id].toSorted())
    expect(await received()).toEqual(theirs.slice(1))
    const codes = async () => new Map((await given()).map(({ id, refused }) => [id, refused]))
    expect(await codes()).toEqual(
      new Map([
        [first.id, 'contact/unknown'],
        [second.id, undefined],
        [third.id, undefined],
        [fourth.id, 'request/invalid'],
      ]),
    )
    refusals.clear()
    await grants.refresh()
    expect([...(await codes()).values()]).toEqual([undefined, undefined, undefined, undefined])
    expect(stored.size).toBe(4)
  })

  test('fails in the end for what may pass, after all else was done', async () => {
    const [first, second] = [await give(), await give()]
    const taken = await give()
    await grants.refresh()
    await grants.revoke(taken.id)
    for (const id of theirs) offer(id)
    stored.delete(first.id)
    stored.delete(second.id)
    refusals.set(`DELETE /v1/grants/${taken.id}`, 'server/unexpected')
    refusals.set(`GET /v1/grants/${theirs[1]}`, 'server/overloaded')
    refusals.set(put(first.id), 'grant/conflict')
    await expect(grants.refresh()).rejects.toMatchObject({ code: 'server/unexpected' })
    expect(stored.has(second.id)).toBe(true)
    expect(await received()).toEqual([theirs[0], theirs[2]])
    expect((await given()).map(({ refused }) => refused)).toEqual([undefined, undefined])
    refusals.clear()
    await grants.refresh()
    expect([...stored.keys()].toSorted()).toEqual([first.id, second.id].toSorted())
    expect(await received()).toEqual(theirs)
  })

  test('keeps what was read of a grant that cannot be looked at now', async () => {
    offer(theirs[0]!)
    await grants.refresh()
    offer(theirs[1]!)
    refusals.set(`GET /v1/grants/${theirs[1]}`, 'server/unexpected')
    await expect(grants.refresh()).rejects.toMatchObject({ code: 'server/unexpected' })
    expect(await received()).toEqual([theirs[0]])
  })

  test.each(['server/unreachable', 'auth/session-ended'] as const)(
    'ends at once on %s, which is about all of them',
    async (code) => {
      const [first, second] = [await give(), await give()]
      refusals.set(put(first.id), code)
      refusals.set(put(second.id), code)
      await expect(grants.refresh()).rejects.toMatchObject({ code })
      expect(asked.filter(({ method }) => method === 'PUT')).toHaveLength(1)
      expect((await given()).map(({ refused }) => refused)).toEqual([undefined, undefined])
    },
  )
})

test('S110 of fifty grants that stand she hears before the fifty-first is given', async () => {
  const all = []
  for (let i = 0; i < 50; i++) all.push(await give())
  await expect(give()).rejects.toMatchObject({ code: 'request/invalid' })
  expect(await given()).toHaveLength(50)
  await grants.revoke(all[0]!.id)
  await give()
  await expect(give()).rejects.toMatchObject({ code: 'request/invalid' })
  device.clientClock.advance(60_001)
  await give()
})
