/** Questions to an alert of the journal that several parts ask. Pure. */
import type { JournalAlert, JournalOp } from './journal.ts'

export type Ending = 'cancelled' | 'resolved' | 'expired'

const closingKinds: Readonly<Record<string, Ending>> = { cancel: 'cancelled', resolve: 'resolved' }

/** How it ended, by what she did here or by the server's word; `undefined` while it is open. */
export function endingOf({ ops, standing }: JournalAlert): Ending | undefined {
  for (const { kind } of ops) if (closingKinds[kind]) return closingKinds[kind]
  const state = standing?.state
  return state === 'armed' || state === 'sent' ? undefined : state
}

/** Whether its countdown still decides: nothing has set it off and nothing has ended it. */
export const isCounting = (alert: JournalAlert): boolean =>
  alert.countdown !== undefined &&
  endingOf(alert) === undefined &&
  (alert.standing?.state ?? 'armed') === 'armed' &&
  alert.ops.filter(({ kind }) => kind === 'raise').length === 1

export const hasOutcome = (op: JournalOp): boolean => op.outcome !== undefined

/** The operation whose turn it is: those of one alert go one after the other. */
export const nextOp = ({ ops }: JournalAlert): JournalOp | undefined =>
  ops.find((op) => !hasOutcome(op))

/** The operation that is sent again to ask how the alert stands. */
export const lastAccepted = ({ ops }: JournalAlert): JournalOp | undefined =>
  ops.findLast((op) => op.outcome === 'accepted' && op.sealed !== undefined)

const keptMs = 30 * 24 * 3_600_000

/** Whether nothing about it is left to do or to show. */
export const isOver = (alert: JournalAlert, now: number): boolean =>
  endingOf(alert) !== undefined &&
  !nextOp(alert) &&
  (alert.dismissed || now - alert.raisedAt > keptMs)
