/** What became of a write: durable here at once, stored on the server later, seen back in the shape. */
import type { OpId, ProblemCode } from '@selene/shapes'

export type Outcome =
  | { readonly outcome: 'applied' }
  | { readonly outcome: 'rejected'; readonly code: ProblemCode }

/**
 * A write that is durable on this device. Neither promise ever rejects, and neither lives longer than the
 * client: without an account, offline or after `close()` they stay pending, while the write itself is
 * kept and sent later.
 */
export interface Write {
  readonly opId: OpId
  /**
   * The server's final outcome. An envelope that has to be sealed again is not one; `rejected` = set
   * aside with its content. Of a write that changed nothing: applied, at once.
   */
  readonly stored: Promise<Outcome>
  /**
   * The write has come back through the shape, so every device that is up to date has it. Stays pending
   * when the write is rejected.
   */
  readonly seen: Promise<void>
}

export interface Writes {
  track(opId: OpId): Write
  stored(opIds: readonly OpId[], outcome: Outcome): void
  seen(opIds: readonly OpId[]): void
}

interface Waiting {
  readonly write: Write
  readonly store: (outcome: Outcome) => void
  readonly see: () => void
}

export function createWrites(): Writes {
  const waiting = new Map<OpId, Waiting>()
  return {
    track(opId) {
      const stored = Promise.withResolvers<Outcome>()
      const seen = Promise.withResolvers<void>()
      const write = { opId, stored: stored.promise, seen: seen.promise }
      waiting.set(opId, { write, store: stored.resolve, see: () => seen.resolve() })
      return write
    },
    stored(opIds, outcome) {
      for (const opId of opIds) {
        waiting.get(opId)?.store(outcome)
        if (outcome.outcome === 'rejected') waiting.delete(opId)
      }
    },
    seen(opIds) {
      for (const opId of opIds) {
        const entry = waiting.get(opId)
        entry?.store({ outcome: 'applied' })
        entry?.see()
        waiting.delete(opId)
      }
    },
  }
}

/** A write of something that was so already: nothing is sent. */
export const unchanged = (opId: OpId): Write => ({
  opId,
  stored: Promise.resolve({ outcome: 'applied' }),
  seen: Promise.resolve(),
})
