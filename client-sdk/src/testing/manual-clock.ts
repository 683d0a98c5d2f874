/** A clock that stands still until it is moved; timers that have come due run in their order. */
import type { Clock } from '../core/clock.ts'

export interface ManualClock extends Clock {
  /** Moves on by `ms`, negative to set the clock back, and runs what has come due. */
  advance(ms: number): void
  /** Milliseconds until each timer that waits, the next one first. */
  waits(): number[]
}

interface Timer {
  readonly at: number
  readonly due: () => void
}

export function manualClock(start = 1_780_000_000_000): ManualClock {
  let time = start
  /** Timers run by elapsed time: setting the clock back does not touch them. */
  let elapsed = 0
  const timers = new Set<Timer>()
  const next = (): Timer | undefined => [...timers].toSorted((a, b) => a.at - b.at)[0]
  return {
    now: () => time,
    after(ms, due) {
      const timer = { at: elapsed + ms, due }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    waits: () => [...timers].map((timer) => timer.at - elapsed).toSorted((a, b) => a - b),
    advance(ms) {
      time += ms
      elapsed += Math.max(0, ms)
      for (let timer = next(); timer && timer.at <= elapsed; timer = next()) {
        timers.delete(timer)
        timer.due()
      }
    },
  }
}
