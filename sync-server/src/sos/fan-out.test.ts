import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { AlertId, Cell } from '@selene/shapes'
import { onEachDatabase } from '../../test/databases.ts'
import {
  nearby,
  newAlertId,
  openSosBeside,
  openTestSos,
  signedOp,
  type OpFields,
  type Person,
  type TestSos,
} from '../../test/sos-fixture.ts'

const hour = 3_600_000

onEachDatabase('fan-out', (database) => {
  let it: TestSos
  let ana: Person
  let bea: Person
  let cleo: Person
  let cell: Cell
  beforeAll(async () => {
    it = await openTestSos(database)
  })
  afterAll(() => it.close())
  beforeEach(async () => {
    ;[ana, bea, cleo] = await Promise.all([it.person(), it.person(), it.person()])
    cell = it.newPlace()
    await it.link(ana, bea)
    await it.helpFrom(cleo, cell)
    it.told.length = 0
  })

  const raise = (alert: AlertId = newAlertId(), fields: OpFields = {}) =>
    it.send(ana, { alert, at: it.clock.now(), routing: nearby(cell), ...fields })
  const update = (alert: AlertId, fields: OpFields = {}) =>
    raise(alert, { kind: 'update', ...fields })

  test('people nearby get a notice that names nobody and holds no place', async () => {
    const alert = newAlertId()
    const { op, bytes } = signedOp(ana, { alert, at: it.clock.now(), routing: nearby(cell) })
    await it.sendBytes(bytes)
    expect(await it.inbox(cleo)).toEqual([
      {
        type: 'notice',
        id: expect.any(Number),
        kind: 'alert',
        event: 'raised',
        alert,
        op: op.op,
        alert_kind: 'sos',
        role: 'nearby',
        reply_key: Buffer.from(op.routing!.replyKey).toString('base64url'),
        raised_at: it.clock.now(),
        received_at: it.clock.now(),
      },
    ])
    expect(it.told[0]!.toSorted()).toEqual([bea.view.vault, cleo.view.vault].toSorted())
  })

  test('W61 the owner is never told how many were told, or who of them has it', async () => {
    const { body } = await raise()
    expect([body.contacts.length, body.responders]).toEqual([1, []])
    const [notice] = await it.inbox(cleo)
    it.told.length = 0
    await it.sos.inbox.ack(cleo.view.vault, notice!.id)
    expect([await it.events(ana), it.told]).toEqual([[], []])
  })

  test.each<[string, () => OpFields]>([
    ['she asks contacts only', () => ({ routing: { audience: 'contacts', cell } })],
    ['it is a test', () => ({ routing: nearby(cell, { kind: 'test' }) })],
    ['no place is known', () => ({ routing: { audience: 'contacts-and-nearby' } })],
    ['it is older than six hours', () => ({ at: it.clock.now() - 6 * hour - 1 })],
    ['she excludes them', () => ({ routing: nearby(cell, { exclude: [cleo.view.vault] }) })],
  ])('W56 nobody nearby is told when %s, and contacts are', async (_, fields) => {
    await raise(newAlertId(), fields())
    expect([await it.events(cleo), await it.events(bea)]).toEqual([[], ['raised']])
  })

  test('what is not needed is not kept: no cell beside an audience of contacts', async () => {
    const alert = newAlertId()
    await raise(alert, { routing: { audience: 'contacts', cell } })
    expect(await it.row(alert)).toMatchObject({
      cell_row: null,
      radius_metres: null,
      excluded: null,
    })
  })

  test.each([
    ['just under six hours old', -6 * hour],
    ['ahead of the server', 400 * 24 * hour],
  ])('W49 an act that is %s reaches people nearby', async (_, offset) => {
    await raise(newAlertId(), { at: it.clock.now() + offset })
    expect(await it.events(cleo)).toEqual(['raised'])
  })

  test('a contact who is nearby is told once, as a contact', async () => {
    await it.helpFrom(bea, cell)
    await raise()
    expect(await it.inbox(bea)).toMatchObject([{ role: 'contact' }])
  })

  test('nobody nearby is called a second time in one incident, contacts are', async () => {
    const [first, second] = [newAlertId(), newAlertId()]
    await raise(first)
    await raise(second)
    await raise(first)
    expect(await it.events(bea)).toEqual(['raised', 'raised', 'raised'])
    expect(await it.inbox(cleo)).toMatchObject([
      { event: 'raised', alert: first },
      { event: 'updated', alert: first },
    ])
  })

  test('an update calls whoever is newly found, and tells the others of it', async () => {
    const alert = newAlertId()
    await raise(alert)
    const [dora, next] = [await it.person(), it.newPlace()]
    await it.helpFrom(dora, next)
    await update(alert, { routing: nearby(next) })
    expect(await it.events(dora)).toEqual(['raised'])
    expect(await it.events(cleo)).toEqual(['raised', 'updated'])
    await update(alert, { routing: nearby(next, { exclude: [cleo.view.vault] }) })
    expect(await it.events(dora)).toEqual(['raised', 'updated'])
    // What somebody has not fetched yet goes with being excluded.
    expect(await it.events(cleo)).toEqual(['raised'])
  })

  test('W49 after three incidents a day only contacts are told; the next day is another', async () => {
    for (let incident = 0; incident < 4; incident++) {
      const { body } = await raise()
      await it.send(ana, { kind: 'resolve', alert: body.alert as AlertId })
    }
    expect((await it.events(cleo)).filter((event) => event === 'raised')).toHaveLength(3)
    expect((await it.events(bea)).filter((event) => event === 'raised')).toHaveLength(4)
    const dora = await it.person()
    await it.link(dora, bea)
    await it.send(dora, { at: it.clock.now(), routing: nearby(cell) })
    expect((await it.events(cleo)).filter((event) => event === 'raised')).toHaveLength(4)
  })

  test('W49 calls of a removed device use up none of a real call’s reach, nor it of theirs', async () => {
    const phone = await it.stolenPhone(ana)
    const events = async () => (await it.inbox(cleo)).map(({ alert }) => alert)
    const fakes = Array.from({ length: 4 }, newAlertId)
    for (const fake of fakes) {
      await raise(fake, { by: phone })
      await it.send(ana, { kind: 'cancel', alert: fake })
    }
    expect(new Set(await events())).toEqual(new Set(fakes.slice(0, 3)))
    const real = newAlertId()
    await raise(real)
    expect(await events()).toContain(real)
    const beside = newAlertId()
    await raise(beside, { by: phone })
    expect(await events()).not.toContain(beside)
  })

  test('W56 a contact who was removed during the alert does not come back as a stranger', async () => {
    const [first, second] = [newAlertId(), newAlertId()]
    await raise(first)
    await it.helpFrom(bea, cell)
    await it.db.query('DELETE FROM contacts WHERE owner_id = $1', [ana.view.vault])
    await update(first)
    await raise(second)
    expect(await it.inbox(bea)).toMatchObject([{ event: 'raised', alert: first, role: 'contact' }])
    expect(await it.events(cleo)).toEqual(['raised', 'updated'])
  })

  describe('many people', () => {
    /** Puts people into a cell, some metres of the map apart. */
    const crowd = (count: number) =>
      it.db.query(
        `WITH made AS (
            INSERT INTO accounts
            SELECT gen_random_uuid(), sha256(gen_random_uuid()::text::bytea), '\\x00',
              decode(md5('salt'), 'hex'), 3, 1, '2026-01-01' FROM generate_series(1, $1)
            RETURNING account_id
          )
          INSERT INTO user_locations
          SELECT made.account_id, l.pos, 20000, $2 FROM made, user_locations l
          WHERE l.account_id = $3`,
        [count, new Date(it.clock.now()), cleo.view.vault],
      )
    const toldNearby = async (alert: AlertId) => {
      const rows = await it.db.query(
        "SELECT 1 FROM alert_recipients WHERE alert_id = $1 AND role = 'nearby'",
        [alert],
      )
      return rows.length
    }

    test('at most fifty are told at a time, and 150 in one incident', async () => {
      await crowd(200)
      const alert = newAlertId()
      await raise(alert)
      expect(await toldNearby(alert)).toBe(50)
      await update(alert)
      expect(await toldNearby(alert)).toBe(100)
      for (let more = 0; more < 3; more++) await update(alert)
      // Her contact, who was reached as well, takes no stranger's place.
      expect(await toldNearby(alert)).toBe(150)
    })

    test('somebody whose account is gone is left out', async () => {
      await it.db.query(
        `INSERT INTO user_locations
          SELECT gen_random_uuid(), pos, 20000, seen_at FROM user_locations WHERE account_id = $1`,
        [cleo.view.vault],
      )
      const alert = newAlertId()
      expect((await raise(alert)).status).toBe(200)
      expect(await toldNearby(alert)).toBe(1)
    })

    test('alerts at one place at once do not stand in each other’s way', async () => {
      const people = await Promise.all(Array.from({ length: 8 }, () => it.person()))
      for (const person of people) await it.link(person, bea)
      const answers = await Promise.all(
        people.map((person) => it.send(person, { at: it.clock.now(), routing: nearby(cell) })),
      )
      expect(answers.map(({ status }) => status)).toEqual(people.map(() => 200))
      expect(await it.events(cleo)).toHaveLength(8)
    })
  })

  test('when the search for people fails, contacts are told all the same', async () => {
    const beside = await openSosBeside(it.it, {
      findNearby: async (tx) => tx.query('SELECT 1 / 0'),
    })
    const { bytes } = signedOp(ana, { at: it.clock.now(), routing: nearby(cell) })
    expect((await beside.sendBytes(bytes)).body.state).toBe('sent')
    expect(await it.events(bea)).toEqual(['raised'])
    expect(beside.lines.join()).toContain('people nearby could not be looked for')
    await beside.sos.close()
  })
})
