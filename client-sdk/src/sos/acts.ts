/** What she does about alerts, as changes of the journal. Pure; ids, seeds and times are given. */
import { limits, type AlertId, type OpId } from '@selene/shapes'
import { storableText } from '../core/plain-text.ts'
import type { Position } from '../core/position.ts'
import type { AlertKind, Audience, RaiseOptions } from './alert.ts'
import { placeOf } from './fix.ts'
import type { JournalAlert, JournalOp, KitState } from './journal.ts'
import { endingOf, hasOutcome, nextOp } from './progress.ts'

/** Both fixed when she acts. */
export interface Act {
  readonly op: OpId
  readonly at: number
}

const noteUnits = limits.noteBytes / 3
const defaultRadiusMetres = 2_000

/** @throws TypeError when it is no text, or longer than 240 UTF-16 units. */
export function assertNote(note: string): void {
  if (typeof note !== 'string' || note.length > noteUnits)
    throw new TypeError(`a note has at most ${noteUnits} characters`)
}

function assertWhole(value: number, [least, most]: readonly [number, number], what: string): void {
  if (!Number.isInteger(value) || value < least || value > most)
    throw new TypeError(`${what} are a whole number from ${least} to ${most}`)
}

const kinds: readonly AlertKind[] = ['sos', 'medical', 'test']
const audiences: readonly Audience[] = ['contacts', 'contacts-and-nearby']
const reasons = ['safe', 'false-alarm']

/** What is not checked here would make the whole record unreadable for the next start. */
function assertOneOf(value: string, allowed: readonly string[], what: string): void {
  if (!allowed.includes(value)) throw new TypeError(`${what} is one of ${allowed.join(', ')}`)
}

/** @throws TypeError for what is no reason to resolve an alert. */
export const assertReason = (reason: string): void => assertOneOf(reason, reasons, 'a reason')

const emptyOp = { note: '', fireAfter: 0, ending: 'open' } as const

/** @throws TypeError for a kind, an audience, a note, a radius or seconds outside their range. */
export function newAlert(
  options: RaiseOptions & { readonly seconds: number },
  act: Act & { readonly id: AlertId; readonly replySeed: string },
): JournalAlert {
  const { kind = 'sos', audience = 'contacts', note = '', seconds } = options
  const { radiusMetres = defaultRadiusMetres } = options
  assertOneOf(kind, kinds, 'a kind')
  assertOneOf(audience, audiences, 'an audience')
  assertNote(note)
  assertWhole(radiusMetres, [limits.radiusMinMetres, limits.radiusMaxMetres], 'metres')
  assertWhole(seconds, [0, limits.sosFireAfterSeconds], 'seconds')
  const position = placeOf(options.position)
  const content = { note: storableText(note), ...(position && { position }) }
  const { op, at, id, replySeed } = act
  return {
    id,
    kind,
    audience,
    radiusMetres,
    raisedAt: at,
    ...(seconds > 0 && { countdown: { seconds, firesAt: at + seconds * 1_000 } }),
    replySeed,
    ...content,
    ops: [{ ...emptyOp, ...content, op, at, kind: 'raise', fireAfter: seconds }],
    dismissed: false,
  }
}

/**
 * Adds an operation. An update that waits behind another operation has never been sent, as an alert's
 * go in order; the new one says all that it said, so it is dropped.
 */
function withOp(alert: JournalAlert, op: JournalOp): JournalAlert {
  const sending = nextOp(alert)
  const kept = alert.ops.filter(
    (earlier) => earlier.kind !== 'update' || hasOutcome(earlier) || earlier === sending,
  )
  return { ...alert, ops: [...kept, op] }
}

const contentOf = ({ note, position }: JournalAlert) => ({ note, ...(position && { position }) })

/** Sets it off now. */
export const fired = (alert: JournalAlert, act: Act): JournalAlert =>
  withOp(alert, { ...emptyOp, ...contentOf(alert), ...act, kind: 'raise' })

/** @throws TypeError when the note is no text or too long. */
export function updated(
  alert: JournalAlert,
  details: { readonly position?: Position; readonly note?: string },
  act: Act,
): JournalAlert {
  if (details.note !== undefined) assertNote(details.note)
  const position = placeOf(details.position) ?? alert.position
  const next = {
    ...alert,
    note: details.note === undefined ? alert.note : storableText(details.note),
    ...(position && { position }),
  }
  return withOp(next, { ...emptyOp, ...contentOf(next), ...act, kind: 'update' })
}

/** Without what was said in it: nobody needs that any more. */
export function silenced(alert: JournalAlert): JournalAlert {
  const { position: _, ...rest } = alert
  return { ...rest, note: '' }
}

/** An alert of which nothing was ever sent is withdrawn here, and nobody hears of it. */
const withdrawn = (alert: JournalAlert): JournalAlert => ({
  ...alert,
  ops: alert.ops.map((op) => {
    const { position: _, ...rest } = op
    return { ...rest, note: '', outcome: 'withdrawn' }
  }),
})

/** Ends it; once it has ended, nothing changes. */
export function ended(
  alert: JournalAlert,
  ending: 'cancelled' | 'safe' | 'false-alarm',
  act: Act,
): JournalAlert {
  if (endingOf(alert)) return alert
  const kind = ending === 'cancelled' ? 'cancel' : 'resolve'
  const closed = withOp(silenced(alert), { ...emptyOp, ...act, kind, ending })
  const wasSent = alert.ops.some((op) => op.sealed !== undefined || op.outcome !== undefined)
  return wasSent ? closed : withdrawn(closed)
}

/** The state with one alert changed; the same one when nothing did. */
export function changeAlert(
  state: KitState,
  id: AlertId,
  change: (alert: JournalAlert) => JournalAlert,
): KitState {
  const alerts = state.alerts.map((alert) => (alert.id === id ? change(alert) : alert))
  return alerts.every((alert, i) => alert === state.alerts[i]) ? state : { ...state, alerts }
}
