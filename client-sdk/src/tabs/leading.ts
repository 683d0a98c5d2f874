/** The tab that works for all: answers calls, tells watchers, and forgets those whose tab is gone. */
import type { TabMessage } from './message.ts'
import type { TabLocks } from './ports.ts'

/** What one tab does for all. */
export interface TabHost {
  call(name: string, args: readonly unknown[]): Promise<unknown>
  /** Tells how something stands, now and after each change, until what it returns is called. */
  watch(topic: string, args: readonly unknown[], told: (state: unknown) => void): () => void
  /** Ends with everything durable. */
  close(): Promise<void>
}

/** The lock that a tab holds as long as it lives. */
export const lifeLock = (name: string, tab: string): string => `selene-tab/${name}/${tab}`

interface Deps {
  readonly name: string
  readonly id: string
  readonly host: TabHost
  readonly locks: TabLocks
  readonly post: (message: TabMessage) => void
  /** What an error is to another tab. */
  readonly describe: (error: unknown) => unknown
}

export function lead(deps: Deps): { hear(message: TabMessage): void; end(): void } {
  const { name, id, host, locks, post, describe } = deps
  const ending = new AbortController()
  /** Watches of each tab that has any. */
  const watches = new Map<string, Map<string, () => void>>()

  function forget(tab: string): void {
    for (const end of watches.get(tab)?.values() ?? []) end()
    watches.delete(tab)
  }

  /** A tab holds its lock until it is gone. */
  function watchesOf(tab: string): Map<string, () => void> {
    const known = watches.get(tab)
    if (known) return known
    const fresh = new Map<string, () => void>()
    watches.set(tab, fresh)
    forgetOnceGone(tab).catch(() => {}) // This tab leads no longer.
    return fresh
  }

  async function forgetOnceGone(tab: string): Promise<void> {
    const release = await locks.take(lifeLock(name, tab), ending.signal)
    release()
    forget(tab)
  }

  async function answer({ from, call, name, args }: Extract<TabMessage, { type: 'call' }>) {
    try {
      const value = await host.call(name, args)
      post({ type: 'answer', to: from, call, value })
    } catch (error) {
      post({ type: 'fault', to: from, call, fault: describe(error) })
    }
  }

  return {
    hear(message) {
      if (!('to' in message) || message.to !== id) return
      if (message.type === 'call') void answer(message)
      else if (message.type === 'watch') {
        const { from, watch, topic, args } = message
        const told = (state: unknown): void => post({ type: 'told', to: from, watch, state })
        watchesOf(from).set(watch, host.watch(topic, args, told))
      } else if (message.type === 'unwatch') {
        watches.get(message.from)?.get(message.watch)?.()
        watches.get(message.from)?.delete(message.watch)
      }
    },
    end() {
      ending.abort()
      for (const tab of watches.keys()) forget(tab)
    },
  }
}
