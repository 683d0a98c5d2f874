/**
 * One life of a simulated process. A killed one does nothing any more: its awaits never return, so that
 * no `catch` or `finally` of it runs, and what it asks of the world outside has no effect.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Reach } from './await-points.ts'

export interface Incarnation {
  readonly name: string
  readonly isDead: () => boolean
  readonly kill: () => void
  /** Rejects when it is killed. */
  readonly death: Promise<never>
  /** Its awaits that have not come back yet, for whoever wonders why nothing goes on. */
  readonly waits: Set<Wait>
}

export interface Wait {
  readonly point: string
  /** By `performance.now()`. */
  readonly since: number
}

const killed = new Error('the process was killed')
export const isKilled = (error: unknown): boolean => error === killed

const living = new AsyncLocalStorage<Incarnation | undefined>()
const never = new Promise<never>(() => {})

export function createIncarnation(name: string): Incarnation {
  const { promise: death, reject } = Promise.withResolvers<never>()
  death.catch(() => {}) // Most lives end without anybody watching.
  let dead = false
  return {
    name,
    death,
    waits: new Set(),
    isDead: () => dead,
    kill() {
      dead = true
      reject(killed)
    },
  }
}

/** Runs `work` as that process; whatever it starts belongs to it too. */
export const live = <T>(incarnation: Incarnation, work: () => T): T => living.run(incarnation, work)

/** Runs `work` as nobody's: who asks for it may die, and it goes on. */
export const apart = <T>(work: () => T): T => living.run(undefined, work)

/** The same call from outside: rejects when the process dies before it answers ({@link isKilled}). */
export const ask = <T>(incarnation: Incarnation, work: () => Promise<T>): Promise<T> =>
  Promise.race([live(incarnation, work), incarnation.death])

/** A call of a port by that process: of a dead one it does not begin, and does not answer. */
export async function mortal<T>(incarnation: Incarnation, call: () => Promise<T>): Promise<T> {
  if (incarnation.isDead()) return never
  try {
    const result = await call()
    return incarnation.isDead() ? never : result
  } catch (error) {
    if (incarnation.isDead()) return never
    throw error
  }
}

/** When a process is to die: at a point, during what it awaits there or after it. */
export interface KillPlan {
  /** Whether this visit is its last. */
  strikes(point: string, moment: 'during' | 'after'): boolean
}

/**
 * What awaits call: kills by plan, and holds the dead for ever.
 * @param orphan Whose a point is that was reached without a trace of its process, as in a callback of a socket.
 */
export function createReach(
  plan: () => KillPlan | undefined,
  orphan: (point: string) => Incarnation | undefined,
): Reach {
  return async <T>(point: string, awaited: T): Promise<Awaited<T>> => {
    const incarnation = living.getStore() ?? orphan(point)
    if (!incarnation) return await awaited
    const dies = (moment: 'during' | 'after'): boolean => {
      if (!incarnation.isDead() && plan()?.strikes(point, moment)) incarnation.kill()
      return incarnation.isDead()
    }
    const answer = Promise.resolve(awaited)
    answer.catch(() => {}) // Begun by the dead, it may be awaited by nobody.
    if (dies('during')) return never
    const wait = { point, since: performance.now() }
    incarnation.waits.add(wait)
    try {
      const value = await answer
      return dies('after') ? never : value
    } catch (error) {
      if (dies('after')) return never
      throw error
    } finally {
      incarnation.waits.delete(wait)
    }
  }
}
