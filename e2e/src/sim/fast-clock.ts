/**
 * A clock of a simulation that runs faster than the real one, and stands still while this process is held
 * up: a busy machine makes the world slow, and no deadline in it shorter than it is.
 */
import type { Clock } from '@selene/client-sdk'

export interface FastClock extends Clock {
  /** Moves the date on; timers go by the time that passes. */
  skip(ms: number): void
  stop(): void
}

/** Milliseconds of the world for one of ours. */
const speed = 15
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

  function tick(): void {
    const now = performance.now()
    elapsed += Math.min(now - last, longestTickMs) * speed
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
