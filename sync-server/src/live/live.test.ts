import { request } from 'node:http'
import { base64urlToBytes, liveProtocol, liveProtocols, type Notice } from '@selene/shapes'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databases, onEachDatabase } from '../../test/databases.ts'
import {
  appendBody,
  extend,
  newMember,
  nextEntry,
  addition,
  randomBytes,
  removal,
} from '../../test/device-fixture.ts'
import {
  befriend,
  newPerson,
  newTicket,
  openSocket,
  openSocketWith,
  raise,
  type Person,
  type TestSocket,
} from '../../test/live-fixture.ts'
import {
  newSentOp,
  openServerBeside,
  openTestServer,
  sendOps,
  signInDevice,
  text,
  type TestServer,
} from '../../test/server-fixture.ts'

const hello = (lastId = 0) => ({ type: 'hello', last_id: lastId })
const ids = (notices: readonly Notice[]): number[] => notices.map(({ id }) => id)

onEachDatabase('live', (database) => {
  let it: TestServer
  beforeAll(async () => {
    it = await openTestServer(database)
  })
  afterAll(() => it.close())

  /** A socket that has everything. */
  async function openCurrent(server: TestServer, token: string, lastId = 0) {
    const socket = await openSocket(server, token)
    socket.send(hello(lastId))
    return { ...socket, had: await socket.backlog() }
  }
  /** Two people, one of whom is told of the other's alerts. */
  async function newPair() {
    const [owner, friend] = [await newPerson(it), await newPerson(it)]
    return { owner, friend, contact: await befriend(it, owner, friend) }
  }
  async function takeNotice(socket: TestSocket): Promise<Notice> {
    const frame = await socket.next()
    if (frame.type !== 'notice') throw new Error(`not a notice: ${frame.type}`)
    return frame
  }
  /** Resolves when the server has done everything that the client asked before. */
  async function settled(socket: TestSocket): Promise<void> {
    socket.send({ type: 'ping' })
    expect(await socket.next()).toEqual({ type: 'pong' })
  }
  const ackedAt = async (notice: Notice) => {
    const [row] = await it.opened.db.query<{ acked_at: Date | null }>(
      'SELECT acked_at FROM inbox WHERE notice_id = $1',
      [notice.id],
    )
    return row?.acked_at?.getTime()
  }
  /** Acknowledges, and waits until it is stored. */
  async function ack(socket: TestSocket, notice: Notice): Promise<void> {
    socket.send({ type: 'ack', id: notice.id })
    await expect.poll(() => ackedAt(notice), { timeout: 10_000 }).toBeDefined()
  }

  describe('S60 tickets', () => {
    test('are for whoever has a token, for a minute, and rest as a hash', async () => {
      const { token } = await newPerson(it)
      const body = { for: 'live' }
      expect((await it.call('POST', '/v1/tickets', { body })).body.code).toBe('auth/required')
      const other = await it.call('POST', '/v1/tickets', { token, body: { for: 'room' } })
      expect([other.status, other.body.code]).toEqual([400, 'request/invalid'])
      const made = await it.call<{ ticket: string; seconds: number }>('POST', '/v1/tickets', {
        token,
        body,
      })
      expect(made).toMatchObject({ status: 201, body: { seconds: 60 } })
      const bytes = base64urlToBytes(made.body.ticket)!
      expect(bytes).toHaveLength(32)
      const rows = await it.opened.db.query('SELECT tickets::text AS row FROM tickets')
      expect(rows.map((row) => row['row']).join()).not.toContain(Buffer.from(bytes).toString('hex'))
    })

    const open = (ticket: string) => openSocketWith(it, liveProtocols(ticket))

    test('open one connection', async () => {
      const { token } = await newPerson(it)
      const ticket = await newTicket(it, token)
      const tries = await Promise.allSettled([open(ticket), open(ticket), open(ticket)])
      const opened = tries.flatMap((tried) => (tried.status === 'fulfilled' ? [tried.value] : []))
      expect(opened).toHaveLength(1)
      const { ws } = opened[0]!
      expect([ws.protocol, ws.extensions]).toEqual([liveProtocol, ''])
      await expect(open(ticket)).rejects.toThrow('401')
      ws.terminate()
    })

    test('that are unknown, malformed or missing open nothing', async () => {
      for (const ticket of [text(randomBytes(32)), 'AAAA'])
        await expect(open(ticket)).rejects.toThrow('401')
      await expect(openSocketWith(it, [liveProtocol])).rejects.toThrow('401')
    })

    test('that have expired open nothing, and go', async () => {
      const { token } = await newPerson(it)
      const ticket = await newTicket(it, token)
      it.clock.advance(60)
      await expect(open(ticket)).rejects.toThrow('401')
      await newTicket(it, token)
      it.clock.advance(60)
      await it.sweep()
      expect(await it.opened.db.query('SELECT 1 FROM tickets')).toHaveLength(0)
    })

    test('are kept up to fifty of one account: a newer one takes the oldest one’s place', async () => {
      const [{ token, vault }, other] = [await newPerson(it), await newPerson(it)]
      const theirs = await newTicket(it, other.token)
      const first = await newTicket(it, token)
      it.clock.advance(1)
      const second = await newTicket(it, token)
      it.clock.advance(1)
      for (let more = 0; more < 49; more++) await newTicket(it, token)
      const kept = 'SELECT 1 FROM tickets WHERE vault_id = $1'
      expect(await it.opened.db.query(kept, [vault])).toHaveLength(50)
      await expect(open(first)).rejects.toThrow('401')
      for (const ticket of [second, theirs]) (await open(ticket)).ws.terminate()
    })

    test('open nothing after the session has ended', async () => {
      const { token, session } = await newPerson(it)
      const ticket = await newTicket(it, token)
      await it.call('DELETE', `/v1/auth/sessions/${session.session}`, { token })
      await expect(open(ticket)).rejects.toThrow('401')
    })

    test('are not used up by a request that is no handshake', async () => {
      const { token } = await newPerson(it)
      const ticket = await newTicket(it, token)
      await expect(openSocketWith(it, [`ticket.${ticket}`])).rejects.toThrow('400')
      const plain = await it.call('GET', '/v1/live')
      expect([plain.status, plain.body.code]).toEqual([400, 'request/invalid'])
      ;(await open(ticket)).ws.terminate()
    })
  })

  test('S60 an upgrade to anything else is answered as a plain request', async () => {
    const url = new URL('/healthz', await it.origin())
    const status = await new Promise((resolve, reject) => {
      const headers = { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c' }
      request(url, { headers }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
        .on('error', reject)
        .end()
    })
    expect(status).toBe(200)
  })

  describe('S61 a connection', () => {
    test('brings what waits, then current, then each notice as it comes', async () => {
      const { owner, friend, contact } = await newPair()
      const first = await raise(it, owner, [contact])
      const second = await raise(it, owner)
      const socket = await openCurrent(it, friend.token)
      expect(socket.had).toMatchObject([
        { kind: 'alert', event: 'raised', alert: first, role: 'contact', contact },
        { kind: 'alert', event: 'raised', alert: second, role: 'contact', contact },
      ])
      expect(socket.had.map((notice) => 'slot' in notice)).toEqual([true, false])
      const third = await raise(it, owner, [contact])
      const notice = await takeNotice(socket)
      expect(notice).toMatchObject({ alert: third })
      expect(notice.id).toBeGreaterThan(Math.max(...ids(socket.had)))
      socket.ws.terminate()
    })

    test('stores what is acknowledged, once, and tells the owner', async () => {
      const { owner, friend, contact } = await newPair()
      const hers = await openCurrent(it, owner.token)
      const theirs = await openCurrent(it, friend.token)
      const alert = await raise(it, owner, [contact])
      const notice = await takeNotice(theirs)
      await ack(theirs, notice)
      expect(await takeNotice(hers)).toMatchObject({ kind: 'standing', alert })
      const at = await ackedAt(notice)
      it.clock.advance(1)
      await raise(it, owner, [contact])
      const next = await takeNotice(theirs)
      theirs.send({ type: 'ack', id: notice.id })
      await ack(theirs, next)
      expect(await ackedAt(notice)).toBe(at)
      for (const { ws } of [hers, theirs]) ws.terminate()
    })

    test('cannot acknowledge for another account', async () => {
      const { owner, friend, contact } = await newPair()
      const other = await newPerson(it)
      await raise(it, owner, [contact, await befriend(it, owner, other)])
      const theirs = await openCurrent(it, friend.token)
      const others = await openCurrent(it, other.token)
      const [notice] = theirs.had
      others.send({ type: 'ack', id: notice!.id })
      // Acknowledgements are stored in turn: when this one is, the one before has had its turn.
      await ack(others, others.had[0]!)
      expect(await ackedAt(notice!)).toBeUndefined()
      for (const { ws } of [theirs, others]) ws.terminate()
    })

    test('answers a ping', async () => {
      const socket = await openCurrent(it, (await newPerson(it)).token)
      await settled(socket)
      socket.ws.terminate()
    })
  })

  describe('S62 a connection resumes', () => {
    test('with what is younger than 15 minutes or unacknowledged, and nothing else', async () => {
      const { owner, friend, contact } = await newPair()
      await raise(it, owner, [contact])
      await raise(it, owner, [contact])
      const first = await openCurrent(it, friend.token)
      const [acked, open] = first.had
      await ack(first, acked!)
      first.ws.terminate()

      const second = await openCurrent(it, friend.token, open!.id)
      expect(ids(second.had)).toEqual([acked!.id, open!.id])
      second.ws.terminate()
      it.clock.advance(15 * 60 + 1)
      const { body } = await signInDevice(it, friend.vault, friend.founder)
      const third = await openCurrent(it, body.access_token, open!.id)
      expect(ids(third.had)).toEqual([open!.id])
      third.ws.terminate()
      const fourth = await openCurrent(it, body.access_token)
      expect(ids(fourth.had)).toEqual([acked!.id, open!.id])
      fourth.ws.terminate()
    })
  })

  describe('S63 every app of an account is told', () => {
    test('on two sockets', async () => {
      const { owner, friend, contact } = await newPair()
      const sockets = [await openCurrent(it, friend.token), await openCurrent(it, friend.token)]
      const alert = await raise(it, owner, [contact])
      for (const socket of sockets) expect(await takeNotice(socket)).toMatchObject({ alert })
      for (const { ws } of sockets) ws.terminate()
    })

    test('by another process', async () => {
      const { owner, friend, contact } = await newPair()
      const beside = await openServerBeside(it)
      const socket = await openCurrent(beside, friend.token)
      const alert = await raise(it, owner, [contact])
      expect(await takeNotice(socket)).toMatchObject({ alert })
      await beside.close()
    })

    const missed = [
      ['when nobody announced it, by the sweep', () => it.sweep()],
      [
        'when announcements may have been missed',
        () => it.opened.db.query("SELECT pg_notify('selene_live', '')"),
      ],
    ] as const
    test.each(missed)('%s', async (_, rouse) => {
      const { owner, friend, contact } = await newPair()
      const alert = await raise(it, owner, [contact])
      const socket = await openCurrent(it, friend.token)
      // As a process leaves it that dies between its commit and its announcement.
      await it.opened.db.query(
        `INSERT INTO inbox (account_id, alert_id, event, created_at) VALUES ($1, $2, 'expired', $3)`,
        [friend.vault, alert, new Date(it.clock.now())],
      )
      await settled(socket)
      await rouse()
      expect(await takeNotice(socket)).toMatchObject({ event: 'expired', alert })
      socket.ws.terminate()
    })
  })

  describe('S64 a connection ends', () => {
    const farewell = async (socket: TestSocket) => [await socket.next(), await socket.closed]
    const bye = (seconds: number) => ({ type: 'bye', retry_after: seconds })

    test('with the token that asked for it', async () => {
      const person = await newPerson(it)
      const socket = await openCurrent(it, person.token)
      it.clock.advance(9 * 60)
      await it.sweep()
      await settled(socket)
      it.clock.advance(60)
      await it.sweep()
      expect(await farewell(socket)).toEqual([bye(0), 1000])
    })

    test('with its session, and no other does', async () => {
      const person = await newPerson(it)
      const { body } = await signInDevice(it, person.vault, person.founder)
      const [ended, other] = [
        await openCurrent(it, person.token),
        await openCurrent(it, body.access_token),
      ]
      await it.call('DELETE', `/v1/auth/sessions/${person.session.session}`, {
        token: person.token,
      })
      await it.sweep()
      expect(await farewell(ended)).toEqual([bye(60), 1008])
      await settled(other)
      other.ws.terminate()
    })

    test('W69 when its device is removed', async () => {
      const { view, founder, token } = await newPerson(it)
      const second = newMember()
      const added = nextEntry(view, addition(second), founder, [second])
      const grown = extend(view, added)
      const removed = nextEntry(grown, removal(grown, [second.id], []), founder)
      await sendOps(it, token, [newSentOp('vault.append', 1, appendBody(added))])
      const { body } = await signInDevice(it, view.vault, second)
      const [theirs, hers] = [
        await openCurrent(it, body.access_token),
        await openCurrent(it, token),
      ]
      await sendOps(it, token, [newSentOp('vault.append', 2, appendBody(removed))])
      await it.sweep()
      expect(await farewell(theirs)).toEqual([bye(60), 1008])
      await settled(hers)
      hers.ws.terminate()
    })

    test('when no hello comes within ten seconds', async () => {
      const { token } = await newPerson(it)
      const socket = await openSocket(it, token)
      it.clock.advance(9)
      await it.sweep()
      expect(socket.ws.readyState).toBe(socket.ws.OPEN)
      it.clock.advance(1)
      await it.sweep()
      expect(await farewell(socket)).toEqual([bye(60), 1008])
    })

    test.each([
      ['no JSON', 'hello'],
      ['of an unknown type', { type: 'notice', id: 1 }],
      ['with an unknown field', { ...hello(), more: 1 }],
      ['with a wrong value', hello(-1)],
      ['an acknowledgement before hello', { type: 'ack', id: 1 }],
      ['a ping before hello', { type: 'ping' }],
    ])('on a frame that is %s', async (_, frame) => {
      const socket = await openSocket(it, (await newPerson(it)).token)
      socket.send(frame)
      expect(await farewell(socket)).toEqual([bye(60), 1008])
    })

    test('on a second hello and on bytes', async () => {
      const { token } = await newPerson(it)
      for (const send of [
        (socket: TestSocket) => socket.send(hello()),
        (socket: TestSocket) => socket.ws.send(Buffer.from(JSON.stringify(hello()))),
      ]) {
        const socket = await openCurrent(it, token)
        send(socket)
        expect(await farewell(socket)).toEqual([bye(60), 1008])
      }
    })

    test('on a message larger than any frame', async () => {
      const socket = await openCurrent(it, (await newPerson(it)).token)
      socket.send('x'.repeat(5000))
      expect(await socket.closed).toBe(1009)
    })

    test('when a quiet client does not answer a ping', async () => {
      const person = await newPerson(it)
      const [alive, dead] = [
        await openCurrent(it, person.token),
        await openCurrent(it, person.token),
      ]
      dead.ws.pause()
      const pinged = new Promise((resolve) => alive.ws.once('ping', resolve))
      it.clock.advance(45)
      await it.sweep()
      await pinged
      await settled(alive)
      it.clock.advance(15)
      await it.sweep()
      dead.ws.resume()
      expect(await dead.closed).toBe(1006)
      await settled(alive)
      alive.ws.terminate()
    })

    test('when the inbox cannot be read, and the log says so', async () => {
      const { token } = await newPerson(it)
      const { db } = it.opened
      await db.script('ALTER TABLE inbox RENAME TO inbox_elsewhere')
      const socket = await openSocket(it, token)
      socket.send(hello())
      expect(await farewell(socket)).toEqual([bye(5), 1011])
      await db.script('ALTER TABLE inbox_elsewhere RENAME TO inbox')
      expect(it.lines.join('')).toContain('a live connection met a fault')
      ;(await openCurrent(it, token)).ws.terminate()
    })

    test('when an account has twenty newer ones', async () => {
      const { token } = await newPerson(it)
      const sockets: TestSocket[] = []
      for (let count = 0; count < 21; count += 1) sockets.push(await openCurrent(it, token))
      expect(await farewell(sockets[0]!)).toEqual([bye(30), 1008])
      for (const socket of sockets.slice(1)) {
        await settled(socket)
        socket.ws.terminate()
      }
    })
  })

  test('S4 the log holds no account, ticket or notice', async () => {
    const { owner, friend, contact } = await newPair()
    const ticket = await newTicket(it, friend.token)
    const socket = await openSocketWith(it, liveProtocols(ticket))
    socket.send(hello())
    await socket.backlog()
    const alert = await raise(it, owner, [contact])
    await ack(socket, await takeNotice(socket))
    socket.send('MARKER')
    await socket.closed
    const log = it.lines.join('')
    expect(log).toContain('"route":"/v1/live"')
    for (const secret of [ticket, alert, contact, friend.vault, owner.vault, 'MARKER'])
      expect(log).not.toContain(secret)
  })

  describe('S65 a slow reader', () => {
    /** A few megabytes, of which this process may hold 64 KiB at a time. */
    const many = 3000
    async function manyNotices(
      owner: Person,
      friend: Person,
      alertSlots: Parameters<typeof raise>[2],
    ) {
      const alert = await raise(it, owner, alertSlots)
      await it.opened.db.query(
        `INSERT INTO inbox (account_id, alert_id, event, op_id, created_at)
          SELECT account_id, alert_id, event, op_id, created_at FROM inbox, generate_series(2, $3)
          WHERE account_id = $1 AND alert_id = $2`,
        [friend.vault, alert, many],
      )
    }

    test('gets everything, in order, at its own pace', async () => {
      const { owner, friend, contact } = await newPair()
      await manyNotices(owner, friend, [contact])
      const socket = await openSocket(it, friend.token)
      socket.ws.pause()
      socket.send(hello())
      await it.sweep()
      socket.ws.resume()
      const had = ids(await socket.backlog())
      expect(had).toHaveLength(many)
      expect(had).toEqual(had.toSorted((a, b) => a - b))
      socket.ws.terminate()
    })
  })
})

test('S66 stopping says bye to all, and nobody else gets in', async () => {
  const it = await openTestServer(databases[0]!)
  const sockets: TestSocket[] = []
  for (let person = 0; person < 10; person += 1) {
    const { token } = await newPerson(it)
    sockets.push(...(await Promise.all(Array.from({ length: 20 }, () => openSocket(it, token)))))
  }
  const ticket = await newTicket(it, (await newPerson(it)).token)
  // One that answers nothing holds nobody up.
  const deaf = await openSocket(it, (await newPerson(it)).token)
  deaf.ws.pause()
  await it.server.stop()
  for (const socket of sockets) {
    expect(await socket.next()).toEqual({ type: 'bye', retry_after: 1 })
    expect(await socket.closed).toBe(1001)
  }
  await expect(openSocketWith(it, liveProtocols(ticket))).rejects.toThrow('503')
  await it.close()
})
