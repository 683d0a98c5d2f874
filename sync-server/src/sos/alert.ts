/**
 * An open alert as the server keeps it, and what an operation makes of it. What nobody nearby is asked
 * for is not kept: cell, radius, exclude list and responders' part stand only beside an audience that
 * reaches them.
 */
import type { AlertId, Cell, OpId, SosOp, SosRouting, VaultId } from '@selene/shapes'

export type AlertKind = SosRouting['kind']
export type OpenState = 'armed' | 'sent'

/** The responders' part, its key wrapped by the key of a day (W57). */
export interface HeldPart {
  readonly op: OpId
  readonly sealed: Uint8Array
  readonly wrappedKey: Uint8Array
  /** `YYYY-MM-DD` */
  readonly day: string
}

export interface OpenAlert {
  readonly id: AlertId
  readonly owner: VaultId
  /** The owner's alert that was open first. */
  readonly incident: AlertId
  readonly kind: AlertKind
  readonly state: OpenState
  readonly audience: SosRouting['audience']
  /** By her device's clock, within what a date can be. */
  readonly raisedAt: number
  readonly receivedAt: number
  /** While armed: when it goes off; after that: when it did, or was last raised again. */
  readonly firesAt: number
  readonly replyKey: Uint8Array
  /** Newest operation that brought parts. */
  readonly op: OpId
  readonly cell: Cell | undefined
  readonly radiusMetres: number | undefined
  readonly excluded: readonly VaultId[] | undefined
  readonly part: HeldPart | undefined
}

/** What comes with an operation, beside its own fields. */
export interface Arrival {
  /** The server's time. */
  readonly now: number
  /** Alert whose incident a new one joins; absent when none is open. */
  readonly incident: AlertId | undefined
  readonly part: HeldPart | undefined
}

/** End of the year 9999, the last that every database and driver prints as it reads it. */
const latestTime = Date.UTC(10_000, 0, 1) - 1

/** A device's time, moved into what can be stored. */
export const storableTime = (at: number): number => Math.min(at, latestTime)

/** Whether people nearby are asked at all; a test never does that. */
export const reachesNearby = ({ kind, audience }: Pick<OpenAlert, 'kind' | 'audience'>): boolean =>
  audience === 'contacts-and-nearby' && kind !== 'test'

const nothingForNearby = {
  cell: undefined,
  radiusMetres: undefined,
  excluded: undefined,
  part: undefined,
} as const

/** A new alert of a `raise`. */
export function newAlert(op: SosOp, routing: SosRouting, arrival: Arrival): OpenAlert {
  const { now } = arrival
  // A test stands apart, so that it neither takes a real alert's place nor ends with one (W49).
  const incident = routing.kind === 'test' ? undefined : arrival.incident
  const fixed = {
    id: op.alert,
    owner: op.vault,
    incident: incident ?? op.alert,
    raisedAt: storableTime(op.at),
    receivedAt: now,
  }
  return {
    ...fixed,
    ...partsOf(op, routing, arrival.part),
    state: op.fireAfter > 0 ? 'armed' : 'sent',
    firesAt: now + op.fireAfter * 1000,
  }
}

/**
 * An open alert after a further `raise` or `update`. A countdown never becomes longer; a raise of an alert
 * that went off begins its day again.
 */
export function renewedAlert(
  alert: OpenAlert,
  op: SosOp,
  { routing, now, part }: { routing: SosRouting; now: number; part: HeldPart | undefined },
): OpenAlert {
  const kind = routing.kind === 'test' ? alert.kind : routing.kind
  const known = { ...routing, kind, cell: routing.cell ?? alert.cell }
  const renewed = { ...alert, ...partsOf(op, known, part ?? alert.part) }
  if (op.kind === 'update') return renewed
  if (alert.state === 'sent') return { ...renewed, firesAt: now }
  const firesAt = Math.min(alert.firesAt, now + op.fireAfter * 1000)
  return op.fireAfter === 0 ? { ...renewed, state: 'sent', firesAt: now } : { ...renewed, firesAt }
}

const partsOf = (op: SosOp, routing: SosRouting, part: HeldPart | undefined) => ({
  kind: routing.kind,
  audience: routing.audience,
  replyKey: routing.replyKey,
  op: op.op,
  ...(reachesNearby(routing)
    ? { cell: routing.cell, radiusMetres: routing.radiusMetres, excluded: routing.exclude, part }
    : nothingForNearby),
})
