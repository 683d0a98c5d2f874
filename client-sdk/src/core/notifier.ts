/** Where notices go that are to be shown at a time; what they say gives nothing away. */
import type { Clock } from './clock.ts'

export interface PlannedNotice {
  /** Of this one time. */
  readonly id: string
  /** Of what it reminds of. */
  readonly about: string
  /** Milliseconds since 1970. */
  readonly at: number
  readonly text: string
}

export interface Notifier {
  /** Whether notices come while the app is closed, or only while it is open; the app says which. */
  readonly reach: 'always' | 'while-open'
  /** What is to be shown from now on; takes the place of what was planned before. */
  plan(notices: readonly PlannedNotice[]): void
}

/** A timer longer than this is not set: clocks change, and devices sleep through timers. */
const longestWaitMs = 60_000
/** A device that slept through the time shows a notice no later than this after it. */
const longestDelayMs = 3_600_000

const nothing = (): void => {}

/** Shows what is planned as long as this process lives. */
export function createOpenNotifier(
  clock: Clock,
  show: (notice: PlannedNotice) => void,
): Notifier & { close(): void } {
  let waiting: readonly PlannedNotice[] = []
  let cancel = nothing

  function look(): void {
    cancel()
    const now = clock.now()
    const due = waiting.filter(({ at }) => at <= now)
    waiting = waiting.filter(({ at }) => at > now)
    for (const notice of due) if (now - notice.at <= longestDelayMs) show(notice)
    const [next] = waiting
    if (next) cancel = clock.after(Math.min(longestWaitMs, next.at - now), look)
  }

  return {
    reach: 'while-open',
    plan(notices) {
      const now = clock.now()
      waiting = notices.filter(({ at }) => at > now).toSorted((a, b) => a.at - b.at)
      look()
    },
    close() {
      cancel()
      waiting = []
    },
  }
}
