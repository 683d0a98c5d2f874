/** Wakes whoever waits for a key, in this process and in every other one on the same database. */
import type { Db } from '../db/db.ts'

export interface Bell {
  ring(key: string): Promise<void>
  /** Resolves at the next ring for the key, or when the signal aborts. */
  heard(key: string, signal: AbortSignal): Promise<void>
  close(): Promise<void>
}

export async function createBell(db: Db, channel: string): Promise<Bell> {
  const waiting = new Map<string, Set<() => void>>()
  const stop = await db.listen(channel, (key) => {
    for (const wake of waiting.get(key) ?? []) wake()
  })
  return {
    async ring(key) {
      await db.query('SELECT pg_notify($1, $2)', [channel, key])
    },
    heard: (key, signal) =>
      new Promise((resolve) => {
        const wakers = waiting.get(key) ?? new Set()
        const wake = (): void => {
          signal.removeEventListener('abort', wake)
          wakers.delete(wake)
          if (wakers.size === 0) waiting.delete(key)
          resolve()
        }
        if (signal.aborted) {
          resolve()
          return
        }
        waiting.set(key, wakers.add(wake))
        signal.addEventListener('abort', wake, { once: true })
      }),
    close: stop,
  }
}
