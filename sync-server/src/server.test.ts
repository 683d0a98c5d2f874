import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WIRE_VERSION, type SessionAnswer } from '@selene/shapes'
import { databases, onEachDatabase } from '../test/databases.ts'
import { newDoc, newId, randomBytes, sealUpdate } from '../test/device-fixture.ts'
import {
  newAccount,
  newChallenge,
  newSentOp,
  openTestServer,
  proofOf,
  refreshOf,
  sendOps,
  signInDevice,
  text,
  type TestServer,
} from '../test/server-fixture.ts'
import { befriend, newPerson, newTicket } from '../test/live-fixture.ts'
import { nearby, newPart, newSlot, signedOp } from '../test/sos-fixture.ts'

onEachDatabase('server', (database) => {
  let it: TestServer
  beforeAll(async () => {
    it = await openTestServer(database)
  })
  afterAll(() => it.close())

  interface Change {
    value?: { envelope: string }
    headers: { control?: string }
  }
  /** Reads a shape to its end, then once more as a live reader. */
  async function readShape(token: string, name: string) {
    const changes: Change[] = []
    let query = 'offset=-1'
    for (;;) {
      const answer = await it.call<Change[]>('GET', `/v1/shape/${name}?${query}`, { token })
      expect(answer.status).toBe(200)
      changes.push(...answer.body)
      const { headers } = answer
      query = `offset=${headers.get('electric-offset')}&handle=${headers.get('electric-handle')}`
      if (headers.has('electric-up-to-date')) break
    }
    const live = () => it.call<Change[]>('GET', `/v1/shape/${name}?${query}&live=true`, { token })
    return { changes, live }
  }

  test('S8 is ready with its database migrated, and not before', async () => {
    const ready = await it.call<object>('GET', '/readyz')
    expect(ready).toMatchObject({
      status: 200,
      body: { status: 'ready', database: database.name, wire_version: WIRE_VERSION },
    })
    expect((await it.call<object>('GET', '/healthz')).body).toEqual({ status: 'ok' })
    const { db } = it.opened
    await db.query('UPDATE schema_migrations SET version = version + 100 WHERE version = 1')
    await db.query('UPDATE schema_migrations SET version = version + 100 WHERE version = 2')
    const unready = await it.call('GET', '/readyz')
    expect([unready.status, unready.body.code]).toEqual([503, 'server/unavailable'])
    await db.query('UPDATE schema_migrations SET version = version - 100 WHERE version > 100')
    expect((await it.call('GET', '/readyz')).status).toBe(200)
  })

  test('what one device stores wakes another that reads', async () => {
    const { session, founder, view } = await newAccount(it)
    const reader = (await signInDevice(it, view.vault, founder)).body
    const { changes, live } = await readShape(reader.access_token, 'doc_updates')
    expect(changes.filter((change) => change.value)).toEqual([])
    const reading = live()
    const sealed = sealUpdate(view, founder, { doc: newDoc(), deviceSeq: 1 })
    await sendOps(it, session.access_token, [newSentOp('doc.update', 1, sealed.bytes)])
    const [change] = (await reading).body
    expect(change?.value?.envelope).toBe(`\\x${Buffer.from(sealed.bytes).toString('hex')}`)
  })

  test('S15 a reader sees its own vault only', async () => {
    const [mine, theirs] = [await newAccount(it), await newAccount(it)]
    const { changes } = await readShape(mine.session.access_token, 'vault_log')
    expect(changes.filter((change) => change.value)).toHaveLength(mine.entries.length)
    expect(JSON.stringify(changes)).toContain(mine.view.vault)
    expect(JSON.stringify(changes)).not.toContain(theirs.view.vault)
  })

  test('S4 W67 nothing of an alert, a place or a person comes into the log, and no beat at all', async () => {
    const [ada, bea] = [await newPerson(it), await newPerson(it)]
    const contact = await befriend(it, ada, bea)
    const before = it.lines.length
    const cell = { row: 12_457, column: 13_579 }
    const part = newPart()
    const slot = newSlot(contact)
    const { op, bytes } = signedOp(ada, {
      slots: [slot],
      routing: nearby(cell, { exclude: [newId<never>()] }),
      responderPart: part,
    })
    const sent = { body: { op: text(bytes) } }
    const help = { token: bea.token, body: { radius_metres: 5_000 } }
    expect((await it.call('PUT', '/v1/responder', help)).status).toBe(204)
    const beat = { token: bea.token, body: cell }
    expect((await it.call('PUT', '/v1/location/cell', beat)).status).toBe(204)
    await it.call('PUT', '/v1/location/cell', { ...beat, body: { ...cell, row: 'x' } })
    await it.call('DELETE', '/v1/location/cell', { token: bea.token })
    expect((await it.call('POST', '/v1/sos', sent)).status).toBe(200)
    await it.call('POST', '/v1/sos', { body: { op: `${text(bytes)}AA` } })
    const message = text(randomBytes(60))
    const path = `/v1/alerts/${op.alert}`
    const answer = { token: bea.token, body: { state: 'accept', message } }
    expect((await it.call('POST', `${path}/responses`, answer)).status).toBe(204)
    await it.call('GET', `${path}/responder-box`, { token: bea.token })
    const ticket = await newTicket(it, bea.token)
    await it.sweep()
    const log = it.lines.slice(before).join('')
    expect(log).toContain('/v1/alerts/:id/responses')
    expect(log).not.toContain('/v1/location')
    const secrets = [
      op.alert,
      op.op,
      contact,
      ada.vault,
      bea.vault,
      ada.founder.id,
      bea.token,
      message,
      ticket,
      text(slot.sealed).slice(0, 40),
      text(part.key),
      text(op.routing!.replyKey),
    ]
    for (const secret of secrets) expect(log).not.toContain(secret)
    expect(log).not.toMatch(/\b(12457|13579)\b/)
  })

  test('S4 no secret, identifier or sealed byte comes into the log', async () => {
    const account = await newAccount(it)
    const { session, founder, view, identifier, loginSecret } = account
    const challenge = await newChallenge(it)
    const login = { kind: 'passphrase', identifier, login_secret: loginSecret }
    const signIn = { ...login, ...proofOf(founder, challenge) }
    await it.call('POST', '/v1/auth/sessions', { body: signIn })
    await it.call('POST', '/v1/auth/sessions', { body: { ...signIn, surprise: loginSecret } })
    await it.call('POST', '/v1/auth/sessions', { body: `${JSON.stringify(signIn)}}` })
    const refresh = refreshOf(founder, session.refresh_token)
    const refreshed = await it.call<SessionAnswer>('POST', '/v1/auth/refresh', { body: refresh })
    const sealed = sealUpdate(view, founder, { doc: newDoc(), deviceSeq: 1 })
    await sendOps(it, refreshed.body.access_token, [newSentOp('doc.update', 1, sealed.bytes)])
    const [link, linkToken] = [newId(), text(randomBytes(32))]
    await it.call('POST', '/v1/links', { body: { id: link, token: linkToken } })
    const path = `/v1/links/${link}/messages/1`
    await it.call('PUT', path, { body: { message: 'AAAA' }, authorization: `Link ${linkToken}` })
    await it.call('GET', `/v1/shape/doc_updates?offset=-1&handle=${link}`, {
      token: refreshed.body.access_token,
    })
    const log = it.lines.join('')
    expect(log).toContain('/v1/links/:id/messages/:number')
    const secrets = [
      identifier,
      loginSecret,
      challenge,
      session.access_token,
      session.refresh_token,
      refreshed.body.refresh_token,
      text(sealed.bytes).slice(0, 60),
      linkToken,
      link,
      view.vault,
    ]
    for (const secret of secrets) expect(log).not.toContain(secret)
  })
})

describe('S8 stopping', () => {
  test('ends long polls at once, lets the rest finish and refuses what comes', async () => {
    const it = await openTestServer(databases[0]!)
    try {
      const { session, founder, view } = await newAccount(it)
      const token = session.access_token
      const [id, linkToken] = [newId(), text(randomBytes(32))]
      await it.call('POST', '/v1/links', { body: { id, token: linkToken } })
      const first = await it.call('GET', '/v1/shape/doc_updates?offset=-1', { token })
      const place = `offset=0_0&handle=${first.headers.get('electric-handle')}`
      const caughtUp = await it.call('GET', `/v1/shape/doc_updates?${place}`, { token })
      const offset = caughtUp.headers.get('electric-offset')
      const live = `offset=${offset}&handle=${caughtUp.headers.get('electric-handle')}&live=true`
      const sealed = sealUpdate(view, founder, { doc: newDoc(), deviceSeq: 1 })
      const polls = [
        it.call('GET', `/v1/links/${id}/messages/1`, { authorization: `Link ${linkToken}` }),
        it.call('GET', `/v1/shape/doc_updates?${live}`, { token }),
      ]
      const writing = sendOps(it, token, [newSentOp('doc.update', 1, sealed.bytes)])
      await it.server.stop()
      expect((await polls[0]!).status).toBe(204)
      expect((await polls[1]!).status).toBe(200)
      expect((await writing).body.next_device_seq).toBe(2)
      const late = await it.call('GET', '/healthz')
      expect([late.status, late.body.code]).toEqual([503, 'server/unavailable'])
      expect(late.headers.get('retry-after')).toBe('1')
      expect(await it.opened.db.query('SELECT 1 FROM doc_updates')).toHaveLength(1)
    } finally {
      await it.close()
    }
  })
})
