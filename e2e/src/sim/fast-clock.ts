/**
 * A clock of a simulation that runs faster than the real one, stands still while this process is held up, and hurries while it
 * has nothing to do: a busy machine makes the world slow, and no deadline in it shorter than it is. What a simulation
 * waits for on purpose is to be timed by it.
 */
import { performance, type EventLoopUtilization } from 'node:perf_hooks'
import type { Clock } from '@selene/client-sdk'

export interface FastClock extends Clock {
  /** Moves the date on; timers go by the time that passes. */
  skip(ms: number): void
  stop(): void
}

/** Resolves when so many milliseconds have passed. */
export const passes = (clock: Pick<Clock, 'after'>, ms: number): Promise<void> =>
  new Promise((resolve) => void clock.after(ms, resolve))

/** Milliseconds of the world for one of ours, when something is being done and when all wait. */
const speeds = { busy: 15, idle: 150 }
/** Whoever does something for less of a tick, twice, does nothing but look whether there is something to do. */
const leastUse = 0.2
const tickMs = 5
/** So much of ours counts of a tick, however long it took. */
const longestTickMs = 15

interface Waiting {
  readonly at: number
  readonly due: () => void
}

export function createFastClock(): FastClock {
  const began = Date.now()
  const timers = new Set<Waiting>()
  let elapsed = 0
  let skipped = 0
  let last = performance.now()

  let use: EventLoopUtilization = performance.eventLoopUtilization()
  let idleTicks = 0

  /** Whether nothing has been done since the tick before the last. */
  function isIdle(): boolean {
    const before = use
    use = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(use, before)
    idleTicks = utilization < leastUse ? idleTicks + 1 : 0
    return idleTicks > 1
  }

  function tick(): void {
    const now = performance.now()
    elapsed += Math.min(now - last, longestTickMs) * (isIdle() ? speeds.idle : speeds.busy)
    last = now
    const due = [...timers].filter(({ at }) => at <= elapsed).toSorted((a, b) => a.at - b.at)
    for (const timer of due) if (timers.delete(timer)) timer.due()
  }
  const ticking = setInterval(tick, tickMs)

  return {
    now: () => Math.round(began + elapsed + skipped),
    after(ms, due) {
      const timer = { at: elapsed + ms, due }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    skip(ms) {
      skipped += ms
    },
    stop: () => clearInterval(ticking),
  }
}
