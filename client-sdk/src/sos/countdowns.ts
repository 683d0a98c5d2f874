/**
 * Countdowns of armed alerts, by elapsed time: a clock that is set back must not stretch one. Each ends
 * once in the life of the process, at once when its time has passed while there was none.
 */
import type { AlertId } from '@selene/shapes'
import type { Clock } from '../core/clock.ts'
import type { JournalAlert } from './journal.ts'
import { isCounting } from './progress.ts'

export interface Countdowns {
  /** Starts those that are new, and stops those that decide nothing any more. */
  follow(alerts: readonly JournalAlert[]): void
  stop(): void
}

const nothing = (): void => {}

/** The server fires an armed alert by itself; this long after, it has. */
const graceMs = 1_500

interface Deps {
  readonly clock: Clock
  readonly ended: (id: AlertId) => void
  /** The countdown has ended a moment ago, and still nothing has set the alert off. */
  readonly late: (id: AlertId) => void
}

export function createCountdowns({ clock, ended, late }: Deps): Countdowns {
  const stops = new Map<AlertId, () => void>()

  function start({ id, countdown }: JournalAlert): void {
    if (!countdown || stops.has(id)) return
    const left = Math.min(countdown.firesAt - clock.now(), countdown.seconds * 1_000)
    const stop = clock.after(Math.max(0, left), () => {
      stops.set(
        id,
        clock.after(graceMs, () => {
          stops.set(id, nothing)
          late(id)
        }),
      )
      ended(id)
    })
    stops.set(id, stop)
  }

  return {
    follow(alerts) {
      const counting = alerts.filter(isCounting)
      for (const [id, stop] of stops) {
        if (counting.some((alert) => alert.id === id)) continue
        stop()
        stops.delete(id)
      }
      counting.forEach(start)
    },
    stop() {
      for (const stop of stops.values()) stop()
      stops.clear()
    },
  }
}
