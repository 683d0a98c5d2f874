/**
 * Runs the outbox: the first write after 250 ms without sending goes at once, later ones collect for 250 ms, and what had
 * no room in a request goes in the next one at once.
 * After a failure it waits ever longer, and never less than the server asks for.
 */
import { Problem } from '@selene/shapes'
import { createBackoff } from '../core/backoff.ts'
import { pause, type Clock } from '../core/clock.ts'
import { asProblem } from '../core/problem.ts'
import type { Random } from '../core/random.ts'
import type { Outbox } from './outbox.ts'

const collectMs = 250
/** As long as a timer can be set for; whoever has something to send wakes the sender. */
const untilWoken = 2 ** 31 - 1

export interface Sender {
  /** There may be something to send, or the network may be back. */
  wake(): void
  /**
   * Resolves when nothing is left to send of what was written before the call, when sending fails, and
   * at once while the server has asked for a pause.
   */
  flush(): Promise<void>
  /** Gives up a request under way; its bytes are sent again by the next sender. */
  stop(): Promise<void>
}

interface Deps {
  readonly outbox: Outbox
  readonly clock: Clock
  readonly random: Random
  /** Undefined after a success. */
  readonly report: (problem: Problem | undefined) => void
}

/** How long to rest, and whether waking ends the rest. */
interface Rest {
  readonly ms: number
  readonly wakeable: boolean
}

export function startSender({ outbox, clock, random, report }: Deps): Sender {
  const backoff = createBackoff(random)
  const stopping = new AbortController()
  let waking = new AbortController()
  let flushes: (() => void)[] = []
  let sentAt = Number.NEGATIVE_INFINITY
  let mustWait = false

  function restAfter(problem: Problem): Rest {
    const asked = problem.retryAfterSeconds ?? 0
    // Room comes back without a word from anybody.
    const passing =
      problem.remedy === 'retry' ||
      problem.remedy === 'free-space' ||
      problem.code === 'auth/expired'
    return { ms: passing ? backoff.next(asked) : untilWoken, wakeable: !passing || asked <= 0 }
  }

  /** Sends once and says how long to rest: not at all while there may be more. */
  async function trySending(): Promise<Rest> {
    const waiting = flushes
    flushes = []
    const release = (): void => waiting.forEach((resolve) => resolve())
    try {
      const result = await outbox.sendOnce(stopping.signal)
      // A look that found nothing has sent nothing, and what is written next need not wait.
      if (result.sent !== 'nothing') sentAt = clock.now()
      // More that had no room has been collected already.
      if (result.sent === 'batch' && result.more) sentAt = Number.NEGATIVE_INFINITY
      // What was put back at once would be refused at once: the log must come first, or the chain.
      if (result.sent === 'put-back') throw new Problem(result.code)
      backoff.reset()
      if (result.sent === 'batch') {
        report(undefined)
        flushes = [...waiting, ...flushes]
        return { ms: 0, wakeable: true }
      }
      release()
      return { ms: untilWoken, wakeable: true }
    } catch (error) {
      const problem = asProblem(error)
      sentAt = clock.now()
      if (!stopping.signal.aborted) report(problem)
      release()
      return restAfter(problem)
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      // Clocks are set back; that must not stretch the wait.
      const collected = Math.min(collectMs, sentAt + collectMs - clock.now())
      if (collected > 0) await pause(clock, collected, stopping.signal)
      waking = new AbortController()
      const { ms, wakeable } = await trySending()
      mustWait = !wakeable
      if (ms > 0)
        await pause(
          clock,
          ms,
          wakeable ? AbortSignal.any([waking.signal, stopping.signal]) : stopping.signal,
        )
      mustWait = false
    }
    for (const resolve of flushes) resolve()
  }

  const running = run()
  return {
    wake: () => waking.abort(),
    flush() {
      if (mustWait || stopping.signal.aborted) return Promise.resolve()
      return new Promise((resolve) => {
        flushes.push(resolve)
        waking.abort()
      })
    },
    async stop() {
      stopping.abort()
      waking.abort()
      await running
    },
  }
}
