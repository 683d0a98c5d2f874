/**
 * The SOS operation (W48): no token, no sequence, idempotent on device and op id, signed by the device's
 * SOS key. Three parts for three readers: routing for the server, a slot for each contact, and what the
 * server holds for responders.
 */
import { concat } from '../bytes/concat.ts'
import {
  choice,
  createSource,
  decode,
  encode,
  fixed,
  id,
  list,
  literal,
  optional,
  prefixed,
  struct,
  u16,
  u64,
  u8,
  type Decoded,
  type Valued,
} from '../bytes/codec.ts'
import type { WireCrypto } from '../crypto.ts'
import { domains } from '../domain.ts'
import { cell } from '../grid.ts'
import type { AlertId, ContactId, DeviceId, OpId, VaultId } from '../id.ts'
import { limits } from '../limits.ts'

/**
 * `raise` makes an alert, or sets one off that is armed; `update` brings new parts; `cancel` and
 * `resolve` end it.
 */
export const sosKind = choice({ raise: 1, update: 2, cancel: 3, resolve: 4 })
export type SosKind = Valued<typeof sosKind>
export const alertKind = choice({ sos: 1, medical: 2, test: 3 })
const audience = choice({ contacts: 1, 'contacts-and-nearby': 2 })

/** Size of every slot, whatever is in it. */
export const slotBytes = 1_024

/** What the server reads to find recipients. */
export const sosRouting = struct({
  kind: alertKind,
  audience,
  /** Absent while no position is known: then nobody nearby is looked for. */
  cell: optional(cell),
  radiusMetres: u16,
  /** X25519 key of this alert, to which recipients seal what they answer. */
  replyKey: fixed(32),
  /** Accounts that are never told as passers-by (W56). */
  exclude: list(u8, id<VaultId>()),
})
export type SosRouting = Valued<typeof sosRouting>

const sosSlot = struct({ contact: id<ContactId>(), sealed: fixed(slotBytes) })
/** For responders: sealed under `key`, which the server holds and releases by its rules. */
const responderPart = struct({ key: fixed(32), sealed: prefixed(u16, 1_024) })

export const sosOp = struct({
  version: literal(u8, 1),
  kind: sosKind,
  op: id<OpId>(),
  alert: id<AlertId>(),
  vault: id<VaultId>(),
  device: id<DeviceId>(),
  /** When she acted, milliseconds since 1970 by her device. */
  at: u64,
  /** Seconds from the server's receipt until it goes off. */
  fireAfter: u16,
  /** Present in `raise` and `update` only, like the responder part. */
  routing: optional(sosRouting),
  slots: list(u8, sosSlot),
  responderPart: optional(responderPart),
})
export type SosOp = Valued<typeof sosOp>

export interface SignedSosOp {
  readonly op: SosOp
  /** All bytes before the signature. */
  readonly unsigned: Uint8Array
  readonly signature: Uint8Array
}

function mostOfOneContact(slots: SosOp['slots']): number {
  const counts = new Map<ContactId, number>()
  for (const { contact } of slots) counts.set(contact, (counts.get(contact) ?? 0) + 1)
  return Math.max(0, ...counts.values())
}

const isAllowed = ({ kind, fireAfter, routing, slots, responderPart: part }: SosOp): boolean => {
  const opens = kind === 'raise' || kind === 'update'
  const radius = routing?.radiusMetres ?? limits.radiusMinMetres
  return (
    opens === Boolean(routing) &&
    (opens || !part) &&
    fireAfter <= limits.sosFireAfterSeconds &&
    (fireAfter === 0 || kind === 'raise') &&
    slots.length <= limits.sosSlots &&
    mostOfOneContact(slots) <= limits.sosSlotsOfContact &&
    radius >= limits.radiusMinMetres &&
    radius <= limits.radiusMaxMetres
  )
}

/** Splits an operation and checks what its kind allows; nothing is verified yet. */
export function parseSosOp(bytes: Uint8Array): Decoded<SignedSosOp> {
  const source = createSource(bytes)
  if (bytes.length < 64) return { ok: false, code: 'wire/malformed' }
  const unsigned = source.take(bytes.length - 64)
  const op = decode(sosOp, unsigned)
  if (!op.ok) return op
  if (!isAllowed(op.value)) return { ok: false, code: 'wire/malformed' }
  return { ok: true, value: { op: op.value, unsigned, signature: source.take(64) } }
}

/** Identity of an operation's bytes, which a replay must repeat. */
export const sosOpHash = (unsigned: Uint8Array, crypto: WireCrypto): Uint8Array =>
  crypto.hash([domains.sos, unsigned])

export const sosSigningBytes = (hash: Uint8Array): Uint8Array => concat(domains.sigSos, hash)

/** The bytes before the signature. @throws TypeError for what {@link parseSosOp} would refuse. */
export function encodeSosOp(op: SosOp): Uint8Array {
  if (!isAllowed(op)) throw new TypeError('this is no SOS operation')
  return encode(sosOp, op)
}
