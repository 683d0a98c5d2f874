/**
 * What the kit keeps: who she is to the server and to her contacts, and each alert with everything she
 * did about it, in order. Plain data, written as JSON; bytes are base64url.
 */
import {
  base64urlToBytes,
  isProblemCode,
  isUuid,
  sosAnswer,
  utf8,
  type AlertId,
  type ContactId,
  type DeviceId,
  type OpId,
  type ProblemCode,
  type VaultId,
} from '@selene/shapes'
import * as v from 'valibot'

const uuid = <Id extends string>() =>
  v.custom<Id>((value) => typeof value === 'string' && isUuid(value))
const bytes = v.pipe(
  v.string(),
  v.check((value) => base64urlToBytes(value) !== undefined),
)
const time = v.number()

const position = v.object({
  latitude: v.number(),
  longitude: v.number(),
  accuracyMetres: v.number(),
  at: time,
})

/** How an operation ended: the server took it, it was never sent, or it was refused. */
const outcome = v.custom<'accepted' | 'withdrawn' | ProblemCode>(
  (value) => value === 'accepted' || value === 'withdrawn' || isProblemCode(value),
)

const op = v.object({
  op: uuid<OpId>(),
  kind: v.picklist(['raise', 'update', 'cancel', 'resolve']),
  at: time,
  fireAfter: v.number(),
  /** What it says to people; gone once the server has taken it. */
  note: v.string(),
  position: v.exactOptional(position),
  ending: v.picklist(['open', 'cancelled', 'safe', 'false-alarm']),
  /** As it is sent; fixed before the first time, the same until there is an outcome. */
  sealed: v.exactOptional(bytes),
  outcome: v.exactOptional(outcome),
})
export type JournalOp = v.InferOutput<typeof op>

const alert = v.object({
  id: uuid<AlertId>(),
  kind: v.picklist(['sos', 'medical', 'test']),
  audience: v.picklist(['contacts', 'contacts-and-nearby']),
  radiusMetres: v.number(),
  raisedAt: time,
  /** Countdown of an armed alert, and when it ends by this device's clock. */
  countdown: v.exactOptional(v.object({ seconds: v.number(), firesAt: time })),
  /** Seed of the key pair to which recipients seal their answers. */
  replySeed: bytes,
  note: v.string(),
  position: v.exactOptional(position),
  ops: v.array(op),
  /** The server's last answer. */
  standing: v.exactOptional(sosAnswer),
  dismissed: v.boolean(),
})
export type JournalAlert = v.InferOutput<typeof alert>

const contact = v.object({
  contact: uuid<ContactId>(),
  name: v.string(),
  boxKey: bytes,
  ownBoxKey: bytes,
  authKey: bytes,
})
export type StoredContact = v.InferOutput<typeof contact>

const reachable = v.object({
  kind: v.picklist(['phone', 'email']),
  name: v.string(),
  address: v.string(),
})

const profile = v.object({
  vault: uuid<VaultId>(),
  device: uuid<DeviceId>(),
  sosSeed: bytes,
  registered: v.boolean(),
  contacts: v.array(contact),
  /** Absent in records of earlier versions. */
  reachable: v.exactOptional(v.array(reachable)),
})
export type StoredProfile = v.InferOutput<typeof profile>

const version = 1
const kitState = v.object({
  version: v.literal(version),
  profile: v.exactOptional(profile),
  /** The oldest first. */
  alerts: v.array(alert),
  /** When the last test was raised that a server took. */
  lastTestAt: v.exactOptional(time),
})
export type KitState = v.InferOutput<typeof kitState>

export const emptyState: KitState = { version, alerts: [] }

export const stateToRecord = (state: KitState): Uint8Array => utf8(JSON.stringify(state))

/** `undefined` for what this version does not understand. */
export function recordToState(record: Uint8Array): KitState | undefined {
  try {
    const read = v.safeParse(kitState, JSON.parse(new TextDecoder().decode(record)))
    return read.success ? read.output : undefined
  } catch {
    return undefined
  }
}
