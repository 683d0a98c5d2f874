/** What an app sees of alerts: her own as it goes on, and those of people who count on her. */
import type { AlertId, ContactId, ProblemCode, ResponseId, ResponseState } from '@selene/shapes'
import type { Live } from '../core/live.ts'
import type { Reachable } from '../core/message-link.ts'
import type { Position } from '../core/position.ts'

/** `test` reaches contacts only and is shown as a test. */
export type AlertKind = 'sos' | 'medical' | 'test'
export type Audience = 'contacts' | 'contacts-and-nearby'
/** How far her alert is. `armed` = it counts down; `queued` = no server has it yet. */
export type AlertPhase =
  | 'armed'
  | 'queued'
  | 'sent'
  | 'delivered'
  | 'acknowledged'
  | 'en-route'
  | 'resolved'
  | 'cancelled'
  | 'expired'

export interface RaiseOptions {
  readonly kind?: AlertKind
  readonly audience?: Audience
  /** How far passers-by may be, 1,000 to 20,000 metres. */
  readonly radiusMetres?: number
  /** For contacts only; at most 240 characters. */
  readonly note?: string
  readonly position?: Position
}

/** One of her contacts, as an alert stands with them. */
export interface ContactStanding {
  readonly contact: ContactId
  readonly name: string
  /** Whether an app of theirs has the alert. */
  readonly delivered: boolean
  readonly response?: ResponseState
  readonly note?: string
}

/** A passer-by who answered. */
export interface Responder {
  readonly id: ResponseId
  readonly state: ResponseState
  readonly name?: string
  readonly note?: string
}

/** Her own alert. Times are milliseconds since 1970. */
export interface Alert {
  readonly id: AlertId
  readonly kind: AlertKind
  readonly audience: Audience
  readonly phase: AlertPhase
  readonly raisedAt: number
  /** While armed: when it goes off unless she cancels. */
  readonly firesAt?: number
  /** When a server first had it. */
  readonly sentAt?: number
  /** Whether something she did about it (raise, cancel, resolve …) has not reached a server yet. */
  readonly unsent: boolean
  /** Why it has not reached one. */
  readonly problem?: ProblemCode
  readonly contacts: readonly ContactStanding[]
  readonly responders: readonly Responder[]
}

/** Somebody's alert that reached this account. */
export interface IncomingAlert {
  readonly id: AlertId
  readonly kind: AlertKind
  readonly role: 'contact' | 'nearby'
  /** Who calls; of a passer-by's alert nobody is named. */
  readonly from?: { readonly contact: ContactId; readonly name: string }
  /** Whether the details were sealed by that contact; false while only the server says so. */
  readonly verified: boolean
  readonly state: 'open' | 'resolved' | 'cancelled' | 'expired'
  /** By her device's clock. */
  readonly raisedAt: number
  /** When the server first had it. */
  readonly receivedAt: number
  readonly note?: string
  readonly position?: Position
  /** What this account answered. */
  readonly response?: ResponseState
}

/** What would keep an alert from people. */
export type ReadinessGap =
  | 'no-account'
  | 'no-contacts'
  | 'no-server'
  | 'not-durable'
  | 'never-tested'

export interface Readiness {
  /** Contacts that an alert would be sealed for now. */
  readonly contacts: number
  readonly gaps: readonly ReadinessGap[]
  readonly lastTestAt?: number
}

/** The part of SOS that needs no open store, no session and no network. */
export interface SosKit {
  readonly readiness: Live<Readiness>
  /** Her newest alert while it is open, and after its end until {@link SosKit.dismiss}. */
  readonly current: Live<Alert | null>
  /** People without the app: no alert goes to them by itself, and she can write to them with `messageLink`. */
  readonly reachable: Live<readonly Reachable[]>
  /**
   * Raises an alert; resolved = it survives power loss. Sending goes on by itself.
   * @throws {@link Problem} sos/storage-failed; TypeError for options outside their range.
   */
  raise(options?: RaiseOptions): Promise<Alert>
  /** Raises one that goes off after `seconds` (0 to 60, 10 unless told), even if this device is gone by then. */
  arm(options?: RaiseOptions & { readonly seconds?: number }): Promise<Alert>
  /** Ends the countdown: the alert goes off now. */
  fire(id: AlertId): Promise<void>
  /** Adds what was not known yet, or has changed. */
  update(id: AlertId, details: { position?: Position; note?: string }): Promise<void>
  cancel(id: AlertId): Promise<void>
  resolve(id: AlertId, reason?: 'safe' | 'false-alarm'): Promise<void>
  /** Puts an ended alert away. */
  dismiss(id: AlertId): Promise<void>
  close(): Promise<void>
}

export interface Sos extends Omit<SosKit, 'close'> {
  /** Open alerts first, newest first. */
  readonly incoming: Live<readonly IncomingAlert[]>
  /**
   * Answers an alert that reached this account. For a passer-by who accepts, the position follows in
   * {@link Sos.incoming} when the server releases it.
   * @throws {@link Problem} sos/closed, sos/no-alert, server/unreachable.
   */
  respond(id: AlertId, state: ResponseState, note?: string): Promise<void>
  /**
   * Asks for the position of somebody whose alert this passer-by accepted.
   * @throws {@link Problem} sos/not-released with the reason, sos/closed, server/unreachable.
   */
  locate(id: AlertId): Promise<Position | undefined>
}
