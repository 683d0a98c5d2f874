/** What tabs need of the browser: locks that end with their tab, and a channel that all tabs hear. */

export interface TabLocks {
  /**
   * Waits for the lock of that name and returns what releases it. It is released too when the tab is
   * closed or dies. Aborting gives up waiting; the promise then rejects.
   */
  take(name: string, signal: AbortSignal): Promise<() => void>
}

export interface TabChannel {
  /** Tells all other tabs; what is posted is copied by structured clone. */
  post(message: unknown): void
  subscribe(heard: (message: unknown) => void): () => void
  close(): void
}

/** Web Locks (W3C), which are let go when their agent is gone. */
export const browserTabLocks: TabLocks = {
  take: (name, signal) =>
    new Promise((resolve, reject) => {
      navigator.locks
        .request(name, { signal }, () => new Promise<void>((release) => resolve(release)))
        .catch(reject)
    }),
}

export function browserTabChannel(name: string): TabChannel {
  const channel = new BroadcastChannel(name)
  return {
    post: (message) => channel.postMessage(message),
    subscribe(heard) {
      const listen = (event: MessageEvent): void => heard(event.data)
      channel.addEventListener('message', listen)
      return () => channel.removeEventListener('message', listen)
    },
    close: () => channel.close(),
  }
}
