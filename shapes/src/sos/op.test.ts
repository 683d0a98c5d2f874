import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concat } from '../bytes/concat.ts'
import { encode } from '../bytes/codec.ts'
import { padFixed, unpadFixed } from '../bytes/padding.ts'
import { domains } from '../domain.ts'
import { stampUuid } from '../id.ts'
import { limits } from '../limits.ts'
import { encodeSosOp, parseSosOp, slotBytes, type SosOp } from './op.ts'
import { slotDetails, slotInner, slotPlainBytes } from './slot.ts'

const id = <Id extends string>(byte: number): Id => stampUuid<Id>(new Uint8Array(16).fill(byte), 4)
const routing = {
  kind: 'sos',
  audience: 'contacts-and-nearby',
  cell: { row: -11_693, column: 1_817 },
  radiusMetres: 2_000,
  replyKey: new Uint8Array(32).fill(7),
  exclude: [],
} as const
const slot = (byte: number) => ({
  contact: id<SosOp['slots'][number]['contact']>(byte),
  sealed: new Uint8Array(slotBytes).fill(byte),
})
const raise: SosOp = {
  version: 1,
  kind: 'raise',
  op: id(1),
  alert: id(2),
  vault: id(3),
  device: id(4),
  at: 1_700_000_000_000,
  fireAfter: 10,
  routing,
  slots: [slot(5), slot(6)],
  responderPart: { key: new Uint8Array(32).fill(8), sealed: new Uint8Array(400).fill(9) },
}
const signed = (op: SosOp): Uint8Array => concat(encodeSosOp(op), new Uint8Array(64))

describe('W48: the SOS operation', () => {
  test('reads back as it was written', () => {
    const parsed = parseSosOp(signed(raise))
    expect(parsed).toMatchObject({ ok: true, value: { op: raise } })
  })

  test('routing and responder part belong to raises and updates, a countdown to raises', () => {
    const { routing: _, responderPart, ...bare } = raise
    expect(() => encodeSosOp({ ...bare, routing: undefined, responderPart })).toThrow(TypeError)
    expect(() => encodeSosOp({ ...raise, kind: 'cancel' })).toThrow(TypeError)
    expect(() => encodeSosOp({ ...raise, kind: 'update' })).toThrow(TypeError)
    const closing = { ...bare, fireAfter: 0, routing: undefined, responderPart: undefined }
    for (const kind of ['cancel', 'resolve'] as const)
      expect(parseSosOp(signed({ ...closing, kind })).ok).toBe(true)
    expect(parseSosOp(signed({ ...raise, kind: 'update', fireAfter: 0 })).ok).toBe(true)
  })

  test('bounds: countdown, radius, slots, two of a contact at most', () => {
    const refused: SosOp[] = [
      { ...raise, fireAfter: limits.sosFireAfterSeconds + 1 },
      { ...raise, routing: { ...routing, radiusMetres: limits.radiusMinMetres - 1 } },
      { ...raise, routing: { ...routing, radiusMetres: limits.radiusMaxMetres + 1 } },
      { ...raise, slots: [slot(5), slot(5), slot(5)] },
      { ...raise, slots: Array.from({ length: limits.sosSlots + 1 }, (_, i) => slot(i)) },
    ]
    for (const op of refused) expect(() => encodeSosOp(op)).toThrow(TypeError)
  })

  test('the largest operation fits its limit', () => {
    const slots = Array.from({ length: limits.sosSlots }, (_, i) => slot(i))
    const exclude = Array.from({ length: 100 }, (_, i) => id<SosOp['vault']>(i))
    const bytes = signed({ ...raise, slots, routing: { ...routing, exclude } })
    expect(bytes.length).toBeLessThanOrEqual(limits.sosOpBytes)
  })

  test('other bytes are malformed or another operation, never a fault', () => {
    const bytes = signed(raise)
    fc.assert(
      fc.property(fc.nat(bytes.length - 65), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const mutated = bytes.slice()
        mutated[at] = mutated[at]! ^ flip
        const parsed = parseSosOp(mutated)
        if (parsed.ok) expect(encodeSosOp(parsed.value.op)).toEqual(mutated.subarray(0, -64))
      }),
    )
    for (let length = 0; length < bytes.length; length += 7)
      expect(parseSosOp(bytes.subarray(0, length)).ok).toBe(false)
  })
})

describe('W51: the slot of a contact', () => {
  test('the fullest details fit, and every slot has one size', () => {
    const details = encode(slotDetails, {
      kind: 'medical',
      raisedAt: Number.MAX_SAFE_INTEGER,
      position: { latitude: 1, longitude: -1, accuracyMetres: 2 ** 32 - 1, at: 0 },
      note: '界'.repeat(limits.noteBytes / 3),
      ending: 'false-alarm',
    })
    const inner = encode(slotInner, {
      domain: domains.sosSlot,
      alert: id<SosOp['alert']>(1),
      op: id<SosOp['op']>(2),
      kind: 'raise',
      from: new Uint8Array(32),
      to: new Uint8Array(32),
      details,
    })
    const padded = padFixed(concat(inner, new Uint8Array(32)), slotPlainBytes)
    expect(padded.length + 48).toBe(slotBytes)
    expect(unpadFixed(padded, slotPlainBytes)?.length).toBe(inner.length + 32)
    expect(unpadFixed(padded, slotPlainBytes - 1)).toBeUndefined()
    expect(() => padFixed(new Uint8Array(slotPlainBytes - 3), slotPlainBytes)).toThrow(RangeError)
  })
})
