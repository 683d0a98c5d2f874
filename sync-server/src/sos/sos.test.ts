import type { AlertId, ContactId, OpId } from '@selene/shapes'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { onEachDatabase } from '../../test/databases.ts'
import { addition, newId, newMember, nextEntry, appendBody } from '../../test/device-fixture.ts'
import { createPgDb } from '../db/pg.ts'
import { lockAlerts } from './owner-lock.ts'
import { newSentOp, sendOps, text } from '../../test/server-fixture.ts'
import {
  nearby,
  newAlertId,
  newPart,
  newSlot,
  openTestSos,
  signedOp,
  type Person,
  type TestSos,
} from '../../test/sos-fixture.ts'

onEachDatabase('sos', (database) => {
  let it: TestSos
  let ana: Person
  let bea: Person
  let contact: ContactId
  beforeAll(async () => {
    it = await openTestSos(database)
  })
  afterAll(() => it.close())
  beforeEach(async () => {
    ;[ana, bea] = await Promise.all([it.person(), it.person()])
    contact = await it.link(ana, bea)
    it.told.length = 0
  })

  const raise = (alert = newAlertId(), fields: Parameters<TestSos['send']>[1] = {}) =>
    it.send(ana, { alert, ...fields })
  const end = (kind: 'cancel' | 'resolve', alert: AlertId) => it.send(ana, { kind, alert })
  const slotsOf = async (alert: AlertId) =>
    it.db.query<{ op_id: OpId; contact_id: ContactId }>(
      'SELECT op_id, contact_id FROM alert_slots WHERE alert_id = $1',
      [alert],
    )

  describe('a raise', () => {
    test('goes off at once, and every contact gets a notice with the slot of the operation', async () => {
      const [alert, slot] = [newAlertId(), newSlot(contact)]
      const { op, bytes } = signedOp(ana, { alert, slots: [slot], at: it.clock.now() - 4_000 })
      const { status, body } = await it.sendBytes(bytes)
      expect([status, body]).toEqual([
        200,
        {
          alert,
          state: 'sent',
          received_at: it.clock.now(),
          contacts: [{ contact, delivered: false }],
          responders: [],
        },
      ])
      expect(it.told).toEqual([[bea.view.vault]])
      expect(await it.inbox(bea)).toEqual([
        {
          type: 'notice',
          id: expect.any(Number),
          kind: 'alert',
          event: 'raised',
          alert,
          op: op.op,
          alert_kind: 'sos',
          role: 'contact',
          contact,
          slot: text(slot.sealed),
          reply_key: text(op.routing!.replyKey),
          raised_at: it.clock.now() - 4_000,
          received_at: it.clock.now(),
        },
      ])
    })

    test('W46 brings a contact with old keys and new both slots, one behind the other', async () => {
      const [old, fresh] = [newSlot(contact), newSlot(contact)]
      const other = newSlot(newId<ContactId>())
      const alert = newAlertId()
      await raise(alert, { slots: [old, other, fresh] })
      expect(await it.inbox(bea)).toMatchObject([
        { event: 'raised', slot: text(Buffer.concat([old.sealed, fresh.sealed])) },
      ])
    })

    test('W46 tells a contact for whom nothing was sealed, and drops slots of strangers', async () => {
      const alert = newAlertId()
      await raise(alert, { slots: [newSlot(newId<ContactId>())] })
      expect(await slotsOf(alert)).toEqual([])
      const [notice] = await it.inbox(bea)
      expect(notice).toMatchObject({ event: 'raised', contact })
      expect(notice).not.toHaveProperty('slot')
    })

    test('writes one event, in which nobody is named', async () => {
      const alert = newAlertId()
      await raise(alert)
      const events = await it.db.query('SELECT topic, key, body FROM events WHERE key = $1', [
        alert,
      ])
      expect(events).toEqual([
        { topic: 'emergency-alerts', key: alert, body: { event: 'alert.raised' } },
      ])
    })

    test('W48 the same bytes again have no effect, and are answered with how the alert stands', async () => {
      const { op, bytes } = signedOp(ana, {})
      const first = await it.sendBytes(bytes)
      await end('cancel', op.alert)
      const again = await it.sendBytes(bytes)
      expect(again.body).toEqual({ ...first.body, state: 'cancelled', replayed: true })
      expect(await it.events(bea)).toEqual(['raised', 'cancelled'])
    })

    test('W48 sent ten times at once it makes one alert and tells people once', async () => {
      const { bytes } = signedOp(ana, { slots: [newSlot(contact)] })
      const answers = await Promise.all(Array.from({ length: 10 }, () => it.sendBytes(bytes)))
      expect(new Set(answers.map(({ body }) => body.state))).toEqual(new Set(['sent']))
      expect(answers.filter(({ body }) => !body.replayed)).toHaveLength(1)
      expect(await it.events(bea)).toEqual(['raised'])
      expect(it.told).toHaveLength(1)
    })

    test('other bytes under the same number are outbox/equivocation and change nothing', async () => {
      const { op, bytes } = signedOp(ana, {})
      const other = signedOp(ana, { op: op.op, alert: op.alert, at: op.at + 1 })
      await it.sendBytes(bytes)
      const answer = await it.sendBytes(other.bytes)
      expect([answer.status, answer.body.code]).toEqual([422, 'outbox/equivocation'])
      expect(await it.events(bea)).toEqual(['raised'])
      const two = signedOp(ana, {})
      const rival = signedOp(ana, { op: two.op.op, alert: two.op.alert, at: op.at + 1 })
      const statuses = await Promise.all([it.sendBytes(two.bytes), it.sendBytes(rival.bytes)])
      expect(new Set(statuses.map(({ status }) => status))).toEqual(new Set([200, 422]))
    })

    test('W49 is never refused: another open alert, an old act, a clock far ahead', async () => {
      const first = newAlertId()
      await raise(first)
      for (const at of [0, it.clock.now() + 1e12, Number.MAX_SAFE_INTEGER]) {
        const { status, body } = await raise(newAlertId(), { at })
        expect([status, body.state]).toEqual([200, 'sent'])
        expect((await it.row(body.alert as AlertId))!['incident_id']).toBe(first)
      }
      expect(await it.events(bea)).toEqual(['raised', 'raised', 'raised', 'raised'])
      const times = (await it.inbox(bea)).map((n) => n.kind === 'alert' && n.raised_at)
      expect(times.slice(1)).toEqual([0, it.clock.now() + 1e12, Date.UTC(10_000, 0, 1) - 1])
    })

    test('W49 a test takes no alert’s place and ends none', async () => {
      const [exercise, real, second] = [newAlertId(), newAlertId(), newAlertId()]
      await raise(exercise, { routing: { kind: 'test' } })
      await raise(real)
      await raise(second, { routing: { kind: 'test' } })
      expect((await it.row(real))!['incident_id']).toBe(real)
      await end('cancel', exercise)
      await end('cancel', second)
      expect((await it.row(real))!['state']).toBe('sent')
    })

    test('of the same alert brings new parts, and contacts are told again', async () => {
      const alert = newAlertId()
      await raise(alert)
      const slot = newSlot(contact)
      expect((await raise(alert, { slots: [slot] })).body.state).toBe('sent')
      const notices = await it.inbox(bea)
      expect(notices.map((n) => n.kind === 'alert' && [n.event, n.slot])).toEqual([
        ['raised', undefined],
        ['raised', text(slot.sealed)],
      ])
    })

    test('goes off even if what responders should get cannot be kept', async () => {
      await it.db.script('ALTER TABLE day_keys RENAME TO lost')
      const { bytes } = signedOp(ana, {
        routing: nearby(it.newPlace()),
        responderPart: newPart(),
      })
      const { body } = await it.sendBytes(bytes)
      await it.db.script('ALTER TABLE lost RENAME TO day_keys')
      expect(body.state).toBe('sent')
      expect(await it.events(bea)).toEqual(['raised'])
      expect(it.lines.splice(0).join()).toContain('could not be kept')
    })

    test('of an alert that has ended is sos/closed', async () => {
      const alert = newAlertId()
      await raise(alert)
      await end('resolve', alert)
      const answer = await raise(alert)
      expect([answer.status, answer.body.code]).toEqual([409, 'sos/closed'])
    })

    test('a test may become real, what is real never a test', async () => {
      const alert = newAlertId()
      await raise(alert, { routing: { kind: 'test' } })
      await raise(alert, { routing: { kind: 'medical' } })
      await raise(alert, { routing: { kind: 'test' } })
      expect((await it.row(alert))!['kind']).toBe('medical')
    })
  })

  describe('W50 an armed alert', () => {
    const arm = (alert: AlertId, fields: Parameters<TestSos['send']>[1] = {}) =>
      raise(alert, { fireAfter: 30, ...fields })

    test('counts from the server’s receipt and tells nobody yet', async () => {
      const { body } = await arm(newAlertId(), { at: 5 })
      expect(body).toMatchObject({
        state: 'armed',
        received_at: it.clock.now(),
        fires_at: it.clock.now() + 30_000,
        contacts: [],
      })
      expect([await it.events(bea), it.told]).toEqual([[], []])
    })

    test('goes off when it is raised without a countdown', async () => {
      const alert = newAlertId()
      await arm(alert)
      const { body } = await raise(alert)
      expect(body.state).toBe('sent')
      expect(body).not.toHaveProperty('fires_at')
      expect(await it.events(bea)).toEqual(['raised'])
    })

    test('its countdown never becomes longer', async () => {
      const alert = newAlertId()
      const { body } = await arm(alert)
      it.clock.advance(10)
      expect((await arm(alert)).body.fires_at).toBe(body.fires_at)
      expect((await arm(alert, { fireAfter: 5 })).body.fires_at).toBe(it.clock.now() + 5_000)
    })

    test('takes an update and goes off with it', async () => {
      const [alert, slot] = [newAlertId(), newSlot(contact)]
      await arm(alert)
      expect((await it.send(ana, { kind: 'update', alert, slots: [slot] })).body.state).toBe(
        'armed',
      )
      expect(await it.events(bea)).toEqual([])
      it.clock.advance(31)
      await it.sos.sweep()
      expect(await it.inbox(bea)).toMatchObject([{ event: 'raised', slot: text(slot.sealed) }])
    })

    test.each(['cancel', 'resolve'] as const)('that ends by %s tells nobody', async (kind) => {
      const alert = newAlertId()
      await arm(alert, { slots: [newSlot(contact)] })
      const { body } = await it.send(ana, { kind, alert, slots: [newSlot(contact)] })
      expect(body).toMatchObject({
        state: kind === 'cancel' ? 'cancelled' : 'resolved',
        contacts: [],
      })
      it.clock.advance(31)
      await it.sos.sweep()
      expect([await it.events(bea), await it.events(ana), it.told]).toEqual([[], [], []])
      expect(await slotsOf(alert)).toEqual([])
    })
  })

  describe('an update', () => {
    test('reaches those who were told', async () => {
      const alert = newAlertId()
      await raise(alert)
      await it.send(ana, { kind: 'update', alert, slots: [newSlot(contact)] })
      expect(await it.events(bea)).toEqual(['raised', 'updated'])
    })

    test('calls a contact who was linked in between, and leaves out one who was removed', async () => {
      const alert = newAlertId()
      await raise(alert)
      const cleo = await it.person()
      await it.link(ana, cleo)
      await it.db.query('DELETE FROM contacts WHERE contact_id = $1', [contact])
      const { body } = await it.send(ana, { kind: 'update', alert })
      expect([await it.events(cleo), await it.events(bea)]).toEqual([['raised'], ['raised']])
      expect(body.contacts).toHaveLength(1)
    })

    test('S80 somebody who was removed gets no slot any more, and hears of the end', async () => {
      const alert = newAlertId()
      await raise(alert, { slots: [newSlot(contact)] })
      await it.db.query('DELETE FROM contacts WHERE contact_id = $1', [contact])
      const [notice] = await it.inbox(bea)
      expect(notice).toMatchObject({ event: 'raised', contact })
      expect(notice).not.toHaveProperty('slot')
      await it.send(ana, { kind: 'resolve', alert })
      expect(await it.events(bea)).toEqual(['raised', 'resolved'])
    })

    test('gives way to the next one, as long as nobody has it and the next brings a slot', async () => {
      const alert = newAlertId()
      await raise(alert, { slots: [newSlot(contact)] })
      const update = async (slots = [newSlot(contact)]) => {
        await it.send(ana, { kind: 'update', alert, slots })
        return slots.map(({ sealed }) => text(sealed))
      }
      await update()
      const [second] = await update()
      const slots = async () => (await it.inbox(bea)).map((n) => n.kind === 'alert' && n.slot)
      expect(await it.events(bea)).toEqual(['raised', 'updated'])
      expect((await slots()).at(-1)).toBe(second)
      expect(await slotsOf(alert)).toHaveLength(2)
      await update([])
      expect(await it.events(bea)).toEqual(['raised', 'updated', 'updated'])
      expect((await slots()).slice(1)).toEqual([second, undefined])
      for (const { id } of await it.inbox(bea)) await it.sos.inbox.ack(bea.view.vault, id)
      const [last] = await update()
      expect(await it.events(bea)).toEqual(['raised', 'updated', 'updated', 'updated'])
      expect((await slots()).slice(1)).toEqual([undefined, undefined, last])
    })

    test('that is being acknowledged at this moment neither waits nor is waited for', async () => {
      const alert = newAlertId()
      await raise(alert, { slots: [newSlot(contact)] })
      for (let round = 0; round < 10; round++) {
        const update = { kind: 'update', alert, slots: [newSlot(contact)] } as const
        await it.send(ana, update)
        const newest = (await it.inbox(bea)).at(-1)!
        const [{ status }] = await Promise.all([
          it.send(ana, update),
          it.sos.inbox.ack(bea.view.vault, newest.id),
        ])
        expect(status).toBe(200)
      }
    })

    test('without a place keeps the one that was known', async () => {
      const [alert, cell] = [newAlertId(), it.newPlace()]
      await raise(alert, { routing: nearby(cell), responderPart: newPart() })
      await it.send(ana, { kind: 'update', alert, routing: { audience: 'contacts-and-nearby' } })
      const row = await it.row(alert)
      expect([row!['cell_row'], row!['cell_column']]).toEqual([cell.row, cell.column])
      expect(row!['responder_part']).not.toBeNull()
    })

    test('of no alert is sos/no-alert, of an ended one sos/closed', async () => {
      const alert = newAlertId()
      expect((await it.send(ana, { kind: 'update', alert })).body.code).toBe('sos/no-alert')
      await raise(alert)
      await end('cancel', alert)
      expect((await it.send(ana, { kind: 'update', alert })).body.code).toBe('sos/closed')
    })
  })

  if (database.name === 'postgres')
    test('S72 a flood of one vault waits for itself, and is told to come back, while others are heard', async () => {
      const other = createPgDb({ url: it.it.opened.url!, connections: 1 })
      const locked = Promise.withResolvers<void>()
      const release = Promise.withResolvers<void>()
      const holding = other.transaction(async (tx) => {
        await lockAlerts(tx, ana.view.vault)
        locked.resolve()
        await release.promise
      })
      await locked.promise
      const full = Promise.withResolvers<void>()
      const statuses: number[] = []
      const flood = Array.from({ length: 40 }, async () => {
        const { status } = await raise()
        statuses.push(status)
        if (statuses.length === 7) full.resolve()
      })
      await full.promise
      expect(new Set(statuses)).toEqual(new Set([503]))
      expect((await it.send(bea, {})).status).toBe(200)
      release.resolve()
      await Promise.all([holding, ...flood])
      expect(statuses.filter((status) => status === 200)).toHaveLength(33)
      await other.close()
    })

  describe('the end', () => {
    test.each([
      ['cancel', 'cancelled'],
      ['resolve', 'resolved'],
    ] as const)('W57 by %s erases what was held, and keeps its own slots', async (kind, state) => {
      const alert = newAlertId()
      const routing = nearby(it.newPlace(), { exclude: [bea.view.vault] })
      await raise(alert, { routing, responderPart: newPart(), slots: [newSlot(contact)] })
      await it.send(ana, { kind: 'update', alert, routing, slots: [newSlot(contact)] })
      expect((await it.row(alert))!['responder_key']).not.toBeNull()
      const slot = newSlot(contact)
      const closing = signedOp(ana, { kind, alert, slots: [slot] })
      expect((await it.sendBytes(closing.bytes)).body.state).toBe(state)
      expect(await it.row(alert)).toMatchObject({
        state,
        cell_row: null,
        cell_column: null,
        radius_metres: null,
        excluded: null,
        responder_op: null,
        responder_part: null,
        responder_key: null,
        responder_day: null,
      })
      expect(await slotsOf(alert)).toEqual([{ op_id: closing.op.op, contact_id: contact }])
      const notices = await it.inbox(bea)
      expect(notices.map((n) => n.kind === 'alert' && [n.event, n.slot])).toEqual([
        ['raised', undefined],
        ['updated', undefined],
        [state, text(slot.sealed)],
      ])
    })

    test('W50 of a countdown takes nothing back of an alert that was sent', async () => {
      const [sent, counting] = [newAlertId(), newAlertId()]
      await raise(sent)
      await raise(counting, { fireAfter: 30 })
      await end('cancel', counting)
      expect((await it.row(sent))!['state']).toBe('sent')
      expect((await it.row(counting))!['state']).toBe('cancelled')
      expect(await it.events(bea)).toEqual(['raised'])
    })

    test('of an alert that was sent ends a countdown of the incident too', async () => {
      const [sent, counting] = [newAlertId(), newAlertId()]
      await raise(sent)
      await raise(counting, { fireAfter: 30 })
      await end('cancel', sent)
      expect((await it.row(counting))!['state']).toBe('cancelled')
      expect(await it.events(bea)).toEqual(['raised', 'cancelled'])
    })

    test('W49 that she sent before she called again does not end the newer call', async () => {
      const [older, newer] = [newAlertId(), newAlertId()]
      const at = it.clock.now()
      await raise(older, { at })
      await raise(newer, { at: at + 2_000 })
      await it.send(ana, { kind: 'cancel', alert: older, at: at + 1_000 })
      expect((await it.row(older))!['state']).toBe('cancelled')
      expect((await it.row(newer))!['state']).toBe('sent')
      await it.send(ana, { kind: 'resolve', alert: newer, at: at + 3_000 })
      expect((await it.row(newer))!['state']).toBe('resolved')
    })

    test('comes for every open alert of the incident, each told to those it reached', async () => {
      const [first, second] = [newAlertId(), newAlertId()]
      await raise(first)
      await raise(second)
      await end('resolve', second)
      expect([(await it.row(first))!['state'], (await it.row(second))!['state']]).toEqual([
        'resolved',
        'resolved',
      ])
      expect(await it.events(bea)).toEqual(['raised', 'raised', 'resolved', 'resolved'])
    })

    test('may come from another device, and the owner’s devices get a notice', async () => {
      const alert = newAlertId()
      await raise(alert)
      const phone = newMember()
      const entry = nextEntry(ana.view, addition(phone), ana.founder, [phone])
      const { body } = await sendOps(it.it, ana.session.access_token, [
        newSentOp('vault.append', 1, appendBody(entry)),
      ])
      expect(body.outcomes).toMatchObject([{ outcome: 'applied' }])
      const answer = await it.send(ana, { kind: 'cancel', alert, by: phone })
      expect(answer.body.state).toBe('cancelled')
      expect(await it.events(ana)).toEqual(['standing'])
      expect(it.told.at(-1)!.toSorted()).toEqual([ana.view.vault, bea.view.vault].toSorted())
    })

    test('of an ended alert changes nothing', async () => {
      const alert = newAlertId()
      await raise(alert)
      await end('cancel', alert)
      const { status, body } = await end('resolve', alert)
      expect([status, body.state]).toEqual([200, 'cancelled'])
      expect(await it.events(bea)).toEqual(['raised', 'cancelled'])
    })

    test('of no alert is sos/no-alert, and may come again', async () => {
      const { op, bytes } = signedOp(ana, { kind: 'cancel' })
      const early = await it.sendBytes(bytes)
      expect([early.status, early.body.code]).toEqual([404, 'sos/no-alert'])
      await raise(op.alert)
      expect((await it.sendBytes(bytes)).body.state).toBe('cancelled')
    })
  })
})
