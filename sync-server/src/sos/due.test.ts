import type { AlertId } from '@selene/shapes'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { onEachDatabase } from '../../test/databases.ts'
import { createPgDb } from '../db/pg.ts'
import { lockAlerts } from './owner-lock.ts'
import {
  nearby,
  newAlertId,
  newPart,
  newSlot,
  openSosBeside,
  openTestSos,
  signedOp,
  type Person,
  type TestSos,
} from '../../test/sos-fixture.ts'

const day = 24 * 3600

onEachDatabase('due', (database) => {
  let it: TestSos
  let ana: Person
  let bea: Person
  let contact: Awaited<ReturnType<TestSos['link']>>
  beforeAll(async () => {
    it = await openTestSos(database)
  })
  afterAll(() => it.close())
  beforeEach(async () => {
    ;[ana, bea] = await Promise.all([it.person(), it.person()])
    contact = await it.link(ana, bea)
    it.told.length = 0
  })
  const arm = (alert: AlertId, fireAfter = 30, person = ana) =>
    it.send(person, { alert, fireAfter, slots: [newSlot(contact)], at: it.clock.now() })
  const state = async (alert: AlertId) => (await it.row(alert))?.['state']

  describe('W50 the server sets off an armed alert by itself', () => {
    test('when its time has come, not before', async () => {
      const alert = newAlertId()
      await arm(alert)
      it.clock.advance(29)
      await it.sos.sweep()
      expect(await state(alert)).toBe('armed')
      it.clock.advance(1)
      await it.sos.sweep()
      expect(await state(alert)).toBe('sent')
      expect(await it.inbox(bea)).toMatchObject([{ event: 'raised', slot: expect.any(String) }])
      expect(it.told).toEqual([[bea.view.vault]])
      await it.sos.sweep()
      expect(await it.events(bea)).toEqual(['raised'])
    })

    test('S75 and calls nobody twice when her app does so as well', async () => {
      const alert = newAlertId()
      await arm(alert)
      it.clock.advance(30)
      await it.sos.sweep()
      const again = () => it.send(ana, { alert, slots: [newSlot(contact)], at: it.clock.now() })
      await again()
      expect(await it.events(bea)).toEqual(['raised', 'updated'])
      it.clock.advance(10)
      await again()
      expect((await it.events(bea)).at(-1)).toBe('raised')
    })

    test('S75 and what becomes real then calls once more', async () => {
      const [alert, at] = [newAlertId(), it.clock.now()]
      await it.send(ana, { alert, fireAfter: 30, routing: { kind: 'test' }, at })
      it.clock.advance(30)
      await it.sos.sweep()
      await it.send(ana, { alert, at: it.clock.now() })
      expect(await it.events(bea)).toEqual(['raised', 'raised'])
    })

    test('by its own timer, with nobody sweeping', async () => {
      const alert = newAlertId()
      const told = it.nextTold()
      await arm(alert, 1)
      it.clock.advance(1)
      await told
      expect(await state(alert)).toBe('sent')
    })

    test('asks people nearby, if she had when she armed it', async () => {
      const [cleo, cell] = [await it.person(), it.newPlace()]
      await it.helpFrom(cleo, cell)
      await it.send(ana, { fireAfter: 30, at: it.clock.now(), routing: nearby(cell) })
      expect(await it.events(cleo)).toEqual([])
      it.clock.advance(30)
      await it.sos.sweep()
      expect(await it.events(cleo)).toEqual(['raised'])
    })

    test('once, by whichever of several processes comes first', async () => {
      const { url } = it.it.opened
      const db = url === undefined ? it.db : createPgDb({ url, connections: 4 })
      const beside = await openSosBeside(it.it, { db })
      const alerts = Array.from({ length: 12 }, newAlertId)
      const people = await Promise.all(alerts.map(() => it.person()))
      for (const person of people) await it.link(person, bea)
      for (const [i, alert] of alerts.entries()) await arm(alert, 30, people[i])
      it.clock.advance(31)
      await Promise.all([it.sos.sweep(), beside.sos.sweep(), it.sos.sweep(), beside.sos.sweep()])
      // What one process found busy, it leaves to the other or to the next round.
      await Promise.all([it.sos.sweep(), beside.sos.sweep()])
      expect(await it.events(bea)).toEqual(alerts.map(() => 'raised'))
      expect([...it.told, ...beside.told].flat()).toHaveLength(alerts.length)
      await beside.sos.close()
      if (db !== it.db) await db.close()
    })

    if (database.name === 'postgres')
      test('also while somebody keeps its owner’s lock busy: overdue, it waits for its turn', async () => {
        const other = createPgDb({ url: it.it.opened.url!, connections: 1 })
        const [alert, next] = [newAlertId(), newAlertId()]
        const cleo = await it.person()
        await arm(alert)
        await arm(next, 31, cleo)
        it.clock.advance(40)
        const locked = Promise.withResolvers<void>()
        const release = Promise.withResolvers<void>()
        const holding = other.transaction(async (tx) => {
          await lockAlerts(tx, ana.view.vault)
          locked.resolve()
          await release.promise
        })
        await locked.promise
        const sweeping = it.sos.sweep()
        // It stands in the queue of the lock, and everything else has been set off.
        const isWaiting = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
        while ((await it.db.query(isWaiting)).length === 0) await it.db.query('SELECT 1')
        expect([await state(alert), await state(next)]).toEqual(['armed', 'sent'])
        release.resolve()
        await Promise.all([holding, sweeping])
        expect(await state(alert)).toBe('sent')
        await other.close()
      })

    test('or ends it, when the cancel comes at the same moment, but never both halves', async () => {
      for (let round = 0; round < 5; round++) {
        const alert = newAlertId()
        await arm(alert)
        it.clock.advance(31)
        await Promise.all([it.sos.sweep(), it.send(ana, { kind: 'cancel', alert })])
        expect(await state(alert)).toBe('cancelled')
        const notices = (await it.inbox(bea)).filter((notice) => notice.alert === alert)
        const events = notices.map((notice) => notice.kind === 'alert' && notice.event)
        expect([[], ['raised', 'cancelled']]).toContainEqual(events)
      }
    })
  })

  test('a day after it went off an alert expires: erased, and told to those it reached', async () => {
    const [alert, cell] = [newAlertId(), it.newPlace()]
    await it.send(ana, {
      alert,
      at: it.clock.now(),
      slots: [newSlot(contact)],
      routing: nearby(cell),
      responderPart: newPart(),
    })
    it.clock.advance(day - 1)
    await it.sos.sweep()
    expect(await state(alert)).toBe('sent')
    it.clock.advance(1)
    await it.sos.sweep()
    expect(await it.row(alert)).toMatchObject({
      state: 'expired',
      cell_row: null,
      responder_part: null,
      responder_key: null,
    })
    const [raised, expired] = await it.inbox(bea)
    expect(raised).not.toHaveProperty('slot')
    expect(expired).toMatchObject({ event: 'expired' })
    expect(expired).not.toHaveProperty('op')
    expect(await it.events(ana)).toEqual(['standing'])
  })

  test('raised again it has another day; an update gives it none', async () => {
    const alert = newAlertId()
    await it.send(ana, { alert })
    it.clock.advance(day - 60)
    await it.send(ana, { alert })
    it.clock.advance(day - 60)
    await it.send(ana, { kind: 'update', alert })
    await it.sos.sweep()
    expect(await state(alert)).toBe('sent')
    it.clock.advance(60)
    await it.sos.sweep()
    expect(await state(alert)).toBe('expired')
  })

  test('the other alerts of its incident go on when one expires', async () => {
    const [first, second] = [newAlertId(), newAlertId()]
    await it.send(ana, { alert: first })
    it.clock.advance(day / 2)
    await it.send(ana, { alert: second })
    it.clock.advance(day / 2)
    await it.sos.sweep()
    expect([await state(first), await state(second)]).toEqual(['expired', 'sent'])
    await it.send(ana, { kind: 'resolve', alert: second })
    expect([await state(first), await state(second)]).toEqual(['expired', 'resolved'])
  })

  test('an alert armed before a long outage still goes off, and has its day', async () => {
    const alert = newAlertId()
    await arm(alert)
    it.clock.advance(3 * day)
    await it.sos.sweep()
    expect(await state(alert)).toBe('sent')
    it.clock.advance(day)
    await it.sos.sweep()
    expect(await state(alert)).toBe('expired')
  })

  describe('forgetting', () => {
    const count = async (table: string, alert: AlertId) => {
      const rows = await it.db.query(`SELECT 1 FROM ${table} WHERE alert_id = $1`, [alert])
      return rows.length
    }

    test('seven days after its end an alert goes, with all that belongs to it', async () => {
      const alert = newAlertId()
      await it.send(ana, { alert, slots: [newSlot(contact)] })
      const closing = { kind: 'resolve', alert, slots: [newSlot(contact)] } as const
      await it.send(ana, closing)
      const tables = ['emergency_alerts', 'alert_slots', 'alert_recipients', 'inbox']
      it.clock.advance(7 * day)
      await it.sos.sweep()
      for (const table of tables) expect(await count(table, alert)).toBeGreaterThan(0)
      it.clock.advance(1)
      await it.sos.sweep()
      for (const table of tables) expect(await count(table, alert)).toBe(0)
      expect(await count('sos_ops', alert)).toBe(2)
      it.clock.advance(24 * day)
      await it.sos.sweep()
      expect(await it.db.query('SELECT 1 FROM events WHERE key = $1', [alert])).toEqual([])
    })

    test('W48 a raise that comes again after a month is still known, and no new alert', async () => {
      const { op, bytes } = signedOp(ana, {})
      await it.sendBytes(bytes)
      for (const days of [1, 8, 30]) {
        it.clock.advance(days * day)
        await it.sos.sweep()
      }
      const { status, body } = await it.sendBytes(bytes)
      expect([status, body.code]).toEqual([404, 'sos/no-alert'])
      expect(await state(op.alert)).toBeUndefined()
      expect(it.told.flat()).toHaveLength(3)
    })

    test('operations of a device go when it has been removed for 30 days, and is refused', async () => {
      const phone = await it.stolenPhone(ana)
      const { op, bytes } = signedOp(ana, { by: phone })
      await it.sendBytes(bytes)
      it.clock.advance(29 * day)
      await it.sos.sweep()
      expect(await count('sos_ops', op.alert)).toBe(1)
      it.clock.advance(2 * day)
      await it.sos.sweep()
      expect(await count('sos_ops', op.alert)).toBe(0)
      expect((await it.sendBytes(bytes)).body.code).toBe('vault/member-removed')
    })

    test('W57 the key of a day is destroyed when two days have gone by since it began', async () => {
      const keys = async () => (await it.db.query('SELECT day FROM day_keys')).map((k) => k['day'])
      const routing = nearby(it.newPlace())
      await it.send(ana, { routing, responderPart: newPart() })
      const today = new Date(it.clock.now()).toISOString().slice(0, 10)
      expect(await keys()).toContain(today)
      it.clock.advance(day)
      await it.sos.sweep()
      expect(await keys()).toContain(today)
      it.clock.advance(day)
      await it.sos.sweep()
      expect(await keys()).not.toContain(today)
    })
  })

  test('one alert that cannot be taken further holds up no other', async () => {
    const [bad, good] = [newAlertId(), newAlertId()]
    const cleo = await it.person()
    await it.link(cleo, bea)
    await arm(bad)
    await arm(good, 31, cleo)
    await it.db.script(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN IF NEW.alert_id = '${bad}' THEN RAISE 'no'; END IF; RETURN NEW; END $$;
      CREATE TRIGGER refuse BEFORE UPDATE ON emergency_alerts FOR EACH ROW EXECUTE FUNCTION refuse()`)
    it.clock.advance(32)
    await it.sos.sweep()
    await it.db.script('DROP TRIGGER refuse ON emergency_alerts; DROP FUNCTION refuse')
    expect([await state(bad), await state(good)]).toEqual(['armed', 'sent'])
    expect(it.lines.join()).toContain('an alert could not be taken further')
    expect(it.lines.join()).not.toContain(bad)
    await it.sos.sweep()
    expect(await state(bad)).toBe('sent')
  })
})
