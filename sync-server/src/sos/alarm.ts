/** Rings at the times it is told, of the server's clock; the sweep is there for those it misses. */
import type { Clock } from '../core/clock.ts'

export interface Alarm {
  /** Rings once the clock shows `time`, milliseconds since 1970. */
  at(time: number): void
  close(): void
}

export function createAlarm({ clock, ring }: { clock: Clock; ring: () => void }): Alarm {
  const timers = new Set<NodeJS.Timeout>()
  return {
    at(time) {
      const timer = setTimeout(
        () => {
          timers.delete(timer)
          ring()
        },
        Math.max(0, time - clock.now()),
      )
      // A process with nothing else to do may end: another one, or the next start, fires the alert.
      timers.add(timer.unref())
    },
    close() {
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
    },
  }
}
