import { limits, type ProblemBody } from '@selene/shapes'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { onEachDatabase } from '../../test/databases.ts'
import { newId, randomBytes } from '../../test/device-fixture.ts'
import {
  newAccount,
  openTestServer,
  signInDevice,
  text,
  type TestServer,
} from '../../test/server-fixture.ts'

onEachDatabase('contact', (database) => {
  let it: TestServer
  beforeAll(async () => {
    it = await openTestServer(database)
  })
  afterAll(() => it.close())

  type Person = Awaited<ReturnType<typeof newPerson>>
  async function newPerson() {
    const { view, session, founder } = await newAccount(it)
    return { vault: view.vault, token: session.access_token, founder }
  }
  /** Tokens end long before invitations do. */
  async function signedInAgain(person: Person): Promise<Person> {
    const { body } = await signInDevice(it, person.vault, person.founder)
    return { ...person, token: body.access_token }
  }
  const box = () => text(randomBytes(300))

  interface Invite {
    expires_at: number
    from: string
    offer: string
  }
  const invite = (by: Person, body: { id: string; offer: string }) =>
    it.call<Invite & ProblemBody>('POST', '/v1/invites', { token: by.token, body })
  const look = (by: Person, id: string) =>
    it.call<Invite & ProblemBody>('GET', `/v1/invites/${id}`, { token: by.token })
  const answer = (by: Person, id: string, sealed = box()) =>
    it.call('POST', `/v1/invites/${id}/answer`, { token: by.token, body: { answer: sealed } })
  const renew = (by: Person, id: string, renewal = box()) =>
    it.call('PUT', `/v1/contacts/${id}/renewal`, {
      token: by.token,
      body: { renewal },
    })
  const remove = (by: Person, id: string) =>
    it.call('DELETE', `/v1/contacts/${id}`, { token: by.token })

  async function newInvite(by: Person) {
    const sent = { id: newId(), offer: box() }
    expect((await invite(by, sent)).status).toBe(201)
    return sent
  }

  interface Change {
    key?: string
    value?: Record<string, string>
    headers: { operation?: string }
  }
  /** What her app has after reading the shape to its end. */
  async function contactsOf({ token }: Person) {
    const rows = new Map<string, Record<string, string>>()
    for (let query = 'offset=-1'; ;) {
      const read = await it.call<Change[]>('GET', `/v1/shape/contacts?${query}`, { token })
      expect(read.status).toBe(200)
      for (const { key = '', value = {}, headers } of read.body)
        if (headers.operation === 'delete') rows.delete(key)
        else if (headers.operation) rows.set(key, value)
      if (read.headers.has('electric-up-to-date')) return [...rows.values()]
      query = `offset=${read.headers.get('electric-offset')}&handle=${read.headers.get('electric-handle')}`
    }
  }
  const printed = (sealed: string) => `\\x${Buffer.from(sealed, 'base64url').toString('hex')}`

  test('S57 at most fifty invitations of one account are open', async () => {
    const [ada, bea] = [await newPerson(), await newPerson()]
    const sent = []
    for (let made = 0; made < 50; made++) sent.push(await newInvite(ada))
    const refused = await invite(ada, { id: newId(), offer: box() })
    expect([refused.status, refused.body.code]).toEqual([400, 'request/invalid'])
    expect(refused.body.faults!.join()).toContain('take one back')
    expect((await invite(ada, sent[0]!)).status).toBe(201)
    await newInvite(bea)
    await answer(bea, sent[0]!.id)
    await newInvite(ada)
    await remove(ada, sent[1]!.id)
    await newInvite(ada)
    it.clock.advance(limits.inviteSeconds)
    await newInvite(await signedInAgain(ada))
  })

  test('S57 at most a hundred contacts of one account, on either side of a link', async () => {
    const [ada, bea] = [await newPerson(), await newPerson()]
    await it.opened.db.query(
      `WITH made AS (
          INSERT INTO accounts
          SELECT gen_random_uuid(), sha256(gen_random_uuid()::text::bytea), '\\x00',
            decode(md5('salt'), 'hex'), 3, 1, '2026-01-01' FROM generate_series(1, 100)
          RETURNING account_id
        )
        INSERT INTO contacts (owner_id, contact_id, peer_id, box)
        SELECT $1, gen_random_uuid(), account_id, '\\x00' FROM made`,
      [ada.vault],
    )
    for (const [inviter, answerer] of [
      [ada, bea],
      [bea, ada],
    ] as const) {
      const { id } = await newInvite(inviter)
      const refused = await answer(answerer, id)
      expect([refused.status, refused.body.code]).toEqual([400, 'request/invalid'])
    }
    expect(await contactsOf(bea)).toEqual([])
    const [{ contact_id: one } = { contact_id: '' }] = await contactsOf(ada)
    await remove(ada, one)
    const { id } = await newInvite(ada)
    expect((await answer(bea, id)).status).toBe(200)
    const newer = await newInvite(ada)
    expect((await answer(bea, newer.id)).status).toBe(200)
  })

  test('S50 W44 an answered invitation makes each the contact of the other', async () => {
    const [ada, bea] = [await newPerson(), await newPerson()]
    const { id, offer } = await newInvite(ada)
    const seen = await look(bea, id)
    expect(seen.body).toEqual({
      from: ada.vault,
      offer,
      expires_at: it.clock.now() + limits.inviteSeconds * 1000,
    })
    const sealed = box()
    expect((await answer(bea, id, sealed)).status).toBe(200)
    expect(await contactsOf(ada)).toEqual([
      {
        owner_id: ada.vault,
        contact_id: id,
        peer_id: bea.vault,
        box: printed(sealed),
        renewal: '\\x',
      },
    ])
    expect(await contactsOf(bea)).toEqual([
      {
        owner_id: bea.vault,
        contact_id: id,
        peer_id: ada.vault,
        box: printed(offer),
        renewal: '\\x',
      },
    ])
  })

  test('S50 a reader who waits hears of a new contact, and of one that goes', async () => {
    const [ada, bea] = [await newPerson(), await newPerson()]
    const { id } = await newInvite(ada)
    const path = (query: string) => `/v1/shape/contacts?${query}`
    const first = await it.call('GET', path('offset=-1'), { token: ada.token })
    const handle = first.headers.get('electric-handle')
    const follow = (offset: string | null) =>
      it.call<Change[]>('GET', path(`offset=${offset}&handle=${handle}&live=true`), {
        token: ada.token,
      })
    const coming = follow('0_0')
    await answer(bea, id)
    const came = await coming
    expect(came.body[0]?.value?.['peer_id']).toBe(bea.vault)
    const going = follow(came.headers.get('electric-offset'))
    await remove(bea, id)
    expect((await going).body[0]?.headers.operation).toBe('delete')
  })

  test('S51 the same invitation again changes nothing, another under its id is refused', async () => {
    const [ada, bea] = [await newPerson(), await newPerson()]
    const sent = await newInvite(ada)
    it.clock.advance(60)
    const again = await invite(ada, sent)
    expect(again.status).toBe(201)
    expect(again.body.expires_at).toBe((await look(bea, sent.id)).body.expires_at)
    for (const refused of [
      await invite(ada, { ...sent, offer: box() }),
      await invite(bea, { ...sent, offer: box() }),
      await invite(bea, sent),
    ])
      expect([refused.status, refused.body.code]).toEqual([422, 'outbox/equivocation'])
  })

  test('S52 an invitation works once; of the same account the first answer stands', async () => {
    const [ada, bea, cleo] = [await newPerson(), await newPerson(), await newPerson()]
    const { id, offer } = await newInvite(ada)
    const first = box()
    await answer(bea, id, first)
    expect((await answer(bea, id, box())).status).toBe(200)
    expect((await look(bea, id)).body.offer).toBe(offer)
    for (const late of [await answer(cleo, id), await look(cleo, id)])
      expect([late.status, late.body.code]).toEqual([404, 'contact/invite-unknown'])
    expect((await contactsOf(ada)).map((row) => row['box'])).toEqual([printed(first)])
    expect(await contactsOf(cleo)).toEqual([])
  })

  test('S52 of many answers at once one counts', async () => {
    const ada = await newPerson()
    const others = [await newPerson(), await newPerson(), await newPerson()]
    const { id } = await newInvite(ada)
    const statuses = await Promise.all(
      others.flatMap((by) => [answer(by, id), answer(by, id)]).map(async (a) => (await a).status),
    )
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 200, 404, 404, 404, 404])
    expect(await contactsOf(ada)).toHaveLength(1)
  })

  test('S53 her own invitation is refused', async () => {
    const ada = await newPerson()
    const { id } = await newInvite(ada)
    for (const own of [await look(ada, id), await answer(ada, id)])
      expect([own.status, own.body.code]).toEqual([422, 'contact/own-invite'])
    await answer(await newPerson(), id)
    expect((await answer(ada, id)).body.code).toBe('contact/own-invite')
  })

  test('S54 an invitation ends after 72 hours; who has accepted it may ask again', async () => {
    const [ada, bea] = [await newPerson(), await newPerson()]
    const [unused, used] = [await newInvite(ada), await newInvite(ada)]
    await answer(bea, used.id)
    it.clock.advance(limits.inviteSeconds)
    const [adaAgain, beaAgain] = await Promise.all([signedInAgain(ada), signedInAgain(bea)])
    for (const swept of [false, true]) {
      if (swept) await it.sweep()
      expect((await answer(beaAgain, unused.id)).body.code).toBe('contact/invite-unknown')
      expect((await look(beaAgain, unused.id)).body.code).toBe('contact/invite-unknown')
      expect((await answer(beaAgain, used.id)).status).toBe(200)
    }
    expect(await it.opened.db.query('SELECT 1 FROM invites')).toHaveLength(0)
    expect(await contactsOf(adaAgain)).toHaveLength(1)
    expect((await invite(adaAgain, used)).body.code).toBe('contact/invite-unknown')
  })

  test('S55 linking the same two again replaces the link', async () => {
    const [ada, bea] = [await newPerson(), await newPerson()]
    const [first, second] = [await newInvite(ada), await newInvite(bea)]
    await answer(bea, first.id)
    await answer(ada, second.id)
    for (const person of [ada, bea])
      expect((await contactsOf(person)).map((row) => row['contact_id'])).toEqual([second.id])
  })

  test('S55 two links made at once between the same two leave one', async () => {
    const [ada, bea] = [await newPerson(), await newPerson()]
    for (let round = 0; round < 5; round += 1) {
      const [first, second] = [await newInvite(ada), await newInvite(bea)]
      const both = await Promise.all([answer(bea, first.id), answer(ada, second.id)])
      expect(both.map(({ status }) => status)).toEqual([200, 200])
      const [mine, theirs] = [await contactsOf(ada), await contactsOf(bea)]
      expect(mine).toHaveLength(1)
      expect(theirs.map((row) => row['contact_id'])).toEqual(mine.map((row) => row['contact_id']))
    }
  })

  describe('S58 a renewal', () => {
    test('reaches the other side of the link alone, the newest in place of those before', async () => {
      const [ada, bea, cleo] = [await newPerson(), await newPerson(), await newPerson()]
      const { id } = await newInvite(ada)
      await answer(bea, id)
      const [first, second] = [box(), box()]
      for (const sealed of [first, second, second])
        expect((await renew(ada, id, sealed)).status).toBe(204)
      expect(await contactsOf(bea)).toMatchObject([{ contact_id: id, renewal: printed(second) }])
      expect(await contactsOf(ada)).toMatchObject([{ contact_id: id, renewal: '\\x' }])
      const refused = await renew(cleo, id)
      expect([refused.status, refused.body.code]).toEqual([404, 'contact/unknown'])
      expect(await contactsOf(bea)).toMatchObject([{ renewal: printed(second) }])
    })

    test('wakes whoever waits, and goes with the link', async () => {
      const [ada, bea] = [await newPerson(), await newPerson()]
      const { id } = await newInvite(ada)
      await answer(bea, id)
      const path = (query: string) => `/v1/shape/contacts?${query}`
      const first = await it.call('GET', path('offset=-1'), { token: bea.token })
      const [offset, handle] = ['electric-offset', 'electric-handle'].map((name) =>
        first.headers.get(name),
      )
      const coming = it.call<Change[]>('GET', path(`offset=${offset}&handle=${handle}&live=true`), {
        token: bea.token,
      })
      const sealed = box()
      await renew(ada, id, sealed)
      expect((await coming).body[0]?.value?.['renewal']).toBe(printed(sealed))
      const again = await newInvite(bea)
      await answer(ada, again.id)
      expect(await contactsOf(bea)).toMatchObject([{ contact_id: again.id, renewal: '\\x' }])
      expect((await renew(ada, id)).body.code).toBe('contact/unknown')
    })

    test('of a wrong form is refused', async () => {
      const ada = await newPerson()
      expect((await renew(ada, 'x')).body.code).toBe('request/not-found')
      const large = text(randomBytes(limits.renewalBytes + 1))
      expect((await renew(ada, newId(), large)).status).toBe(400)
    })
  })

  describe('S56 removing', () => {
    test('ends the link for both, whoever of them asks, and once is enough', async () => {
      const [ada, bea] = [await newPerson(), await newPerson()]
      for (const by of [ada, bea]) {
        const { id } = await newInvite(ada)
        await answer(bea, id)
        expect([(await remove(by, id)).status, (await remove(by, id)).status]).toEqual([204, 204])
        expect([await contactsOf(ada), await contactsOf(bea)]).toEqual([[], []])
        expect((await answer(bea, id)).body.code).toBe('contact/invite-unknown')
      }
    })

    test('takes an open invitation back', async () => {
      const [ada, bea] = [await newPerson(), await newPerson()]
      const { id } = await newInvite(ada)
      expect((await remove(bea, id)).status).toBe(204)
      expect((await look(bea, id)).status).toBe(200)
      expect((await remove(ada, id)).status).toBe(204)
      expect((await answer(bea, id)).body.code).toBe('contact/invite-unknown')
    })

    test('leaves the links of others alone', async () => {
      const [ada, bea, cleo] = [await newPerson(), await newPerson(), await newPerson()]
      const { id } = await newInvite(ada)
      await answer(bea, id)
      expect((await remove(cleo, id)).status).toBe(204)
      expect(await contactsOf(ada)).toHaveLength(1)
    })

    test('at the moment it is accepted leaves no half', async () => {
      const [ada, bea] = [await newPerson(), await newPerson()]
      for (let round = 0; round < 5; round += 1) {
        const { id } = await newInvite(ada)
        await Promise.all([answer(bea, id), remove(ada, id)])
        expect([await contactsOf(ada), await contactsOf(bea)]).toEqual([[], []])
      }
    })
  })

  test('without a token nothing is answered', async () => {
    const id = newId()
    for (const [method, path] of [
      ['POST', '/v1/invites'],
      ['GET', `/v1/invites/${id}`],
      ['POST', `/v1/invites/${id}/answer`],
      ['DELETE', `/v1/contacts/${id}`],
      ['PUT', `/v1/contacts/${id}/renewal`],
    ] as const)
      expect((await it.call(method, path)).body.code).toBe('auth/required')
  })

  test('S2 S3 of a wrong form', async () => {
    const ada = await newPerson()
    const large = text(randomBytes(limits.inviteBoxBytes + 1))
    for (const body of [{ id: newId(), offer: large }, { id: 'x', offer: box() }, { id: newId() }])
      expect((await invite(ada, body as { id: string; offer: string })).status).toBe(400)
    expect((await look(ada, 'x')).body.code).toBe('contact/invite-unknown')
    expect((await remove(ada, 'x')).body.code).toBe('request/not-found')
  })
})
