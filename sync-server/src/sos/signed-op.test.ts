import { limits, type AlertId, type ContactId } from '@selene/shapes'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { onEachDatabase } from '../../test/databases.ts'
import { flip, randomBytes } from '../../test/device-fixture.ts'
import {
  nearby,
  newAlertId,
  newPart,
  newSlot,
  openTestSos,
  signBytes,
  signedOp,
  type Person,
  type TestSos,
} from '../../test/sos-fixture.ts'
import { newAlert } from './alert.ts'
import { storeAlert } from './alert-table.ts'

onEachDatabase('signed op', (database) => {
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
  })

  const raise = (alert = newAlertId(), fields: Parameters<TestSos['send']>[1] = {}) =>
    it.send(ana, { alert, ...fields })

  const remove = (person: Person, days: number) =>
    it.db.query('UPDATE devices SET removed_at = $2 WHERE device_id = $1', [
      person.founder.id,
      new Date(it.clock.now() - days * 86_400_000),
    ])

  test('a device removed in the last 30 days still calls for help, and adds to its own call', async () => {
    await remove(ana, 29)
    const alert = newAlertId()
    expect((await raise(alert)).body.state).toBe('sent')
    expect((await it.send(ana, { kind: 'update', alert })).status).toBe(200)
    expect(await it.events(bea)).toEqual(['raised', 'updated'])
  })

  test('W49 its call takes no place of a real one, which does not end with it', async () => {
    const phone = await it.stolenPhone(ana)
    const [fake, real] = [newAlertId(), newAlertId()]
    await raise(fake, { by: phone })
    await raise(real)
    expect((await it.row(real))!['incident_id']).toBe(real)
    await it.send(ana, { kind: 'cancel', alert: fake })
    expect((await it.row(fake))!['state']).toBe('cancelled')
    expect((await it.row(real))!['state']).toBe('sent')
    const later = newAlertId()
    await raise(later, { by: phone })
    expect((await it.row(later))!['incident_id']).toBe(later)
    await it.send(ana, { kind: 'cancel', alert: later })
    expect((await it.row(real))!['state']).toBe('sent')
  })

  test('it ends no alert and touches none that another device raised', async () => {
    const alert = newAlertId()
    await raise(alert)
    const phone = await it.stolenPhone(ana)
    for (const kind of ['raise', 'update', 'cancel', 'resolve'] as const) {
      const answer = await it.send(ana, { kind, alert, by: phone })
      expect([answer.status, answer.body.code]).toEqual([403, 'vault/member-removed'])
    }
    const own = await it.send(ana, { by: phone })
    expect(own.body.state).toBe('sent')
    const ended = await it.send(ana, {
      kind: 'cancel',
      alert: own.body.alert as AlertId,
      by: phone,
    })
    expect(ended.body.code).toBe('vault/member-removed')
  })

  test('a device removed longer ago is refused', async () => {
    await remove(ana, 31)
    const answer = await raise()
    expect([answer.status, answer.body.code]).toEqual([403, 'vault/member-removed'])
  })

  test('a device of another vault is no member', async () => {
    const answer = await it.send(ana, { by: bea.founder })
    expect([answer.status, answer.body.code]).toEqual([403, 'vault/not-member'])
  })

  test('nobody touches an alert of another vault, or learns that there is one', async () => {
    const alert = newAlertId()
    await raise(alert)
    for (const kind of ['raise', 'update', 'cancel', 'resolve'] as const) {
      const answer = await it.send(bea, { kind, alert })
      expect([answer.status, answer.body.code]).toEqual([404, 'sos/no-alert'])
    }
    expect((await it.row(alert))!['state']).toBe('sent')
  })

  test('W48 of two vaults that take one id at one moment, the later one has no such alert', async () => {
    const { op } = signedOp(ana, {})
    const fields = { alert: op.alert, at: it.clock.now() }
    await it.send(bea, fields)
    const arrival = { now: it.clock.now(), incident: undefined, part: undefined }
    const late = newAlert(op, op.routing!, arrival)
    const storing = it.db.transaction((tx) => storeAlert(tx, late, op))
    await expect(storing).rejects.toMatchObject({ code: 'sos/no-alert' })
    expect((await it.row(op.alert))!['owner_id']).toBe(bea.view.vault)
  })

  test('bytes that were changed anywhere are never applied', async () => {
    const { op, bytes } = signedOp(ana, {
      slots: [newSlot(contact)],
      routing: nearby(it.newPlace()),
      responderPart: newPart(),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.nat(bytes.length - 1),
        fc.integer({ min: 1, max: 255 }),
        async (at, by) => {
          const changed = bytes.slice()
          changed[at]! ^= by
          const { status } = await it.sendBytes(changed)
          expect([403, 422]).toContain(status)
        },
      ),
      { numRuns: 60 },
    )
    for (const cut of [bytes.subarray(0, -1), bytes.subarray(1), flip(bytes, -1)])
      expect((await it.sendBytes(cut)).status).not.toBe(200)
    expect(await it.row(op.alert)).toBeUndefined()
  })

  test('any bytes at all get a refusal', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 64, maxLength: 400 }), async (bytes) => {
        expect((await it.sendBytes(bytes)).body.code).toBe('wire/malformed')
      }),
      { numRuns: 30 },
    )
  })

  test('more slots than there may be are malformed', async () => {
    const { op, bytes } = signedOp(ana, {})
    const slot = Buffer.concat([randomBytes(16), randomBytes(1024)])
    const { length } = bytes
    // Behind the slots' count stand the absent responder part, one byte, and the signature.
    const head = bytes.slice(0, length - 64 - 2)
    const many = (count: number) =>
      signBytes(
        new Uint8Array(
          Buffer.concat([
            head,
            new Uint8Array([count]),
            ...Array.from({ length: count }, (_, i) =>
              Buffer.concat([Buffer.alloc(15), Buffer.from([i]), slot.subarray(16)]),
            ),
            new Uint8Array([0]),
          ]),
        ),
        ana.founder,
      )
    const tooMany = await it.sendBytes(many(limits.sosSlots + 1))
    expect([tooMany.status, tooMany.body.code]).toEqual([422, 'wire/malformed'])
    expect(await it.row(op.alert)).toBeUndefined()
    expect((await it.sendBytes(many(limits.sosSlots))).status).toBe(200)
  })
})
