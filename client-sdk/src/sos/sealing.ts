/** Makes the bytes of operations: routing, a slot for each contact, the responders' part, signed (W48). */
import {
  base64urlToBytes,
  bytesToBase64url,
  cellOf,
  limits,
  parseSosOp,
  type SlotDetails,
  type SosOp,
  type SosRouting,
} from '@selene/shapes'
import { sealResponderPart, sealSlot, signSosOp } from '../crypto/sos-slot.ts'
import type { KeyPair, Primitives } from '../crypto/primitives.ts'
import { positionToFix } from './fix.ts'
import type { JournalAlert, JournalOp, KitState, StoredContact, StoredProfile } from './journal.ts'

/** @throws TypeError when it is no base64url. */
export function bytesOf(text: string): Uint8Array {
  const bytes = base64urlToBytes(text)
  if (!bytes) throw new TypeError('not base64url')
  return bytes
}

export const replyKeys = (crypto: Primitives, { replySeed }: JournalAlert): KeyPair =>
  crypto.boxPair(bytesOf(replySeed))

/** Tests, and alerts for contacts, tell the server nothing of where she is. */
const isForNearby = ({ kind, audience }: JournalAlert): boolean =>
  audience === 'contacts-and-nearby' && kind !== 'test'

function routingOf(crypto: Primitives, alert: JournalAlert, op: JournalOp): SosRouting {
  return {
    kind: alert.kind,
    audience: alert.audience,
    cell: isForNearby(alert) && op.position ? cellOf(op.position) : undefined,
    radiusMetres: alert.radiusMetres,
    replyKey: replyKeys(crypto, alert).publicKey,
    exclude: [],
  }
}

const detailsOf = (alert: JournalAlert, op: JournalOp): SlotDetails => ({
  kind: alert.kind,
  raisedAt: alert.raisedAt,
  position: op.position && positionToFix(op.position),
  note: op.note,
  ending: op.ending,
})

/** Nothing for a contact whose keys are broken: that must not keep the alert from the others. */
function slotFor(crypto: Primitives, contact: StoredContact, alert: JournalAlert, op: JournalOp) {
  const keys = {
    boxKey: bytesOf(contact.boxKey),
    ownBoxKey: bytesOf(contact.ownBoxKey),
    authKey: bytesOf(contact.authKey),
  }
  const content = { alert: alert.id, op: op.op, kind: op.kind, details: detailsOf(alert, op) }
  try {
    return [{ contact: contact.contact, sealed: sealSlot(crypto, keys, content) }]
  } catch {
    return []
  }
}

function partFor(crypto: Primitives, alert: JournalAlert, op: JournalOp) {
  if (!isForNearby(alert) || !op.position) return undefined
  const place = { alert: alert.id, op: op.op }
  return sealResponderPart(crypto, place, positionToFix(op.position))
}

function sealOp(
  crypto: Primitives,
  profile: StoredProfile,
  { alert, op }: { readonly alert: JournalAlert; readonly op: JournalOp },
): string {
  const opens = op.kind === 'raise' || op.kind === 'update'
  const content: SosOp = {
    version: 1,
    kind: op.kind,
    op: op.op,
    alert: alert.id,
    vault: profile.vault,
    device: profile.device,
    at: op.at,
    fireAfter: op.fireAfter,
    routing: opens ? routingOf(crypto, alert, op) : undefined,
    slots: profile.contacts
      .slice(0, limits.sosSlots)
      .flatMap((contact) => slotFor(crypto, contact, alert, op)),
    responderPart: opens ? partFor(crypto, alert, op) : undefined,
  }
  const sosKey = crypto.signPair(bytesOf(profile.sosSeed))
  return bytesToBase64url(signSosOp(crypto, content, sosKey))
}

const waits = (op: JournalOp): boolean => op.sealed === undefined && op.outcome === undefined

/** Seals whatever waits for it, as soon as there is an account to send it from. */
export function sealWaiting(crypto: Primitives, state: KitState): KitState {
  const { profile } = state
  if (!profile?.registered) return state
  if (!state.alerts.some(({ ops }) => ops.some(waits))) return state
  const alerts = state.alerts.map((alert) => ({
    ...alert,
    ops: alert.ops.map((op) =>
      waits(op) ? { ...op, sealed: sealOp(crypto, profile, { alert, op }) } : op,
    ),
  }))
  return { ...state, alerts }
}

/** Whether the bytes were sealed by the device that the profile names. */
function isOwn({ sealed }: JournalOp, { vault, device }: StoredProfile): boolean {
  const parsed = parseSosOp(bytesOf(sealed ?? ''))
  return parsed.ok && parsed.value.op.vault === vault && parsed.value.op.device === device
}

/**
 * Lets operations that the server refused for not knowing this device be tried again, and drops bytes
 * of an earlier identity: there, they have no effect.
 */
export function readied(op: JournalOp, profile: StoredProfile): JournalOp {
  const { outcome, sealed, ...rest } = op
  if (outcome !== undefined && outcome !== 'vault/not-member') return op
  if (sealed === undefined) return outcome === undefined ? op : rest
  if (!isOwn(op, profile)) return rest
  return outcome === undefined ? op : { ...rest, sealed }
}
