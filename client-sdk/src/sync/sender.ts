/** Runs the outbox: the first write after 250 ms of quiet goes at once, later ones collect for 250 ms. */
import { Problem } from '@selene/shapes'
import { createBackoff } from '../core/backoff.ts'
import { pause, type Clock } from '../core/clock.ts'
import type { Random } from '../core/random.ts'
import type { Outbox } from './outbox.ts'

const collectMs = 250

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

  const waitFor = (ms: number): Promise<void> => pause(clock, ms, waking.signal)

  async function waitForWork(): Promise<void> {
    idle.resolve()
    if (waking.signal.aborted) return
    await new Promise<void>((resolve) => {
      waking.signal.addEventListener('abort', () => resolve(), { once: true })
    })
  }

  /** Waits until the next try is due: 0 when there may be more at once. */
  async function trySending(): Promise<number | 'idle' | 'stop'> {
    try {
      const sent = await outbox.sendOnce()
      backoff.reset()
      if (sent) report(undefined)
      return sent ? 0 : 'idle'
    } catch (error) {
      const problem = asProblem(error)
      if (stopping.signal.aborted) return 'stop'
      report(problem)
      idle.resolve()
      return problem.remedy === 'retry' || problem.code === 'auth/expired'
        ? backoff.next(problem.retryAfterSeconds)
        : 'idle'
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const collected = sentAt + collectMs - clock.now()
      if (collected > 0) await pause(clock, collected, stopping.signal)
      waking = new AbortController()
      const next = await trySending()
      sentAt = clock.now()
      if (next === 'idle') await waitForWork()
      else if (typeof next === 'number' && next > 0) await waitFor(next)
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
