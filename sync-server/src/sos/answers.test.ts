import { type AlertId, type Cell, type ContactId, type ResponseState } from '@selene/shapes'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { onEachDatabase } from '../../test/databases.ts'
import type { NoticePage } from './inbox.ts'
import { newId, randomBytes } from '../../test/device-fixture.ts'
import { text } from '../../test/server-fixture.ts'
import {
  nearby,
  newAlertId,
  newPart,
  openSosBeside,
  openTestSos,
  signedOp,
  type Person,
  type TestSos,
} from '../../test/sos-fixture.ts'

onEachDatabase('answers', (database) => {
  let it: TestSos
  let ana: Person
  let bea: Person
  let cleo: Person
  let contact: ContactId
  let cell: Cell
  let alert: AlertId
  let raise: ReturnType<typeof signedOp>
  const part = newPart()
  beforeAll(async () => {
    it = await openTestSos(database)
  })
  afterAll(() => it.close())
  beforeEach(async () => {
    ;[ana, bea, cleo] = await Promise.all([it.person(), it.person(), it.person()])
    ;[contact, cell, alert] = [await it.link(ana, bea), it.newPlace(), newAlertId()]
    await it.helpFrom(cleo, cell)
    raise = signedOp(ana, {
      alert,
      at: it.clock.now(),
      routing: nearby(cell),
      responderPart: part,
    })
    await it.sendBytes(raise.bytes)
    it.told.length = 0
  })

  const message = () => text(randomBytes(60))
  const respond = (person: Person, state: ResponseState, sent = message(), id: string = alert) =>
    it.call('POST', `/v1/alerts/${id}/responses`, {
      token: person.session.access_token,
      body: { state, message: sent },
    })
  const standing = async () => (await it.sendBytes(raise.bytes)).body
  const end = () => it.send(ana, { kind: 'resolve', alert })
  const owned = () => it.events(ana)

  describe('a notice that is acknowledged', () => {
    test('makes the contact’s part of the standing delivered, and the owner learns of it', async () => {
      const [notice] = await it.inbox(bea)
      await it.sos.inbox.ack(bea.view.vault, notice!.id)
      expect((await standing()).contacts).toEqual([{ contact, delivered: true }])
      expect(await it.inbox(ana)).toEqual([
        { type: 'notice', id: expect.any(Number), kind: 'standing', alert },
      ])
      expect(it.told).toEqual([[ana.view.vault]])
      await it.sos.inbox.ack(bea.view.vault, notice!.id)
      expect(it.told).toHaveLength(1)
    })

    test('S80 is read with at most 200 at a time, however many wait', async () => {
      await it.db.query(
        `INSERT INTO inbox (account_id, alert_id, event, op_id, created_at)
          SELECT account_id, alert_id, event, op_id, created_at FROM inbox, generate_series(2, 450)
          WHERE account_id = $1`,
        [bea.view.vault],
      )
      const lengths: number[] = []
      const ids: number[] = []
      for (let after: number | undefined = 0; after !== undefined;) {
        const page: NoticePage = await it.sos.inbox.since(bea.view.vault, { last: 0, after })
        lengths.push(page.notices.length)
        ids.push(...page.notices.map(({ id }) => id))
        after = page.next
      }
      expect(lengths).toEqual([200, 200, 50])
      expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => a - b))
    })

    test('of another account changes nothing', async () => {
      const [notice] = await it.inbox(bea)
      await it.sos.inbox.ack(cleo.view.vault, notice!.id)
      await it.sos.inbox.ack(bea.view.vault, 2 ** 40)
      expect((await standing()).contacts).toEqual([{ contact, delivered: false }])
    })

    test('is sent again for a quarter of an hour, and to a device that has not come so far', async () => {
      const [notice] = await it.inbox(bea)
      const { id } = notice!
      const sent = async (last: number) => (await it.inbox(bea, last)).map((n) => n.id)
      it.clock.advance(3600)
      expect(await sent(id)).toEqual([id])
      await it.sos.inbox.ack(bea.view.vault, id)
      expect([await sent(id), await sent(id - 1)]).toEqual([[], [id]])
      await it.send(ana, { kind: 'update', alert })
      const [next] = await sent(id)
      await it.sos.inbox.ack(bea.view.vault, next!)
      expect(await sent(next!)).toEqual([next])
      it.clock.advance(15 * 60)
      expect(await sent(next!)).toEqual([])
    })

    test('is no longer among those that perhaps woke nobody', async () => {
      expect(await it.sos.inbox.recentlyUnacked()).toContain(bea.view.vault)
      const [notice] = await it.inbox(bea)
      await it.sos.inbox.ack(bea.view.vault, notice!.id)
      expect(await it.sos.inbox.recentlyUnacked()).not.toContain(bea.view.vault)
      expect(await it.sos.inbox.recentlyUnacked()).toContain(cleo.view.vault)
      it.clock.advance(60)
      expect(await it.sos.inbox.recentlyUnacked()).toEqual([])
    })
  })

  describe('an answer', () => {
    test('of a contact stands beside the contact, the newest of several', async () => {
      await respond(bea, 'on-my-way')
      const sent = message()
      expect((await respond(bea, 'arrived', sent)).status).toBe(204)
      expect((await standing()).contacts).toEqual([
        { contact, delivered: false, state: 'arrived', message: sent },
      ])
    })

    test('of somebody nearby stands under a number that names nobody', async () => {
      const sent = message()
      await respond(cleo, 'accept', sent)
      const { responders } = await standing()
      expect(responders).toEqual([{ response: expect.any(String), state: 'accept', message: sent }])
      expect(responders[0]!.response).not.toBe(cleo.view.vault)
      await respond(cleo, 'on-my-way')
      expect((await standing()).responders[0]!.response).toBe(responders[0]!.response)
    })

    test('is an event when the state changes, not for every word of it', async () => {
      const states: ResponseState[] = ['accept', 'accept', 'accept', 'arrived', 'arrived']
      for (const state of states) await respond(bea, state)
      const events = await it.db.query('SELECT body FROM events WHERE key = $1', [alert])
      const answered = events.filter(({ body }) => JSON.stringify(body).includes('responded'))
      expect(answered).toHaveLength(2)
    })

    test('W61 of somebody nearby who cannot come is never mentioned', async () => {
      await respond(cleo, 'cannot')
      expect([(await standing()).responders, await owned(), it.told]).toEqual([[], [], []])
      await respond(cleo, 'accept')
      await respond(cleo, 'cannot')
      expect((await standing()).responders).toEqual([])
    })

    test('gives the owner one notice, which newer ones replace until her app has it', async () => {
      await respond(bea, 'accept')
      const [first] = await it.inbox(ana)
      await respond(bea, 'on-my-way')
      await respond(cleo, 'accept')
      const [second, ...more] = await it.inbox(ana)
      expect(more).toEqual([])
      expect(second!.id).toBeGreaterThan(first!.id)
      await it.sos.inbox.ack(ana.view.vault, second!.id)
      await respond(bea, 'arrived')
      expect(await owned()).toEqual(['standing', 'standing'])
    })

    test('W55 stops nothing: contacts and people nearby are told on', async () => {
      await respond(bea, 'arrived')
      await respond(cleo, 'arrived')
      await it.send(ana, { alert, at: it.clock.now(), routing: nearby(cell) })
      expect(await it.events(bea)).toEqual(['raised', 'raised'])
      expect(await it.events(cleo)).toEqual(['raised', 'updated'])
      expect((await standing()).state).toBe('sent')
    })

    test('by an account that was not told, or to no alert, is sos/no-alert', async () => {
      const stranger = await it.person()
      for (const [person, id] of [
        [stranger, alert],
        [ana, alert],
        [bea, newAlertId()],
        [bea, 'nonsense'],
      ] as const) {
        const answer = await respond(person, 'accept', message(), id)
        expect([answer.status, answer.body.code]).toEqual([404, 'sos/no-alert'])
      }
    })

    test('of somebody whom she took off her contacts is not heard', async () => {
      await it.db.query('DELETE FROM contacts WHERE contact_id = $1', [contact])
      expect((await respond(bea, 'accept')).body.code).toBe('sos/no-alert')
      expect((await standing()).contacts).toEqual([])
    })

    test('after the end is sos/closed; of a wrong form or without a token it is refused', async () => {
      await end()
      const late = await respond(bea, 'accept')
      expect([late.status, late.body.code]).toEqual([409, 'sos/closed'])
      expect((await respond(bea, 'accept', '')).status).toBe(400)
      expect((await respond(bea, 'perhaps' as 'accept')).status).toBe(400)
      const path = `/v1/alerts/${alert}/responses`
      expect((await it.call('POST', path, { body: {} })).status).toBe(401)
    })
  })

  describe('W56 the position for somebody nearby', () => {
    interface Box {
      op: string
      key: string
      part: string
      code?: string
      detail?: string
    }
    const ask = (person: Person, id: AlertId = alert) =>
      it.call<Box>('GET', `/v1/alerts/${id}/responder-box`, { token: person.session.access_token })
    /** Makes an account as old, and as long a helper, as the rules ask for. */
    const season = async (person: Person, { age = 14, days = 3 } = {}) => {
      const created = new Date(it.clock.now() - age * 86_400_000).toISOString().slice(0, 10)
      await it.db.query('UPDATE accounts SET created_on = $2 WHERE account_id = $1', [
        person.view.vault,
        created,
      ])
      await it.db.query('UPDATE responders SET cell_days = $2 WHERE account_id = $1', [
        person.view.vault,
        days,
      ])
    }
    const refusal = async (person: Person) => {
      const { status, body } = await ask(person)
      return [status, body.code, body.detail]
    }
    const notReleased = (detail: string) => [403, 'sos/not-released', detail]

    test('is given to one who accepted, again when asked again, and newer when there is newer', async () => {
      await season(cleo)
      await respond(cleo, 'accept')
      const box = { op: raise.op.op, key: text(part.key), part: text(part.sealed) }
      expect((await ask(cleo)).body).toEqual(box)
      expect((await ask(cleo)).body).toEqual(box)
      const newer = newPart()
      await it.send(ana, { kind: 'update', alert, routing: nearby(cell), responderPart: newer })
      expect((await ask(cleo)).body.part).toBe(text(newer.sealed))
    })

    test('tells the owner, the first time that it is given', async () => {
      await season(cleo)
      await respond(cleo, 'accept')
      for (const { id } of await it.inbox(ana)) await it.sos.inbox.ack(ana.view.vault, id)
      it.told.length = 0
      await ask(cleo)
      expect([await owned(), it.told]).toEqual([['standing', 'standing'], [[ana.view.vault]]])
      for (const { id } of await it.inbox(ana)) await it.sos.inbox.ack(ana.view.vault, id)
      await ask(cleo)
      expect([(await owned()).length, it.told.length]).toEqual([2, 1])
    })

    test('is not given before an acceptance, nor after it was taken back', async () => {
      await season(cleo)
      const wanted = notReleased('accept the alert first')
      expect(await refusal(cleo)).toEqual(wanted)
      await respond(cleo, 'cannot')
      expect(await refusal(cleo)).toEqual(wanted)
      await respond(cleo, 'arrived')
      expect((await ask(cleo)).status).toBe(200)
      await respond(cleo, 'cannot')
      expect(await refusal(cleo)).toEqual(wanted)
    })

    test('is not given to a young account', async () => {
      await season(cleo, { age: 13 })
      await respond(cleo, 'accept')
      expect(await refusal(cleo)).toEqual(notReleased('the account is younger than 14 days'))
    })

    test('is not given to who has not helped for some days, or has opted out', async () => {
      const wanted = notReleased('the account has helped nearby on fewer than 3 days')
      await season(cleo, { days: 2 })
      await respond(cleo, 'accept')
      expect(await refusal(cleo)).toEqual(wanted)
      await season(cleo, { days: 3 })
      await it.call('DELETE', '/v1/responder', { token: cleo.session.access_token })
      expect(await refusal(cleo)).toEqual(wanted)
    })

    test('is given to three, however many ask at once', async () => {
      const people = await Promise.all(Array.from({ length: 6 }, () => it.person()))
      for (const person of people) {
        await it.helpFrom(person, cell)
        await season(person)
      }
      await it.send(ana, { kind: 'update', alert, at: it.clock.now(), routing: nearby(cell) })
      for (const person of people) expect((await respond(person, 'accept')).status).toBe(204)
      const answers = await Promise.all(people.map((person) => ask(person)))
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(3)
      const details = answers.flatMap(({ body }) => body.detail ?? [])
      expect(new Set(details)).toEqual(new Set(['3 people have it already']))
    })

    test('is given once a day to one account, whichever alerts it asks about at once', async () => {
      await season(cleo)
      const others = await Promise.all([it.person(), it.person()])
      const alerts = [alert]
      for (const person of others) {
        const { body } = await it.send(person, {
          at: it.clock.now(),
          routing: nearby(cell),
          responderPart: newPart(),
        })
        alerts.push(body.alert as AlertId)
      }
      for (const id of alerts) await respond(cleo, 'accept', message(), id)
      const answers = await Promise.all(alerts.map((id) => ask(cleo, id)))
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
      const details = answers.flatMap(({ body }) => body.detail ?? [])
      expect(new Set(details)).toEqual(new Set(['the account got 1 within a day']))
    })

    test('is not given to whom she excludes, even if it was before, in words that betray nothing', async () => {
      await season(cleo)
      await respond(cleo, 'accept')
      expect((await ask(cleo)).status).toBe(200)
      await it.send(ana, {
        kind: 'update',
        alert,
        routing: nearby(cell, { exclude: [cleo.view.vault] }),
      })
      expect(await refusal(cleo)).toEqual(notReleased('there is no position to give'))
    })

    test('is not given to a contact, to whom it is sealed anyway', async () => {
      await respond(bea, 'accept')
      expect(await refusal(bea)).toEqual(
        notReleased('contacts have it in what was sealed for them'),
      )
    })

    test('is not given when there is none, or she asks contacts only by now', async () => {
      await season(cleo)
      await respond(cleo, 'accept')
      await it.send(ana, { kind: 'update', alert, routing: { audience: 'contacts' } })
      expect(await refusal(cleo)).toEqual(notReleased('there is no position to give'))
    })

    test('is not given after the end, nor about an alert that did not reach the account', async () => {
      const stranger = await it.person()
      expect((await ask(stranger)).body.code).toBe('sos/no-alert')
      expect((await ask(cleo, newId())).body.code).toBe('sos/no-alert')
      await season(cleo)
      await respond(cleo, 'accept')
      await end()
      expect((await ask(cleo)).body.code).toBe('sos/closed')
    })

    test('W57 rests under the key of a day, and is lost with it', async () => {
      await season(cleo)
      await respond(cleo, 'accept')
      const row = JSON.stringify(await it.row(alert))
      expect(row).not.toContain(Buffer.from(part.key).toString('hex'))
      expect(row).not.toContain(JSON.stringify(part.key))
      await it.db.query('DELETE FROM day_keys')
      expect(await refusal(cleo)).toEqual(notReleased('the position is no longer held'))
    })

    test('by rules of the server’s own, which a demonstration may lower', async () => {
      const release = { minAccountDays: 0, minCellDays: 1 }
      const beside = await openSosBeside(it.it, { release })
      await respond(cleo, 'accept')
      const path = `/v1/alerts/${alert}/responder-box`
      const { status } = await beside.call('GET', path, { token: cleo.session.access_token })
      expect(status).toBe(200)
      await beside.sos.close()
    })
  })
})
