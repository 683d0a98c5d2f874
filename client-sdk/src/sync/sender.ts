/** Runs the outbox: the first write after 250 ms of quiet goes at once, later ones collect for 250 ms. */
import { Problem } from '@selene/shapes'
import { createBackoff } from '../core/backoff.ts'
import { pause, type Clock } from '../core/clock.ts'
import type { Random } from '../core/random.ts'
import type { Outbox } from './outbox.ts'

const collectMs = 250
/** As long as a timer can be set for; whoever has something to send wakes the sender. */
const untilWoken = 2 ** 31 - 1

export interface Sender {
  /** There may be something to send, or the network may be back. */
  wake(): void
  /** Resolves when nothing is left to send, or when sending fails. */
  flush(): Promise<void>
  stop(): Promise<void>
}

interface Deps {
  readonly outbox: Outbox
  readonly clock: Clock
  readonly random: Random
  /** Undefined after a success. */
  readonly report: (problem: Problem | undefined) => void
}

const asProblem = (cause: unknown): Problem =>
  cause instanceof Problem ? cause : new Problem('server/unexpected', { cause })

export function startSender({ outbox, clock, random, report }: Deps): Sender {
  const backoff = createBackoff(random)
  const stopping = new AbortController()
  let waking = new AbortController()
  let idle = Promise.withResolvers<void>()
  let sentAt = Number.NEGATIVE_INFINITY

  /** Waits until woken or stopped, and no longer than `ms`. */
  const rest = (ms: number): Promise<void> =>
    pause(clock, ms, AbortSignal.any([waking.signal, stopping.signal]))

  /** Sends once and says after how many milliseconds to go on: at once while there may be more. */
  async function trySending(): Promise<number> {
    try {
      const sent = await outbox.sendOnce()
      backoff.reset()
      if (sent) report(undefined)
      else idle.resolve()
      return sent ? 0 : untilWoken
    } catch (error) {
      const problem = asProblem(error)
      if (!stopping.signal.aborted) report(problem)
      idle.resolve()
      const passing = problem.remedy === 'retry' || problem.code === 'auth/expired'
      return passing ? backoff.next(problem.retryAfterSeconds) : untilWoken
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const collected = sentAt + collectMs - clock.now()
      if (collected > 0) await pause(clock, collected, stopping.signal)
      waking = new AbortController()
      const wait = await trySending()
      sentAt = clock.now()
      if (wait > 0) await rest(wait)
    }
    idle.resolve()
  }

  const running = run()
  return {
    wake: () => waking.abort(),
    async flush() {
      idle = Promise.withResolvers()
      waking.abort()
      await idle.promise
    },
    async stop() {
      stopping.abort()
      waking.abort()
      await running
    },
  }
}
