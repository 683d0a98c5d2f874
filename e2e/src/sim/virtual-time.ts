/**
 * Time of a simulation in this process: it stands still while anything is being done, and goes to the next timer when
 * nothing is. A busy machine makes no deadline shorter, waiting costs nothing, and with seeded choices things
 * happen mostly in the same order each time. Whatever here asks for the time or for a timer gets these: devices, their server,
 * and the databases of both.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { workWithoutThreads } from './without-threads.ts'

export interface VirtualTime {
  /**
   * Lets time go on until `work` is done.
   * @throws Error when nothing is left to happen, or after `longestMs` of this time that were not skipped.
   */
  live<T>(work: () => Promise<T>, longestMs: number): Promise<T>
  /** So much passes in which nothing runs, as when everybody's device sleeps. */
  skip(ms: number): void
  /** Milliseconds since it began, but for those that were skipped. */
  elapsed(): number
  /** Gives this process its own time back; what still waits for this one waits for ever. */
  end(): void
}

interface Timer {
  at: number
  readonly every: number | undefined
  readonly due: () => void
}

/** Turns of the event loop in which something may still be on its way, until nothing is. */
const quietTurns = 4
const msOf = (ms: number | undefined): number => Math.max(1, ms ?? 0)

/** Waits by whatever timers this process has now. */
export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms))

const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve))

type Due = (...given: unknown[]) => void

/** What code gets in place of Node's own handle. */
interface Handle {
  readonly timer: Timer
  ref(): Handle
  unref(): Handle
}

function createHandle(timer: Timer): Handle {
  const handle: Handle = { timer, ref: () => handle, unref: () => handle }
  return handle
}

/** Puts others in place of parts of the process; what it returns puts them back. */
function replaceGlobals(now: () => number, timers: object, chance: () => number): () => void {
  const real = { setTimeout, setInterval, clearTimeout, clearInterval }
  const [date, random, { timeout }] = [Date.now, Math.random, AbortSignal]
  const began = now()
  Object.assign(globalThis, timers)
  Date.now = () => Math.floor(now())
  performance.now = () => now() - began
  Math.random = chance
  AbortSignal.timeout = (ms) => {
    const late = new AbortController()
    setTimeout(() => late.abort(new DOMException('The time is up', 'TimeoutError')), ms)
    return late.signal
  }
  return () => {
    Object.assign(globalThis, real)
    Date.now = date
    Reflect.deleteProperty(performance, 'now')
    Math.random = random
    AbortSignal.timeout = timeout
  }
}

/** @param began Milliseconds since 1970. @param chance In place of `Math.random`. */
export function beginVirtualTime(began: number, chance: () => number): VirtualTime {
  const timers = new Set<Timer>()
  let now = began
  let skipped = 0

  function add(ms: number, due: () => void, every?: number): Handle {
    const timer = { at: now + ms, every, due: AsyncLocalStorage.bind(due) }
    timers.add(timer)
    return createHandle(timer)
  }
  const remove = (handle: Handle | undefined): void => {
    if (handle) timers.delete(handle.timer)
  }
  const giveBack = [
    workWithoutThreads(),
    replaceGlobals(
      () => now,
      {
        setTimeout: (due: Due, ms?: number, ...given: unknown[]) =>
          add(msOf(ms), () => due(...given)),
        setInterval: (due: Due, ms?: number, ...given: unknown[]) =>
          add(msOf(ms), () => due(...given), msOf(ms)),
        clearTimeout: remove,
        clearInterval: remove,
      },
      chance,
    ),
  ]

  /** To the next timer; false when there is none. */
  function step(): boolean {
    let next: Timer | undefined
    for (const timer of timers) if (!next || timer.at < next.at) next = timer
    if (!next) return false
    now = Math.max(now, next.at)
    if (next.every === undefined) timers.delete(next)
    else next.at = now + next.every
    next.due()
    return true
  }

  return {
    async live(work, longestMs) {
      const ends = now - skipped + longestMs
      let done = false
      const worked = work().finally(() => (done = true))
      worked.catch(() => {}) // It is the answer, or it comes too late.
      for (;;) {
        for (let quiet = 0; quiet < quietTurns; quiet++) await turn()
        if (done) return worked
        if (now - skipped > ends) throw new Error(`no end after ${longestMs} ms`)
        if (!step()) throw new Error('nothing is left to happen')
      }
    },
    skip(ms) {
      now += ms
      skipped += ms
    },
    elapsed: () => now - skipped - began,
    end() {
      for (const back of giveBack) back()
    },
  }
}
