/**
 * A value that changes. `get` and `subscribe` fit React's `useSyncExternalStore` as they are, and a
 * live value can be iterated with `for await`. Reading starts with the first subscriber and stops
 * after the last; what nobody watches is not known, so the next first subscriber starts at `loading`.
 */
import type { Problem } from '@selene/shapes'
import { asProblem } from './problem.ts'
import { createSignal, type Signal } from './signal.ts'

export type LiveState<T> =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly value: T }
  | { readonly status: 'failed'; readonly problem: Problem }

export interface Live<T> extends AsyncIterable<T> {
  get(): LiveState<T>
  subscribe(changed: () => void): () => void
}

const loading = { status: 'loading' } as const
const nothing = (): void => {}

const printable = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? String(value) : value

/** Runs `read` at the first subscriber and again after each signal; equal results do not notify. */
export function createLive<T>(read: () => Promise<T>, changes: Signal): Live<T> {
  const own = createSignal()
  let state: LiveState<T> = loading
  let printed = ''
  let subscribers = 0
  let stop = nothing
  let reading = false
  let stale = false
  /** Counts the times that watching has ended: what was read for an earlier time may be outdated. */
  let round = 0

  function settle(next: LiveState<T>, readFor: number): void {
    if (readFor !== round) return
    const text = JSON.stringify(next.status === 'failed' ? next.problem.code : next, printable)
    if (next.status === state.status && text === printed) return
    state = next
    printed = text
    own.emit()
  }

  const isWatched = (): boolean => subscribers > 0

  async function refresh(): Promise<void> {
    stale = true
    if (reading) return
    reading = true
    while (stale && isWatched()) {
      stale = false
      const current = round
      try {
        settle({ status: 'ready', value: await read() }, current)
      } catch (error) {
        settle({ status: 'failed', problem: asProblem(error) }, current)
      }
    }
    reading = false
  }

  function unwatch(): void {
    stop()
    round += 1
    state = loading
    printed = ''
  }

  const live: Live<T> = {
    get: () => state,
    subscribe(changed) {
      const end = own.subscribe(changed)
      if (++subscribers === 1) {
        stop = changes.subscribe(() => void refresh())
        void refresh()
      }
      return once(() => {
        end()
        if (--subscribers === 0) unwatch()
      })
    },
    [Symbol.asyncIterator]: () => iterate(live),
  }
  return live
}

/** The live value of a part that is loaded when somebody first watches it; while that fails, it is `failed`. */
export function createLateLive<T>(load: () => Promise<Live<T>>): Live<T> {
  let state: LiveState<T> = loading
  let found: Live<T> | undefined

  async function find(): Promise<void> {
    try {
      found = await load()
    } catch (error) {
      state = { status: 'failed', problem: asProblem(error) }
    }
  }

  function subscribe(changed: () => void): () => void {
    if (found) return found.subscribe(changed)
    let end = nothing
    let isOver = false
    async function watch(): Promise<void> {
      await find()
      if (isOver) return
      end = found?.subscribe(changed) ?? nothing
      changed()
    }
    void watch()
    return once(() => {
      isOver = true
      end()
    })
  }

  const live: Live<T> = {
    get: () => found?.get() ?? state,
    subscribe,
    [Symbol.asyncIterator]: () => iterate(live),
  }
  return live
}

/** A live value that its owner sets; never loading. */
export function createLiveValue<T>(initial: T): { live: Live<T>; set(value: T): void; value(): T } {
  const changes = createSignal()
  let value = initial
  const live: Live<T> = {
    get: () => ({ status: 'ready', value }),
    subscribe: changes.subscribe,
    [Symbol.asyncIterator]: () => iterate(live),
  }
  return {
    live,
    value: () => value,
    set(next) {
      if (JSON.stringify(next) === JSON.stringify(value)) return
      value = next
      changes.emit()
    },
  }
}

/**
 * Resolves with the first value that fulfils the condition.
 * @throws {@link Problem} when the live value fails first.
 */
export function until<T>(live: Live<T>, holds: (value: T) => boolean): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = live.subscribe(look)
    let done = false
    function look(): void {
      const state = live.get()
      if (done || state.status === 'loading') return
      if (state.status === 'failed') reject(state.problem)
      else if (holds(state.value)) resolve(state.value)
      else return
      done = true
      queueMicrotask(() => end())
    }
    look()
  })
}

async function* iterate<T>(live: Live<T>): AsyncGenerator<T, void, undefined> {
  let wake = nothing
  let changed = true
  const end = live.subscribe(() => {
    changed = true
    wake()
  })
  try {
    for (;;) {
      const state = live.get()
      if (changed && state.status === 'failed') throw state.problem
      if (changed && state.status === 'ready') {
        changed = false
        yield state.value
        continue
      }
      changed = false
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  } finally {
    end()
  }
}

function once(act: () => void): () => void {
  let done = false
  return () => {
    if (done) return
    done = true
    act()
  }
}
