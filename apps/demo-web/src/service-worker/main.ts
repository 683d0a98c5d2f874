/**
 * Keeps the app's own files, so that it opens with no network. It never touches the API: answers about
 * people are in no cache. A new version waits until she asks for it, or no page of the old one is open.
 */
declare const self: ServiceWorkerGlobalScope
/** Paths of all files of this version, and a name for their content; the build puts them in. */
declare const SHELL_FILES: readonly string[]
declare const SHELL_VERSION: string

const prefix = 'shell-'
const cacheName = prefix + SHELL_VERSION
const page = '/'
const files = new Set(SHELL_FILES)

/** Files with a hash in their name never change, so an older version's copy is as good. */
async function fill(cache: Cache): Promise<void> {
  await Promise.all(
    SHELL_FILES.map(async (path) => {
      const isHashed = path.startsWith('/assets/')
      const kept = isHashed ? await caches.match(path, { ignoreVary: true }) : undefined
      if (kept) await cache.put(path, kept)
      else await cache.add(new Request(path, { cache: isHashed ? 'default' : 'reload' }))
    }),
  )
}

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(cacheName).then(fill))
})

async function activate(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== cacheName)
  await Promise.all(old.map((name) => caches.delete(name)))
  await self.clients.claim()
}

self.addEventListener('activate', (event) => {
  event.waitUntil(activate())
})

self.addEventListener('message', (event) => {
  if (event.data === 'take-over') void self.skipWaiting()
})

async function answer(request: Request, path: string): Promise<Response> {
  const kept = await caches.match(path, { cacheName, ignoreVary: true })
  return kept ?? fetch(request)
}

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  const path = request.mode === 'navigate' && url.pathname === page ? page : url.pathname
  if (files.has(path)) event.respondWith(answer(request, path))
})
