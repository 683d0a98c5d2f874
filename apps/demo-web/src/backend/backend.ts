/**
 * The page's end of the worker: calls, and live values as stores for `useSyncExternalStore`. A value
 * that was known stays shown while it is asked for again.
 */
import { wrap, type Remote } from 'comlink'
import type { Facade, Topic, Topics, Watched } from '../worker/facade.ts'
import { faultOf } from '../worker/fault.ts'
import { transferFaults } from '../worker/fault-transfer.ts'
import { callback } from '../worker/topics.ts'

/** A live value of the worker. */
export interface Watching<T> {
  get(): Watched<T>
  subscribe(changed: () => void): () => void
}

export interface Backend {
  readonly calls: Remote<Facade>
  live<T extends Topic>(topic: T, ...args: Topics[T]['args']): Watching<Topics[T]['value']>
}

const loading = { status: 'loading' } as const

export function connectBackend(worker: Worker): Backend {
  transferFaults(faultOf)
  const calls = wrap<Facade>(worker)
  const stores = new Map<string, Watching<unknown>>()
  let watches = 0

  function createStore<T extends Topic>(
    topic: T,
    args: Topics[T]['args'],
  ): Watching<Topics[T]['value']> {
    let state: Watched<Topics[T]['value']> = loading
    const listeners = new Set<() => void>()
    let id: number | undefined

    function start(): void {
      id = ++watches
      const mine = id
      const told = (next: Watched<Topics[T]['value']>): void => {
        if (mine !== id || (next.status === 'loading' && state.status === 'ready')) return
        state = next
        for (const changed of listeners) changed()
      }
      // What comlink makes of a generic call has lost its parameter.
      const watch = calls.watch as Facade['watch']
      void watch<T>({ id, topic, args }, callback(told))
    }

    function stop(): void {
      if (id !== undefined) void calls.unwatch(id)
      id = undefined
    }

    return {
      get: () => state,
      subscribe(changed) {
        if (listeners.size === 0) start()
        listeners.add(changed)
        return () => {
          if (listeners.delete(changed) && listeners.size === 0) stop()
        }
      },
    }
  }

  return {
    calls,
    live<T extends Topic>(topic: T, ...args: Topics[T]['args']) {
      const key = JSON.stringify([topic, ...args])
      const known = stores.get(key) as Watching<Topics[T]['value']> | undefined
      const store = known ?? createStore(topic, args)
      if (!known) stores.set(key, store)
      return store
    },
  }
}
