/**
 * The page's end of the worker: calls by name, and live values as stores for `useSyncExternalStore`. A value
 * that was known stays shown while it is asked for again, until it is said to be gone.
 */
import { proxy, wrap, type Remote } from 'comlink'
import type { Facade, TabApi } from '../worker/facade.ts'
import type { Topic, Topics, Watched } from '../worker/watched.ts'
import { faultOf } from '../worker/fault.ts'
import { transferFaults } from '../worker/fault-transfer.ts'

/** A live value of the worker. */
export interface Watching<T> {
  get(): Watched<T>
  subscribe(changed: () => void): () => void
}

export interface Backend {
  readonly calls: Facade
  live<T extends Topic>(topic: T, ...args: Topics[T]['args']): Watching<Topics[T]['value']>
  /** Lets go of what is kept of values that nobody looks at. */
  forget(): void
  readonly strength: TabApi['strength']
}

const loading = { status: 'loading' } as const

/** Calls by their name, whatever it is: the types say which there are. */
function callsOf(tab: Remote<TabApi>): Facade {
  const known = new Map<string | symbol, unknown>()
  return new Proxy({} as Facade, {
    get(_, name) {
      if (!known.has(name))
        known.set(name, (...args: unknown[]) => tab.call(name as keyof Facade, args))
      return known.get(name)
    },
  })
}

interface Store extends Watching<unknown> {
  readonly isWatched: () => boolean
}

export function connectBackend(worker: Worker): Backend {
  transferFaults(faultOf)
  const tab = wrap<TabApi>(worker)
  const stores = new Map<string, Store>()
  let watches = 0

  function createStore(topic: Topic, args: readonly unknown[]): Store {
    let state: Watched<unknown> = loading
    const listeners = new Set<() => void>()
    let id: number | undefined

    function start(): void {
      id = ++watches
      const mine = id
      function told(next: Watched<unknown>): void {
        if (mine !== id) return
        state = next
        for (const changed of listeners) changed()
      }
      void tab.watch({ id, topic, args }, proxy(told))
    }

    function stop(): void {
      if (id !== undefined) void tab.unwatch(id)
      id = undefined
    }

    return {
      get: () => state,
      isWatched: () => listeners.size > 0,
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
    calls: callsOf(tab),
    strength: (passphrase) => tab.strength(passphrase),
    live<T extends Topic>(topic: T, ...args: Topics[T]['args']) {
      const key = JSON.stringify([topic, ...args])
      const store = stores.get(key) ?? createStore(topic, args)
      stores.set(key, store)
      return store as Watching<Topics[T]['value']>
    },
    forget() {
      for (const [key, store] of stores) if (!store.isWatched()) stores.delete(key)
    },
  }
}
