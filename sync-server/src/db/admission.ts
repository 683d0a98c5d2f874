/**
 * The two rules every implementation of the port keeps at its door: at most so many calls wait, and
 * nobody waits for a second connection while holding a first one.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { Problem } from '@selene/shapes'

export interface Admission {
  /**
   * Runs a call of the port.
   * @throws Problem server/overloaded when too many calls are under way, server/unavailable when closed.
   * @throws TypeError when called inside a transaction's work, where it could wait for itself.
   */
  readonly admit: <T>(call: () => Promise<T>) => Promise<T>
  /** Runs a transaction's work, inside which {@link admit} refuses. */
  readonly inside: <T>(work: () => Promise<T>) => Promise<T>
  /** Refuses new calls, waits for the running ones, then releases; once, however often it is asked. */
  readonly close: (release: () => Promise<void>) => Promise<void>
}

/** `limit` is how many calls may run or wait at a time. */
export function createAdmission(limit: number): Admission {
  const holder = new AsyncLocalStorage<{ open: boolean }>()
  let underWay = 0
  let closed: Promise<void> | undefined
  let idle: (() => void) | undefined

  async function admit<T>(call: () => Promise<T>): Promise<T> {
    if (holder.getStore()?.open)
      throw new TypeError('inside a transaction, use the transaction and not the database')
    if (closed) throw new Problem('server/unavailable')
    if (underWay >= limit) throw new Problem('server/overloaded', { retryAfterSeconds: 1 })
    underWay += 1
    try {
      return await call()
    } finally {
      underWay -= 1
      if (underWay === 0) idle?.()
    }
  }

  async function inside<T>(work: () => Promise<T>): Promise<T> {
    const held = { open: true }
    try {
      return await holder.run(held, work)
    } finally {
      held.open = false
    }
  }

  async function finish(release: () => Promise<void>): Promise<void> {
    if (underWay > 0) await new Promise<void>((resolve) => (idle = resolve))
    await release()
  }

  return {
    admit,
    inside,
    close: (release) => (closed ??= finish(release)),
  }
}
