import { fraction, type Random } from './random.ts'

/** How long to wait before the next try: exponential with full jitter, honouring the server's word. */
export interface Backoff {
  /** Milliseconds before the next try. */
  next(retryAfterSeconds?: number): number
  reset(): void
}

const firstMs = 250
const longestMs = 15_000

export function createBackoff(random: Random): Backoff {
  let failures = 0
  return {
    next(retryAfterSeconds = 0) {
      const ceiling = Math.min(longestMs, firstMs * 2 ** failures)
      failures = Math.min(failures + 1, 16)
      return Math.max(retryAfterSeconds * 1000, ceiling / 2 + (fraction(random) * ceiling) / 2)
    },
    reset() {
      failures = 0
    },
  }
}
