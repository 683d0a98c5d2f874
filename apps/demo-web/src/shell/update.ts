/** The service worker that keeps the app for offline use, and the new version that waits behind it. */

/** The address of the worker's file, at the root so that it sees the whole app. */
const file = '/sw.js'

/** Asks the waiting version to take over; its answer is a change of the controller. */
const takeOver = 'take-over'

let started = false
const waiting = new Set<() => void>()
let next: ServiceWorker | undefined

function offer(worker: ServiceWorker): void {
  next = worker
  for (const changed of waiting) changed()
}

function follow(registration: ServiceWorkerRegistration): void {
  if (registration.waiting && navigator.serviceWorker.controller) offer(registration.waiting)
  registration.addEventListener('updatefound', () => {
    const { installing } = registration
    installing?.addEventListener('statechange', () => {
      // Without a controller it is the first version: there is nothing to update.
      if (installing.state === 'installed' && navigator.serviceWorker.controller) offer(installing)
    })
  })
}

/** Registers the worker once; the development server has none. */
export function startServiceWorker(): void {
  if (started || import.meta.env.DEV || !('serviceWorker' in navigator)) return
  started = true
  // Without it the app works as long as the server answers.
  navigator.serviceWorker
    .register(file)
    .then(follow)
    .catch(() => {})
}

/** Whether a newer version waits; fits `useSyncExternalStore`. */
export const newerVersion = {
  get: (): boolean => next !== undefined,
  subscribe(changed: () => void): () => void {
    waiting.add(changed)
    return () => void waiting.delete(changed)
  },
}

/** Lets the newer version take over and loads it. */
export function updateNow(): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), {
    once: true,
  })
  next?.postMessage(takeOver)
}
