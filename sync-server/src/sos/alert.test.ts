import { encodeSosOp, parseSosOp, type SosOp, type SosRouting } from '@selene/shapes'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newId, randomBytes } from '../../test/device-fixture.ts'
import { newAlert, reachesNearby, renewedAlert, storableTime } from './alert.ts'

const now = Date.UTC(2026, 10, 22)

const routings: fc.Arbitrary<SosRouting> = fc.record({
  kind: fc.constantFrom('sos', 'medical', 'test'),
  audience: fc.constantFrom('contacts', 'contacts-and-nearby'),
  cell: fc.option(fc.record({ row: fc.integer({ max: 99, min: 0 }), column: fc.constant(7) }), {
    nil: undefined,
  }),
  radiusMetres: fc.integer({ min: 1_000, max: 20_000 }),
  replyKey: fc.constant(randomBytes(32)),
  exclude: fc.constant([]),
})
const ops: fc.Arbitrary<SosOp> = fc.record({
  version: fc.constant(1),
  kind: fc.constantFrom('raise', 'update'),
  op: fc.constant(newId<SosOp['op']>()),
  alert: fc.constant(newId<SosOp['alert']>()),
  vault: fc.constant(newId<SosOp['vault']>()),
  device: fc.constant(newId<SosOp['device']>()),
  at: fc.maxSafeNat(),
  fireAfter: fc.integer({ min: 0, max: 60 }),
  routing: routings,
  slots: fc.constant([]),
  responderPart: fc.constant(undefined),
})

test('every time that the wire can hold can be stored', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), (at) => {
      const stored = storableTime(at)
      expect(new Date(stored).toISOString()).toMatch(/^\d{4}-/)
      expect(stored).toBe(Math.min(at, stored))
    }),
  )
})

describe('whatever comes after it', () => {
  const histories = fc.array(fc.record({ op: ops, after: fc.integer({ min: 0, max: 99_000 }) }), {
    minLength: 1,
    maxLength: 8,
  })

  test('a countdown never becomes longer, a raise begins the day again, what is real no test, and nothing is kept in vain', () => {
    fc.assert(
      fc.property(ops, histories, (first, history) => {
        const arrival = { now, incident: undefined, part: undefined }
        let alert = newAlert({ ...first, kind: 'raise' }, first.routing!, arrival)
        let time = now
        for (const { op, after } of history) {
          time += after
          const before = alert
          alert = renewedAlert(before, op, { routing: op.routing!, now: time, part: undefined })
          if (before.state === 'sent')
            expect(alert).toMatchObject({
              state: 'sent',
              firesAt: op.kind === 'raise' ? time : before.firesAt,
            })
          if (alert.state === 'armed') expect(alert.firesAt).toBeLessThanOrEqual(before.firesAt)
          if (before.kind !== 'test') expect(alert.kind).not.toBe('test')
          if (!reachesNearby(alert))
            expect(alert).toMatchObject({ cell: undefined, excluded: undefined })
          expect([alert.incident, alert.receivedAt]).toEqual([before.incident, before.receivedAt])
        }
      }),
    )
  })
})

test('the operations of these tests are operations of the wire', () => {
  fc.assert(
    fc.property(ops, (op) => {
      const sent = op.kind === 'raise' ? op : { ...op, fireAfter: 0 }
      const bytes = Buffer.concat([encodeSosOp(sent), randomBytes(64)])
      expect(parseSosOp(new Uint8Array(bytes)).ok).toBe(true)
    }),
  )
})
