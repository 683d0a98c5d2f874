import { fraction, type Random } from './random.ts'

/** How long to wait before the next try: exponential with full jitter, honouring the server's word. */
export interface Backoff {
  /** Milliseconds before the next try. */
  next(retryAfterSeconds?: number): number
  reset(): void
}

const firstMs = 250
const longestMs = 15_000
/** A server may ask for no longer pause than this, and none that a timer cannot hold. */
const longestAskedSeconds = 3600

export function createBackoff(random: Random): Backoff {
  let failures = 0
  return {
    next(retryAfterSeconds = 0) {
      const ceiling = Math.min(longestMs, firstMs * 2 ** failures)
      failures = Math.min(failures + 1, 16)
      const asked = Math.min(retryAfterSeconds, longestAskedSeconds) * 1000
      return Math.max(asked, ceiling / 2 + (fraction(random) * ceiling) / 2)
    },
    reset() {
      failures = 0
    },
  }
}
