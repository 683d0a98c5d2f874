import { limits } from '@selene/shapes'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { onEachDatabase } from '../../test/databases.ts'
import { newId, randomBytes } from '../../test/device-fixture.ts'
import { openTestServer, text, type TestServer } from '../../test/server-fixture.ts'

onEachDatabase('link', (database) => {
  let it: TestServer
  beforeAll(async () => {
    it = await openTestServer(database)
  })
  afterAll(() => it.close())

  const message = (bytes = 100) => ({ message: text(randomBytes(bytes)) })
  async function newLink() {
    const id: string = newId()
    const token = text(randomBytes(32))
    const opened = await it.call('POST', '/v1/links', { body: { id, token } })
    expect(opened.status).toBe(201)
    const place = (number: number | string) => `/v1/links/${id}/messages/${number}`
    const authorization = `Link ${token}`
    return {
      id,
      token,
      place,
      put: (number: number, body: unknown) =>
        it.call('PUT', place(number), { body, authorization }),
      get: (number: number | string) =>
        it.call<{ message?: string; code?: string }>('GET', place(number), { authorization }),
    }
  }

  test('S40 three messages pass, each to whoever holds the token', async () => {
    const link = await newLink()
    for (const number of [1, 2, 3]) {
      const sent = message()
      expect((await link.put(number, sent)).status).toBe(204)
      expect((await link.get(number)).body).toEqual(sent)
      expect((await link.get(number)).body).toEqual(sent)
    }
  })

  test('S41 a reader waits until the message comes', async () => {
    const link = await newLink()
    const reading = link.get(1)
    const sent = message(limits.linkMessageBytes)
    await link.put(1, sent)
    expect((await reading).body).toEqual(sent)
  })

  test('S42 a place is written once; the same bytes again are no change', async () => {
    const link = await newLink()
    const sent = message()
    await link.put(1, sent)
    expect((await link.put(1, sent)).status).toBe(204)
    const other = await link.put(1, message())
    expect([other.status, other.body.code]).toEqual([409, 'link/full'])
    expect((await link.get(1)).body).toEqual(sent)
  })

  test('S43 without the token nobody reads, writes or takes over', async () => {
    const link = await newLink()
    await link.put(1, message())
    const body = message()
    for (const authorization of [`Link ${text(randomBytes(32))}`, 'Link ', 'Bearer a', ''])
      for (const method of ['GET', 'PUT']) {
        const sent = method === 'PUT' ? { body, authorization } : { authorization }
        const answer = await it.call(method, link.place(1), sent)
        expect([answer.status, answer.body.code]).toEqual([403, 'link/refused'])
      }
    const again = { id: link.id, token: text(randomBytes(32)) }
    expect((await it.call('POST', '/v1/links', { body: again })).body.code).toBe('link/refused')
    const same = { id: link.id, token: link.token }
    expect((await it.call('POST', '/v1/links', { body: same })).status).toBe(201)
  })

  test('S44 a link ends after two minutes, and its rows go', async () => {
    const link = await newLink()
    await link.put(1, message())
    it.clock.advance(limits.linkSeconds)
    const late = await link.get(1)
    expect([late.status, late.body.code]).toEqual([404, 'link/expired'])
    expect((await link.put(2, message())).body.code).toBe('link/expired')
    await newLink()
    const left = await it.opened.db.query('SELECT 1 FROM link_messages WHERE link_id = $1', [
      link.id,
    ])
    expect(left).toHaveLength(0)
  })

  test('an unknown link looks like one that has ended', async () => {
    const path = `/v1/links/${newId()}/messages/1`
    const authorization = `Link ${text(randomBytes(32))}`
    expect((await it.call('GET', path, { authorization })).body.code).toBe('link/expired')
  })

  describe('S2 S3 of a wrong form', () => {
    test('a message that is too large, empty or missing is invalid', async () => {
      const link = await newLink()
      for (const body of [message(limits.linkMessageBytes + 1), { message: '' }, {}]) {
        const answer = await link.put(1, body)
        expect([answer.status, answer.body.code]).toEqual([400, 'request/invalid'])
      }
      const huge = await link.put(1, 'x'.repeat(limits.requestBytes + 1))
      expect([huge.status, huge.body.code]).toEqual([413, 'request/too-large'])
    })

    test.each(['0', '7', '1.5', '-1', 'a'])('there is no place %s', async (number) => {
      const answer = await (await newLink()).get(number)
      expect([answer.status, answer.body.code]).toEqual([404, 'request/not-found'])
    })
  })

  test('S16 the token rests as a hash', async () => {
    const { token } = await newLink()
    const rows = await it.opened.db.query('SELECT links::text AS row FROM links')
    const dump = rows.map((row) => String(row['row'])).join('\n')
    expect(dump).not.toContain(Buffer.from(token, 'base64url').toString('hex'))
  })
})

onEachDatabase('link with short waits', (database) => {
  let it: TestServer
  beforeAll(async () => {
    it = await openTestServer(database, { waitMilliseconds: 1 })
  })
  afterAll(() => it.close())

  test('S41 when nothing comes the answer is empty, and the reader may ask again', async () => {
    const [id, token] = [newId(), text(randomBytes(32))]
    await it.call('POST', '/v1/links', { body: { id, token } })
    const authorization = `Link ${token}`
    const answer = await it.call('GET', `/v1/links/${id}/messages/2`, { authorization })
    expect([answer.status, answer.body]).toEqual([204, undefined])
  })
})
