/**
 * Locks after a time without activity. It goes by elapsed time; after a sleep, in which timers stand still, by the
 * device's clock, before anything is shown.
 */
import type { Clock } from '../core/clock.ts'

export interface AutoLock {
  /** `null`: never by itself. @throws TypeError for no positive number */
  set(seconds: number | null): void
  /** She did something. */
  touch(): void
  /** Begins, and ends, with the store's being open. */
  start(): void
  stop(): void
}

export function createAutoLock(clock: Clock, lock: () => void): AutoLock {
  let afterMs: number | null = null
  let isRunning = false
  let lastAt = clock.now()
  let cancel: (() => void) | undefined

  function arm(): void {
    cancel?.()
    cancel = isRunning && afterMs !== null ? clock.after(afterMs, lock) : undefined
  }
  function begin(): void {
    lastAt = clock.now()
    arm()
  }
  const isOverdue = (): boolean => afterMs !== null && clock.now() - lastAt >= afterMs

  return {
    set(seconds) {
      if (seconds !== null && !(seconds > 0)) throw new TypeError('a number of seconds')
      afterMs = seconds === null ? null : seconds * 1_000
      begin()
    },
    touch() {
      if (!isRunning) return
      if (isOverdue()) lock()
      else begin()
    },
    start() {
      isRunning = true
      begin()
    },
    stop() {
      isRunning = false
      cancel?.()
    },
  }
}
