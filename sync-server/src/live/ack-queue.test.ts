import type { VaultId } from '@selene/shapes'
import { expect, test } from 'vitest'
import { createAckQueue } from './ack-queue.ts'

const account = 'account' as VaultId

test('S61 acknowledgements are stored in the order they came, one at a time, none twice', async () => {
  const stored: number[] = []
  let running = 0
  const queue = createAckQueue({
    account,
    inbox: {
      async ack(_, id) {
        running += 1
        expect(running).toBe(1)
        await Promise.resolve()
        running -= 1
        stored.push(id)
      },
    },
    failed: (error) => expect.unreachable(String(error)),
  })
  for (const id of [5, 3, 3, 9]) expect(queue.add(id)).toBe(true)
  await queue.idle()
  expect(queue.add(4)).toBe(true)
  await queue.idle()
  expect(stored).toEqual([5, 3, 9, 4])
})

test('S65 more than a thousand that wait are too many', async () => {
  const held = Promise.withResolvers<void>()
  let stored = 0
  const queue = createAckQueue({
    account,
    inbox: {
      async ack() {
        await held.promise
        stored += 1
      },
    },
    failed: () => {},
  })
  for (let id = 1; id <= 1000; id += 1) expect(queue.add(id)).toBe(true)
  expect(queue.add(1001)).toBe(false)
  held.resolve()
  await queue.idle()
  expect(stored).toBe(1000)
})

test('a fault is told, and what waited is left to the next connection', async () => {
  const failures: unknown[] = []
  const fault = new Error('gone')
  const queue = createAckQueue({
    account,
    inbox: { ack: () => Promise.reject(fault) },
    failed: (error) => failures.push(error),
  })
  queue.add(1)
  queue.add(2)
  await queue.idle()
  expect(failures).toEqual([fault])
})
