/**
 * Brings operations to the server, without a session: of one alert in order, newest alert first, tests
 * last; one that fails rests for up to 15 s while the others have their turn. Asks every 20 s how open
 * alerts stand. It never gives up on what has no outcome.
 */
import { Problem, type AlertId, type ProblemCode, type SosAnswer } from '@selene/shapes'
import { createBackoff, type Backoff } from '../core/backoff.ts'
import type { Clock } from '../core/clock.ts'
import { asProblem } from '../core/problem.ts'
import type { Random } from '../core/random.ts'
import type { JournalAlert, JournalOp } from './journal.ts'
import { endingOf, lastAccepted, nextOp } from './progress.ts'

const askMs = 20_000
const longestRequestMs = 20_000
/** A server may not ask an alert to wait longer than this. */
const longestRestSeconds = 15

export interface Sender {
  /** There is something new about this alert: whatever is under way for another one steps back. */
  act(id: AlertId): void
  /** Asks how the alert stands, now. */
  ask(id: AlertId): void
  /** The network may be back, or the account may be there: nothing rests any longer. */
  retry(): void
  /** Why the alert's next operation has not been taken, while it is tried again. */
  trouble(id: AlertId): ProblemCode | undefined
  stop(): Promise<void>
}

interface Deps {
  /** Alerts whose operations may be sent, the oldest first. */
  readonly alerts: () => Promise<readonly JournalAlert[]>
  readonly send: (sealed: string, signal: AbortSignal) => Promise<SosAnswer>
  readonly clock: Clock
  readonly random: Random
  /** The server's answer to an operation, sent for the first time or again. */
  readonly answered: (sent: Sent, answer: SosAnswer) => void
  /** The server will never take it. */
  readonly refused: (sent: Sent, code: ProblemCode) => void
  /** Something about {@link Sender.trouble} may be different. */
  readonly changed: () => void
}

export interface Sent {
  readonly alert: JournalAlert
  readonly op: JournalOp
}

interface Turn extends Sent {
  readonly sealed: string
}

const isPassing = ({ remedy, status }: Problem): boolean =>
  remedy === 'retry' || status === undefined || status >= 500

const turn = (alert: JournalAlert, op: JournalOp | undefined): Turn[] =>
  op?.sealed === undefined ? [] : [{ alert, op, sealed: op.sealed }]

/** What ends each alert's timer. */
type Timers = Map<AlertId, () => void>

function end(timers: Timers, id: AlertId): void {
  timers.get(id)?.()
  timers.delete(id)
}

export function startSender(deps: Deps): Sender {
  const { send, clock, random } = deps
  const stopping = new AbortController()
  const rests: Timers = new Map()
  /** Until the next question; an open alert that is not here is asked about now. */
  const asked: Timers = new Map()
  const backoffs = new Map<AlertId, Backoff>()
  const troubles = new Map<AlertId, ProblemCode>()
  let sending: { readonly turn: Turn; readonly stop: AbortController } | undefined
  let waking = Promise.withResolvers<void>()

  const wake = (): void => waking.resolve()

  function start(timers: Timers, id: AlertId, ms: number): void {
    end(timers, id)
    const cancel = clock.after(ms, () => {
      timers.delete(id)
      wake()
    })
    timers.set(id, cancel)
  }

  function setTrouble(id: AlertId, code?: ProblemCode): void {
    if (troubles.get(id) === code) return
    if (code) troubles.set(id, code)
    else troubles.delete(id)
    deps.changed()
  }

  function next(alerts: readonly JournalAlert[]): Turn | undefined {
    const ready = alerts.filter(({ id }) => !rests.has(id)).toReversed()
    const inOrder = [
      ...ready.filter(({ kind }) => kind !== 'test'),
      ...ready.filter(({ kind }) => kind === 'test'),
    ]
    const open = inOrder.filter((alert) => !endingOf(alert) && !asked.has(alert.id))
    return [
      ...inOrder.flatMap((alert) => turn(alert, nextOp(alert))),
      ...open.flatMap((alert) => turn(alert, lastAccepted(alert))),
    ][0]
  }

  async function answerOf({ alert, sealed }: Turn, signal: AbortSignal): Promise<SosAnswer> {
    const answer = await send(sealed, signal)
    if (answer.alert !== alert.id) throw new Problem('server/unintelligible')
    return answer
  }

  /** Settles one turn; rejects when it must be tried again. */
  async function settle(current: Turn, signal: AbortSignal): Promise<void> {
    try {
      deps.answered(current, await answerOf(current, signal))
    } catch (error) {
      const problem = asProblem(error)
      if (isPassing(problem)) throw problem
      deps.refused(current, problem.code)
    }
  }

  async function take(current: Turn): Promise<void> {
    const { id } = current.alert
    const stop = new AbortController()
    sending = { turn: current, stop }
    const cancel = clock.after(longestRequestMs, () =>
      stop.abort(new Problem('server/unreachable')),
    )
    try {
      await settle(current, AbortSignal.any([stop.signal, stopping.signal]))
      backoffs.delete(id)
      setTrouble(id)
      if (!stopping.signal.aborted) start(asked, id, askMs)
    } catch (error) {
      if (stopping.signal.aborted) return
      const problem = asProblem(error)
      const backoff = backoffs.get(id) ?? createBackoff(random)
      backoffs.set(id, backoff)
      const wanted = Math.min(problem.retryAfterSeconds ?? 0, longestRestSeconds)
      start(rests, id, backoff.next(wanted))
      setTrouble(id, problem.code)
    } finally {
      cancel()
      sending = undefined
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      waking = Promise.withResolvers()
      const current = next(await deps.alerts())
      if (stopping.signal.aborted) return
      if (current) await take(current)
      else await waking.promise
    }
  }

  const running = run()
  return {
    act(id) {
      end(rests, id)
      // A request that hangs must not stand before a new alert; it is sent again later.
      if (sending && (sending.turn.alert.id !== id || sending.turn.op.outcome !== undefined))
        sending.stop.abort(new Problem('server/unreachable'))
      wake()
    },
    ask(id) {
      end(rests, id)
      end(asked, id)
      wake()
    },
    retry() {
      for (const id of rests.keys()) end(rests, id)
      for (const id of asked.keys()) end(asked, id)
      wake()
    },
    trouble: (id) => troubles.get(id),
    async stop() {
      stopping.abort()
      wake()
      await running
      for (const timers of [rests, asked]) for (const id of timers.keys()) end(timers, id)
    },
  }
}
