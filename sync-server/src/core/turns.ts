/** Semaphores by key: who asks much under one key waits for its own calls, not others for them. */
import { createSemaphore, type Semaphore } from './semaphore.ts'

export interface Turns<Key> {
  /**
   * Runs `work` when a place of the key is free.
   * @throws {@link Problem} server/overloaded at once when too many wait under the key.
   */
  run<T>(key: Key, work: () => Promise<T>): Promise<T>
  /** How many keys have something running; others take no memory. */
  readonly keys: number
}

export function createTurns<Key>(limits: { running: number; waiting: number }): Turns<Key> {
  const inUse = new Map<Key, { semaphore: Semaphore; callers: number }>()
  return {
    async run(key, work) {
      const own = inUse.get(key) ?? { semaphore: createSemaphore(limits), callers: 0 }
      inUse.set(key, own)
      own.callers += 1
      try {
        return await own.semaphore.run(work)
      } finally {
        own.callers -= 1
        if (own.callers === 0) inUse.delete(key)
      }
    },
    get keys() {
      return inUse.size
    },
  }
}
