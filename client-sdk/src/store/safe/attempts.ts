/**
 * Slows down guessing at secrets that can be guessed (SAFE.md, K9): the more failures in a row, the longer until the
 * next attempt. An attempt is counted before it is made, so that ending the process does not make it free. Waiting goes by
 * elapsed time while the process runs, and by the device's clock across restarts; a clock that was set back
 * begins the wait anew.
 */
import { Problem } from '@selene/shapes'
import type { Clock } from '../../core/clock.ts'
import type { Failures, GuessableKind, NoteKeeper } from './note.ts'

const freeFailures = 4
const firstDelayMs = 30_000
const longestDelayMs = 3_600_000

/** How long after so many failures in a row. */
export const delayAfter = (count: number): number =>
  count <= freeFailures
    ? 0
    : Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(count - freeFailures - 1, 16))

/** What is left of the delay; all of it when the last failure lies in the future. */
function remainingMs({ count, at }: Failures, now: number): number {
  const passed = now - at
  return passed < 0 ? delayAfter(count) : Math.max(0, delayAfter(count) - passed)
}

export interface Attempts {
  /** Runs an attempt, if it is time; what it throws counts as a failure. @throws Problem store/attempts */
  run<T>(kind: GuessableKind, attempt: () => Promise<T>): Promise<T>
  /** Ends the timers. */
  close(): void
}

interface Wait {
  /** By the device's clock, for telling. */
  readonly until: number
  readonly delayMs: number
  cancel(): void
}

export function createAttempts({ note, clock }: { note: NoteKeeper; clock: Clock }): Attempts {
  const waits = new Map<GuessableKind, Wait>()
  /** Failures as this process knows them, once it has read the note. */
  const known = new Map<GuessableKind, number>()

  function wait(kind: GuessableKind, ms: number): void {
    waits.get(kind)?.cancel()
    waits.delete(kind)
    if (ms <= 0) return
    const cancel = clock.after(ms, () => void waits.delete(kind))
    waits.set(kind, { until: clock.now() + ms, delayMs: ms, cancel })
  }

  function assertTime(kind: GuessableKind): void {
    const waiting = waits.get(kind)
    if (!waiting) return
    const left = Math.min(waiting.delayMs, Math.max(1_000, waiting.until - clock.now()))
    throw new Problem('store/attempts', { retryAfterSeconds: Math.ceil(left / 1_000) })
  }

  async function failuresOf(kind: GuessableKind): Promise<number> {
    const counted = known.get(kind)
    if (counted !== undefined) return counted
    const failures = (await note.read()).failures?.[kind]
    // What was left of a wait when the last process ended.
    if (failures) wait(kind, remainingMs(failures, clock.now()))
    known.set(kind, failures?.count ?? 0)
    return failures?.count ?? 0
  }

  async function count(kind: GuessableKind, failures: Failures): Promise<void> {
    known.set(kind, failures.count)
    // A disk that is full must not shut her out: the count is in memory as well.
    await note
      .change((before) => ({ ...before, failures: { ...before.failures, [kind]: failures } }))
      .catch(() => {})
  }

  return {
    async run(kind, attempt) {
      const before = await failuresOf(kind)
      assertTime(kind)
      await count(kind, { count: before + 1, at: clock.now() })
      try {
        const result = await attempt()
        await count(kind, { count: 0, at: clock.now() })
        return result
      } catch (error) {
        wait(kind, delayAfter(before + 1))
        throw error
      }
    },
    close() {
      for (const { cancel } of waits.values()) cancel()
      waits.clear()
      known.clear()
    },
  }
}
