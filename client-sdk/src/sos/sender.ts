/**
 * Brings operations to the server, without a session: of one alert in order, newest alert first, tests
 * last; one that fails rests for up to 15 s while the others have their turn. Asks every 20 s how open
 * alerts stand. It never gives up on what has no outcome.
 */
import { Problem, type AlertId, type OpId, type ProblemCode, type SosAnswer } from '@selene/shapes'
import { createBackoff, type Backoff } from '../core/backoff.ts'
import type { Clock } from '../core/clock.ts'
import { asProblem } from '../core/problem.ts'
import type { Random } from '../core/random.ts'
import type { JournalAlert, JournalOp } from './journal.ts'
import { hasOutcome } from './progress.ts'
import { shortRequestMs, startRequest, type Instead, type SosRequest } from './request.ts'
import { nextTurn, type Sent, type Turn } from './turns.ts'

const askMs = 20_000
/** A request has this long, twice as long after each failure of its alert: a link may be slow. */
const firstRequestMs = 20_000
const longestRequestMs = 60_000
/** What stepped back lets the other go first. */
const steppedBackMs = 250
/** A server may not ask an alert to wait longer than this. */
const longestRestSeconds = 15

export interface Sender {
  /**
   * She has done something about this alert: whatever is under way for another one steps back, except
   * that an update waits for what is more than an update, and a request of this alert itself is given up
   * when it is old. What is given up is sent again, the same bytes.
   */
  act(id: AlertId, kind: JournalOp['kind']): void
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

/** What a server says that has moved, or is just being replaced, but not of an alert for good. */
const misplaced: ReadonlySet<ProblemCode> = new Set([
  'request/not-found',
  'request/method-not-allowed',
])

/** A server that does not know the device yet, or no longer for a moment, must not lose its alert. */
const isUnknownYet = ({ code }: Problem, op: JournalOp): boolean =>
  code === 'vault/not-member' && !hasOutcome(op)

const isPassing = (problem: Problem, op: JournalOp): boolean =>
  problem.remedy === 'retry' ||
  problem.status === undefined ||
  problem.status >= 500 ||
  misplaced.has(problem.code) ||
  isUnknownYet(problem, op)

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
  /** To be asked about again: there was news while an answer was on its way. */
  const asksAgain = new Set<AlertId>()
  const failed = new Map<AlertId, { readonly backoff: Backoff; times: number }>()
  const troubles = new Map<AlertId, ProblemCode>()
  const tried = new Set<OpId>()
  /** Given up once because they were old; a slow link must still get them through. */
  const hurried = new Set<OpId>()
  let sending: SosRequest | undefined
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
      if (isPassing(problem, current.op)) throw problem
      deps.refused(current, problem.code)
    }
  }

  function requestMs({ alert, isAhead }: Turn & { readonly isAhead: boolean }): number {
    if (isAhead) return shortRequestMs
    return Math.min(longestRequestMs, firstRequestMs * 2 ** (failed.get(alert.id)?.times ?? 0))
  }

  function succeeded(id: AlertId): void {
    failed.delete(id)
    setTrouble(id)
    if (!stopping.signal.aborted && !asksAgain.has(id)) start(asked, id, askMs)
  }

  function rest(id: AlertId, problem: Problem): void {
    const tries = failed.get(id) ?? { backoff: createBackoff(random), times: 0 }
    tries.times += 1
    failed.set(id, tries)
    const wanted = Math.min(problem.retryAfterSeconds ?? 0, longestRestSeconds)
    start(rests, id, tries.backoff.next(wanted))
    setTrouble(id, problem.code)
  }

  /** To be given up for something else is no failure: it says nothing of server and network. */
  function didNotArrive(id: AlertId, problem: Problem, instead: Instead | undefined): void {
    if (instead === undefined) rest(id, problem)
    else if (instead === 'other') start(rests, id, steppedBackMs)
  }

  async function take(current: Turn & { readonly isAhead: boolean }): Promise<void> {
    const { id } = current.alert
    const request = startRequest(clock, { turn: current, longestMs: requestMs(current), hurried })
    sending = request
    tried.add(current.op.op)
    asksAgain.delete(id)
    try {
      await settle(current, AbortSignal.any([request.signal, stopping.signal]))
      succeeded(id)
    } catch (error) {
      if (stopping.signal.aborted) return
      didNotArrive(id, asProblem(error), request.instead())
    } finally {
      request.over()
      sending = undefined
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      waking = Promise.withResolvers()
      const current = nextTurn(await deps.alerts(), { rests, asked, tried })
      if (stopping.signal.aborted) return
      if (current) await take(current)
      else await waking.promise
    }
  }

  function stepBack(id: AlertId, kind: JournalOp['kind']): void {
    if (!sending) return
    const { alert, op } = sending.turn
    const isOwn = alert.id === id
    const isUpdate = kind === 'update'
    if (hasOutcome(op)) sending.giveUp(isOwn ? 'own' : 'other')
    // Updates come often: if each gave up a raise on a slow link, it would never arrive.
    else if (isOwn && !isUpdate) sending.hurry()
    else if (!isOwn && (!isUpdate || op.kind === 'update')) sending.giveUp('other')
  }

  const running = run()
  return {
    act(id, kind) {
      end(rests, id)
      stepBack(id, kind)
      wake()
    },
    ask(id) {
      end(rests, id)
      end(asked, id)
      if (sending?.turn.alert.id === id) asksAgain.add(id)
      wake()
    },
    retry() {
      for (const id of rests.keys()) end(rests, id)
      for (const id of asked.keys()) end(asked, id)
      sending?.hurry()
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
