import { expect, test } from 'vitest'
import { createSemaphore } from './semaphore.ts'

/** Work that ends when the test says so. */
function held() {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  return { work: () => promise, end: resolve, fail: reject }
}

test('two run, some wait their turn, and the next is told to come back', async () => {
  const semaphore = createSemaphore({ running: 2, waiting: 1 })
  const [first, second, third] = [held(), held(), held()]
  let thirdStarted = false
  const runs = [semaphore.run(first.work), semaphore.run(second.work)]
  const waiting = semaphore.run(() => {
    thirdStarted = true
    return third.work()
  })
  await expect(semaphore.run(held().work)).rejects.toMatchObject({
    code: 'server/overloaded',
    retryAfterSeconds: 1,
  })
  expect(thirdStarted).toBe(false)
  first.end('first')
  expect(await runs[0]).toBe('first')
  third.end('third')
  expect(await waiting).toBe('third')
  second.end('second')
  await runs[1]
})

test('a place is free again after a failure', async () => {
  const semaphore = createSemaphore({ running: 1, waiting: 0 })
  await expect(semaphore.run(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed')
  expect(await semaphore.run(async () => 'ran')).toBe('ran')
})
