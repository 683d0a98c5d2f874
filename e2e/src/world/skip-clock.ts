/** The real clock, which a test may set on: timers that have come due by that run at once. */
import type { Clock } from '@selene/client-sdk'

export interface SkipClock extends Clock {
  skip(ms: number): void
}

interface Timer {
  readonly at: number
  readonly fire: () => void
}

const longestTimer = 2 ** 31 - 1

export function createSkipClock(): SkipClock {
  const timers = new Set<Timer>()
  let skipped = 0
  const now = (): number => Date.now() + skipped
  return {
    now,
    after(ms, due) {
      const timer: Timer = { at: now() + ms, fire: () => cancel() && due() }
      const handle = setTimeout(timer.fire, Math.min(ms, longestTimer))
      const cancel = (): boolean => {
        clearTimeout(handle)
        return timers.delete(timer)
      }
      timers.add(timer)
      return () => void cancel()
    },
    skip(ms) {
      skipped += ms
      const due = [...timers].filter(({ at }) => at <= now()).toSorted((a, b) => a.at - b.at)
      for (const { fire } of due) fire()
    },
  }
}
