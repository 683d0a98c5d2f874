/** What the server's word does to the journal. Pure. */
import type { AlertId, OpId, ProblemCode, SosAnswer } from '@selene/shapes'
import { changeAlert, silenced } from './acts.ts'
import type { JournalAlert, JournalOp, KitState } from './journal.ts'
import { endingOf, hasOutcome, nextOp } from './progress.ts'

/** What an operation said, and bytes that are not needed to ask again, go once the server has it. */
function taken(op: JournalOp, isLast: boolean): JournalOp {
  const { position: _, sealed, ...rest } = op
  return { ...rest, note: '', ...(isLast && sealed !== undefined && { sealed }) }
}

const isRefusedUpdate = ({ kind, outcome }: JournalOp): boolean =>
  kind === 'update' && outcome !== undefined && outcome !== 'accepted'

/** Updates come often, and each says all that the ones before it said: old ones with an outcome go. */
function withoutOldUpdates(
  ops: readonly JournalOp[],
  lastAccepted: JournalOp | undefined,
): JournalOp[] {
  const kept = [lastAccepted, ops.findLast(isRefusedUpdate)]
  return ops.filter((op) => op.kind !== 'update' || !hasOutcome(op) || kept.includes(op))
}

/** Once it has ended and nothing of it is left to send, nobody needs what was said in it. */
function wiped(alert: JournalAlert): JournalAlert {
  if (!endingOf(alert) || nextOp(alert)) return alert
  const ops = alert.ops.map((op) => taken(op, false))
  return { ...silenced(alert), ops }
}

/** Keeps the bytes of the newest accepted operation only, and no more operations than are needed. */
function tidied(alert: JournalAlert): JournalAlert {
  const last = alert.ops.findLast(({ outcome }) => outcome === 'accepted')
  const ops = withoutOldUpdates(alert.ops, last).map((op) =>
    op.outcome === 'accepted' ? taken(op, op === last) : op,
  )
  return wiped({ ...alert, ops })
}

const withOutcome = (
  alert: JournalAlert,
  id: OpId,
  outcome: 'accepted' | ProblemCode,
): JournalAlert => ({
  ...alert,
  ops: alert.ops.map((op) => (op.op === id ? { ...op, outcome } : op)),
})

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

interface Named {
  readonly alert: AlertId
  readonly op: OpId
}

/** The server has taken the operation, or has it already; the same word again changes nothing. */
export function answered(state: KitState, named: Named, answer: SosAnswer): KitState {
  const { replayed: _, ...standing } = answer
  const next = changeAlert(state, named.alert, (alert) => {
    const op = alert.ops.find((each) => each.op === named.op)
    if (op?.outcome === 'accepted' && isSame(standing, alert.standing)) return alert
    return tidied(withOutcome({ ...alert, standing }, named.op, 'accepted'))
  })
  if (next === state) return state
  const alert = next.alerts.find(({ id }) => id === named.alert)
  return alert?.kind === 'test' ? { ...next, lastTestAt: alert.raisedAt } : next
}

/** The server has refused the operation; one that it had taken before is gone there with its alert. */
export function refused(state: KitState, named: Named, code: ProblemCode): KitState {
  return changeAlert(state, named.alert, (alert) => {
    const op = alert.ops.find((each) => each.op === named.op)
    if (op?.outcome !== 'accepted') return tidied(withOutcome(alert, named.op, code))
    const isGone = code === 'sos/no-alert' || code === 'sos/closed'
    if (!isGone || !alert.standing) return alert
    return tidied({ ...alert, standing: { ...alert.standing, state: 'expired' } })
  })
}
