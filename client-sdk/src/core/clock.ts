/** Time as the device sees it. Nothing is decided by it but waiting; what is shown says whose clock it was. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Calls `due` once after `ms`; returns what cancels it. */
  after(ms: number, due: () => void): () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, due) {
    const timer = setTimeout(due, ms)
    return () => clearTimeout(timer)
  },
}

/** IANA name of the time zone that the device is set to. */
export const systemZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone

/** Resolves after `ms`, or at once when the signal aborts. */
export function pause(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve()
    const cancel = clock.after(ms, () => {
      signal?.removeEventListener('abort', stop)
      resolve()
    })
    function stop(): void {
      cancel()
      resolve()
    }
    signal?.addEventListener('abort', stop, { once: true })
  })
}
