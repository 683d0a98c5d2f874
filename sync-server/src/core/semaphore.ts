/** Lets a few costly calls run at once and a few more wait; everyone else is told to come back. */
import { Problem } from '@selene/shapes'

export interface Semaphore {
  /**
   * Runs `work` when a place is free.
   * @throws {@link Problem} server/overloaded at once when too many wait already.
   */
  run<T>(work: () => Promise<T>): Promise<T>
}

export function createSemaphore(limits: { running: number; waiting: number }): Semaphore {
  let running = 0
  const queue: (() => void)[] = []
  const leave = (): void => {
    const next = queue.shift()
    if (next) next()
    else running -= 1
  }
  return {
    async run(work) {
      if (running < limits.running) running += 1
      else if (queue.length < limits.waiting)
        await new Promise<void>((resolve) => queue.push(resolve))
      else throw new Problem('server/overloaded', { retryAfterSeconds: 1 })
      try {
        return await work()
      } finally {
        leave()
      }
    },
  }
}
