import { expect, test } from 'vitest'
import { createUpdate } from './update.ts'

const hour = 3_600_000

/** A page with a service worker as a browser has it; of both only what is used. */
function createPage({ isControlled }: { isControlled: boolean }) {
  const container = Object.assign(new EventTarget(), {
    controller: (isControlled ? {} : null) as ServiceWorker | null,
    register: async () => registration as unknown as ServiceWorkerRegistration,
  })
  const registration = Object.assign(new EventTarget(), {
    waiting: null as ServiceWorker | null,
    installing: null as ServiceWorker | null,
    checks: 0,
    async update() {
      registration.checks++
    },
  })
  const said: unknown[] = []
  let reloads = 0
  let now = 0
  let see = (): void => {}
  const update = createUpdate({
    workers: container,
    now: () => now,
    seen: (told) => (see = told),
    reload: () => void reloads++,
  })
  return {
    update,
    registration,
    said,
    reloads: () => reloads,
    /** Another version is fetched and waits. */
    install() {
      const worker = Object.assign(new EventTarget(), {
        state: 'installing',
        postMessage: (message: unknown) => void said.push(message),
      })
      registration.installing = worker as unknown as ServiceWorker
      registration.dispatchEvent(new Event('updatefound'))
      worker.state = 'installed'
      worker.dispatchEvent(new Event('statechange'))
    },
    takeOver() {
      container.controller = {} as ServiceWorker
      container.dispatchEvent(new Event('controllerchange'))
    },
    lookAfter(milliseconds: number) {
      now += milliseconds
      see()
    },
    async start() {
      update.start()
      await Promise.resolve()
      await Promise.resolve()
    },
  }
}

test('a version that waits is offered, let in when she says so, and loaded once it has taken over', async () => {
  const page = createPage({ isControlled: true })
  await page.start()
  expect(page.update.get()).toBe('none')
  page.install()
  expect(page.update.get()).toBe('waiting')
  page.update.load()
  expect([page.said, page.reloads()]).toEqual([['take-over'], 0])
  page.takeOver()
  expect(page.reloads()).toBe(1)
})

test('a tab of the old version is told when another tab has let the newer one in, and is not reloaded', async () => {
  const page = createPage({ isControlled: true })
  await page.start()
  let told = 0
  page.update.subscribe(() => void told++)
  page.install()
  page.takeOver()
  expect([page.update.get(), told, page.reloads()]).toEqual(['taken', 2, 0])
  page.update.load()
  expect([page.said, page.reloads()]).toEqual([[], 1])
})

test('the first version is no newer one', async () => {
  const page = createPage({ isControlled: false })
  await page.start()
  page.install()
  page.takeOver()
  expect(page.update.get()).toBe('none')
  page.takeOver()
  expect(page.update.get()).toBe('taken')
})

test('a tab that stays open asks for a newer version when it is looked at again, once an hour', async () => {
  const page = createPage({ isControlled: true })
  await page.start()
  page.lookAfter(hour - 1)
  expect(page.registration.checks).toBe(0)
  page.lookAfter(1)
  page.lookAfter(hour / 2)
  expect(page.registration.checks).toBe(1)
  page.lookAfter(hour / 2)
  expect(page.registration.checks).toBe(2)
})
