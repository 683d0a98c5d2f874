import { limits, sealedGrantBytes, type ProblemBody } from '@selene/shapes'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { onEachDatabase } from '../../test/databases.ts'
import { newId, randomBytes } from '../../test/device-fixture.ts'
import { newAccount, openTestServer, text, type TestServer } from '../../test/server-fixture.ts'

onEachDatabase('grant', (database) => {
  let it: TestServer
  beforeAll(async () => {
    it = await openTestServer(database)
  })
  afterAll(() => it.close())

  interface Person {
    readonly vault: string
    readonly token: string
  }
  async function newPerson(): Promise<Person> {
    const { view, session } = await newAccount(it)
    return { vault: view.vault, token: session.access_token }
  }
  /** Two people, and the id of the link between them. */
  async function linked() {
    const [owner, reader] = [await newPerson(), await newPerson()]
    const contact = newId()
    await it.opened.db.query(
      `INSERT INTO contacts (owner_id, contact_id, peer_id, box)
        VALUES ($1, $2, $3, '\\x00'), ($3, $2, $1, '\\x00')`,
      [owner.vault, contact, reader.vault],
    )
    return { owner, reader, contact }
  }
  const page = () => text(randomBytes(400))
  const newGrant = (contact: string) => ({
    contact,
    expires_at: it.clock.now() + 3_600_000,
    grant: text(randomBytes(sealedGrantBytes)),
    revision: 1,
    page: page(),
  })
  type Sent = ReturnType<typeof newGrant>
  async function put(by: Person, id: string, body: Sent) {
    const answer = await it.call('PUT', `/v1/grants/${id}`, { token: by.token, body })
    return answer.status === 204 ? 'stored' : answer.body.code
  }
  interface Listed {
    given: object[]
    received: object[]
  }
  const list = async (by: Person) =>
    (await it.call<Listed>('GET', '/v1/grants', { token: by.token })).body
  const read = async (by: Person, id: string) =>
    (
      await it.call<{ revision: number; page: string } & ProblemBody>('GET', `/v1/grants/${id}`, {
        token: by.token,
      })
    ).body
  const remove = (by: Person, id: string) =>
    it.call('DELETE', `/v1/grants/${id}`, { token: by.token })
  const rows = () => it.opened.db.query('SELECT 1 FROM grants')

  test('S110 the reader gets what the owner stored, and nobody else does', async () => {
    const { owner, reader, contact } = await linked()
    const [id, sent] = [newId(), newGrant(contact)]
    expect(await put(owner, id, sent)).toBe('stored')
    const standing = { id, revision: 1, expires_at: sent.expires_at }
    expect(await list(owner)).toEqual({ given: [standing], received: [] })
    const received = [{ ...standing, contact, grant: sent.grant }]
    expect(await list(reader)).toEqual({ given: [], received })
    for (const by of [owner, reader])
      expect(await read(by, id)).toEqual({ revision: 1, page: sent.page })
    const eve = await newPerson()
    expect((await read(eve, id)).code).toBe('grant/unknown')
    await remove(eve, id)
    expect((await read(reader, id)).revision).toBe(1)
  })

  test('S111 pages follow one another, and of two the first counts', async () => {
    const { owner, reader, contact } = await linked()
    const [id, sent] = [newId(), newGrant(contact)]
    await put(owner, id, sent)
    const next = { ...sent, revision: 2, page: page() }
    expect(await put(owner, id, { ...next, revision: 3 })).toBe('grant/conflict')
    expect([await put(owner, id, next), await put(owner, id, next)]).toEqual(['stored', 'stored'])
    expect(await put(owner, id, { ...next, page: page() })).toBe('grant/conflict')
    expect(await read(reader, id)).toEqual({ revision: 2, page: next.page })
    expect(await put(owner, newId(), next)).toBe('grant/conflict')
  })

  test('S111 the terms of a grant never change, and an id is its owner’s', async () => {
    const { owner, reader, contact } = await linked()
    const [id, sent] = [newId(), newGrant(contact)]
    await put(owner, id, sent)
    const next = { ...sent, revision: 2 }
    for (const other of [
      { ...next, expires_at: sent.expires_at + 1 },
      { ...next, grant: text(randomBytes(sealedGrantBytes)) },
      { ...next, contact: newId() },
    ])
      expect(await put(owner, id, other)).toBe('outbox/equivocation')
    expect(await put(reader, id, next)).toBe('outbox/equivocation')
  })

  test('S110 only a contact can be granted anything, and not for ever', async () => {
    const { owner, contact } = await linked()
    const stranger = await newPerson()
    expect(await put(stranger, newId(), newGrant(contact))).toBe('contact/unknown')
    expect(await put(owner, newId(), newGrant(newId()))).toBe('contact/unknown')
    for (const expires_at of [it.clock.now(), it.clock.now() + limits.grantSeconds * 1000 + 1])
      expect(await put(owner, newId(), { ...newGrant(contact), expires_at })).toBe(
        'request/invalid',
      )
  })

  test('S110 fifty grants of one account stand at a time', async () => {
    const { owner, contact } = await linked()
    const ids = Array.from({ length: 50 }, newId)
    for (const id of ids) expect(await put(owner, id, newGrant(contact))).toBe('stored')
    expect(await put(owner, newId(), newGrant(contact))).toBe('request/invalid')
    await remove(owner, ids[0]!)
    expect(await put(owner, newId(), newGrant(contact))).toBe('stored')
  })

  test('S112 what has ended is not given out, and its row goes', async () => {
    const { owner, reader, contact } = await linked()
    const id = newId()
    await put(owner, id, { ...newGrant(contact), expires_at: it.clock.now() + 60_000 })
    it.clock.advance(60)
    expect(await list(reader)).toEqual({ given: [], received: [] })
    expect((await read(reader, id)).code).toBe('grant/unknown')
    await it.sweep()
    const left = await it.opened.db.query('SELECT 1 FROM grants WHERE grant_id = $1', [id])
    expect(left).toEqual([])
  })

  test('S112 either of the two ends it', async () => {
    const { owner, reader, contact } = await linked()
    for (const by of [owner, reader]) {
      const id = newId()
      await put(owner, id, newGrant(contact))
      expect([(await remove(by, id)).status, (await remove(by, id)).status]).toEqual([204, 204])
      expect((await read(reader, id)).code).toBe('grant/unknown')
    }
  })

  describe('S112 rows go', () => {
    test('with the link between the two', async () => {
      const { owner, reader, contact } = await linked()
      await put(owner, newId(), newGrant(contact))
      const before = (await rows()).length
      await it.call('DELETE', `/v1/contacts/${contact}`, { token: reader.token })
      expect((await rows()).length).toBe(before - 1)
    })

    test.each(['owner', 'reader'] as const)('with the account of the %s', async (whose) => {
      const { contact, ...both } = await linked()
      await put(both.owner, newId(), newGrant(contact))
      const before = (await rows()).length
      await it.opened.db.query('DELETE FROM accounts WHERE account_id = $1', [both[whose].vault])
      expect((await rows()).length).toBe(before - 1)
    })
  })

  test('needs a session, and bodies of the right form', async () => {
    const { owner, contact } = await linked()
    for (const [method, path] of [
      ['GET', '/v1/grants'],
      ['GET', `/v1/grants/${newId()}`],
      ['PUT', `/v1/grants/${newId()}`],
      ['DELETE', `/v1/grants/${newId()}`],
    ] as const)
      expect((await it.call(method, path)).body.code).toBe('auth/required')
    const large = text(randomBytes(limits.pageBytes + 1))
    expect(await put(owner, newId(), { ...newGrant(contact), page: large })).toBe('request/invalid')
    expect(await put(owner, 'x', newGrant(contact))).toBe('grant/unknown')
  })
})
