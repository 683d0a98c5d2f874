/**
 * The service worker that keeps the app for offline use, and the newer version of the app: one that waits behind it, or
 * one that another tab has let in. Nothing is reloaded by itself: she may be writing.
 */

/** The address of the worker's file, at the root so that it sees the whole app. */
const file = '/sw.js'

/** Asks the waiting version to take over; its answer is a change of the controller. */
const takeOver = 'take-over'

/** A tab may stay open for weeks: it asks for a newer version when she comes back to it, at most as often. */
const betweenChecksMilliseconds = 3_600_000

/** `waiting`: it can be let in. `taken`: it runs in other tabs, and this one is the old one. */
export type NewerVersion = 'none' | 'waiting' | 'taken'

interface Page {
  readonly workers: Pick<ServiceWorkerContainer, 'controller' | 'register' | 'addEventListener'>
  now(): number
  /** Tells when the page comes into sight. */
  seen(told: () => void): void
  reload(): void
}

export interface Update {
  /** Registers the worker once. */
  start(): void
  /** Fits `useSyncExternalStore`, like {@link Update.subscribe}. */
  get(): NewerVersion
  subscribe(changed: () => void): () => void
  /** Loads the newer version, letting it in first where it waits. */
  load(): void
}

export function createUpdate({ workers, now, seen, reload }: Page): Update {
  const listeners = new Set<() => void>()
  let state: NewerVersion = 'none'
  let next: ServiceWorker | undefined
  let isStarted = false
  let isLoading = false
  let checkedAt = now()

  function set(changed: NewerVersion): void {
    state = changed
    for (const told of listeners) told()
  }

  function offer(worker: ServiceWorker): void {
    next = worker
    set('waiting')
  }

  function follow(registration: ServiceWorkerRegistration): void {
    if (registration.waiting && workers.controller) offer(registration.waiting)
    registration.addEventListener('updatefound', () => {
      const { installing } = registration
      installing?.addEventListener('statechange', () => {
        // Without a controller it is the first version: there is nothing to update.
        if (installing.state === 'installed' && workers.controller) offer(installing)
      })
    })
    seen(() => {
      if (now() - checkedAt < betweenChecksMilliseconds) return
      checkedAt = now()
      // Without a network there is no newer version to be had.
      registration.update().catch(() => {})
    })
  }

  function followTakeovers(): void {
    let isControlled = workers.controller !== null
    workers.addEventListener('controllerchange', () => {
      if (isLoading) reload()
      // The first version takes over a page that it fits.
      else if (isControlled) set('taken')
      isControlled = true
    })
  }

  return {
    start() {
      if (isStarted) return
      isStarted = true
      followTakeovers()
      // Without it the app works as long as the server answers.
      workers
        .register(file)
        .then(follow)
        .catch(() => {})
    },
    get: () => state,
    subscribe(changed) {
      listeners.add(changed)
      return () => void listeners.delete(changed)
    },
    load() {
      if (state === 'taken') return reload()
      isLoading = true
      next?.postMessage(takeOver)
    },
  }
}

const never: Update = { start() {}, get: () => 'none', subscribe: () => () => {}, load() {} }

/** That of this page; the development server has none. */
export const update: Update =
  import.meta.env.DEV || !('serviceWorker' in navigator)
    ? never
    : createUpdate({
        workers: navigator.serviceWorker,
        now: () => performance.now(),
        seen: (told) =>
          document.addEventListener('visibilitychange', () => {
            if (document.visibilityState === 'visible') told()
          }),
        reload: () => location.reload(),
      })
