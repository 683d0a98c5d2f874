/**
 * Keeps requests away from an Electric that is down. After a few failures in a row everything is
 * answered at once with `server/unavailable`; then one short question about its health decides, so that
 * no long poll has to be the trial that everybody waits for.
 */
import { Problem } from '@selene/shapes'
import {
  BrokenCircuitError,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  handleWhen,
} from 'cockatiel'
import type { Clock } from '../core/clock.ts'

/** Failures in a row that mean that it is down. */
const failuresInARow = 5
/** How long it is left alone before it is asked again. */
const restMs = 5000

export interface Breaker {
  /**
   * Runs `call` unless Electric is known to be down.
   * @throws what `call` throws, and {@link Problem} server/unavailable with when to come again.
   */
  run<T>(call: () => Promise<T>): Promise<T>
}

interface Deps {
  readonly clock: Clock
  /** Resolves when Electric is well, rejects when not. */
  readonly probe: () => Promise<unknown>
  /** Which errors are Electric's failing; others say nothing about it. */
  readonly isFailure: (error: unknown) => boolean
  /** Told once when Electric is given up for the moment. */
  readonly report: (error: unknown) => void
}

export function createBreaker({ clock, probe, isFailure, report }: Deps): Breaker {
  const policy = circuitBreaker(handleWhen(isFailure), {
    halfOpenAfter: restMs,
    breaker: new ConsecutiveBreaker(failuresInARow),
  })
  let openedAt = clock.now()
  policy.onBreak((reason) => {
    openedAt = clock.now()
    report('error' in reason ? reason.error : new Problem('server/unavailable'))
  })

  const remainingSeconds = (): number =>
    Math.max(1, Math.ceil((openedAt + restMs - clock.now()) / 1000))

  return {
    async run(call) {
      try {
        if (policy.state !== CircuitState.Closed) await policy.execute(probe)
        return await policy.execute(call)
      } catch (error) {
        if (!(error instanceof BrokenCircuitError)) throw error
        throw new Problem('server/unavailable', { retryAfterSeconds: remainingSeconds() })
      }
    },
  }
}
