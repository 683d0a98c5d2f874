/** Which operation goes next. Pure. */
import type { AlertId, OpId } from '@selene/shapes'
import type { JournalAlert, JournalOp } from './journal.ts'
import { endingOf, hasOutcome, lastAccepted, nextOp } from './progress.ts'

export interface Sent {
  readonly alert: JournalAlert
  readonly op: JournalOp
}

export interface Turn extends Sent {
  readonly sealed: string
}

/** What the sender knows besides the journal. */
interface Progress {
  /** Failed a moment ago. */
  readonly rests: { has(id: AlertId): boolean }
  /** Asked about a moment ago. */
  readonly asked: { has(id: AlertId): boolean }
  /** Sent at least once by this process. */
  readonly tried: { has(op: OpId): boolean }
}

const isEnd = ({ kind }: JournalOp): boolean => kind === 'cancel' || kind === 'resolve'

const turn = (alert: JournalAlert, op: JournalOp | undefined): Turn[] =>
  op?.sealed === undefined ? [] : [{ alert, op, sealed: op.sealed }]

/** Those of one alert in order, newest alert first, tests last; then the questions, in that order. */
function inOrder(alerts: readonly JournalAlert[], { rests, asked }: Progress): Turn[] {
  const ready = alerts.filter(({ id }) => !rests.has(id)).toReversed()
  const ordered = [
    ...ready.filter(({ kind }) => kind !== 'test'),
    ...ready.filter(({ kind }) => kind === 'test'),
  ]
  const open = ordered.filter((alert) => !endingOf(alert) && !asked.has(alert.id))
  return [
    ...ordered.flatMap((alert) => turn(alert, nextOp(alert))),
    ...open.flatMap((alert) => turn(alert, lastAccepted(alert))),
  ]
}

/**
 * An end from before a raise that would come after it: the alerts of an account end together, so a server
 * that hears of the raise first may take the end for the new alert's. It goes ahead once; it stands before
 * no raise when it fails.
 */
const endBefore = (raise: Turn, turns: readonly Turn[], tried: Progress['tried']) =>
  turns.find(
    ({ alert, op }) =>
      isEnd(op) &&
      !hasOutcome(op) &&
      alert.kind !== 'test' &&
      !tried.has(op.op) &&
      op.at <= raise.op.at,
  )

/** What goes next, and whether it has only a moment because a raise waits behind it. */
export function nextTurn(
  alerts: readonly JournalAlert[],
  progress: Progress,
): (Turn & { readonly isAhead: boolean }) | undefined {
  const turns = inOrder(alerts, progress)
  const [first] = turns
  if (!first) return undefined
  const waits = first.op.kind === 'raise' && !hasOutcome(first.op)
  const end = waits ? endBefore(first, turns, progress.tried) : undefined
  return end ? { ...end, isAhead: true } : { ...first, isAhead: false }
}
