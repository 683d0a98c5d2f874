/** Asks a simulated process for something, across its deaths. */
import { Problem } from '@selene/client-sdk'
import { ask, isKilled, type Incarnation } from '../kill/incarnation.ts'
import { pause } from './virtual-time.ts'

export interface Asking<T> {
  /** Asks the running process; rejects when that dies before it answers ({@link isKilled}). */
  try<R>(act: (running: T) => Promise<R>): Promise<R>
  /** Asks again after each death and each passing fault, until there is an answer. */
  insist<R>(act: (running: T) => Promise<R>): Promise<R>
}

/** Before it is asked again. */
const pauseMs = 20
const isWorthRetrying = (error: unknown): boolean =>
  error instanceof Problem && error.remedy === 'retry'

export function createAsking<T>(process: {
  life(): Incarnation
  running(): Promise<T>
}): Asking<T> {
  async function tryAct<R>(act: (running: T) => Promise<R>): Promise<R> {
    // Asked of the life that was there before: one that ends meanwhile is not mistaken for the next.
    const life = process.life()
    const running = await process.running()
    return ask(life, () => act(running))
  }
  return {
    try: tryAct,
    async insist(act) {
      for (;;)
        try {
          return await tryAct(act)
        } catch (error) {
          if (!isKilled(error) && !isWorthRetrying(error)) throw error
          await pause(pauseMs)
        }
    },
  }
}
