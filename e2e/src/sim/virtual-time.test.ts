import { AsyncLocalStorage } from 'node:async_hooks'
import { expect, test } from 'vitest'
import { beginVirtualTime, pause, type VirtualTime } from './virtual-time.ts'

const began = Date.UTC(2026, 0, 1)

async function inVirtualTime<T>(work: (time: VirtualTime) => Promise<T>, longestMs = 1e9) {
  const time = beginVirtualTime(began, () => 0.5)
  try {
    return await time.live(() => work(time), longestMs)
  } finally {
    time.end()
  }
}

test('waiting takes no time, and timers come in the order of their times', async () => {
  const order = await inVirtualTime(async () => {
    const seen: string[] = []
    const note = async (ms: number): Promise<void> => {
      await pause(ms)
      seen.push(`${ms} ${Date.now() - began} ${performance.now()}`)
    }
    const ticking = setInterval(() => seen.push('tick'), 2_000_000)
    await Promise.all([note(86_400_000), note(5), note(3_600_000), note(5)])
    clearInterval(ticking)
    return seen.filter((one, i) => one !== 'tick' || i < 4)
  })
  expect(order).toEqual([
    '5 5 5',
    '5 5 5',
    'tick',
    '3600000 3600000 3600000',
    '86400000 86400000 86400000',
  ])
})

test('what is done at once is done before time goes on', async () => {
  const wentOn = await inVirtualTime(async () => {
    let timeWentOn = false
    setTimeout(() => (timeWentOn = true), 1)
    for (let i = 0; i < 1_000; i++) await Promise.resolve()
    await new Promise((resolve) => void setImmediate(resolve))
    return timeWentOn
  })
  expect(wentOn).toBe(false)
})

test('a timer belongs to whoever set it', async () => {
  const whose = new AsyncLocalStorage<string>()
  const heard = await inVirtualTime(
    () =>
      new Promise<unknown>((resolve) =>
        whose.run('phone', () => setTimeout(() => resolve(whose.getStore()), 9)),
      ),
  )
  expect(heard).toBe('phone')
})

test('what was due while nothing ran comes late, and does not count as time', async () => {
  const [late, elapsed] = await inVirtualTime(async (time) => {
    const due = new Promise<number>((resolve) => setTimeout(() => resolve(Date.now() - began), 10))
    await pause(5)
    time.skip(86_400_000)
    return [await due, time.elapsed()]
  }, 60_000)
  expect([late, elapsed]).toEqual([86_400_005, 5])
})

test('a world in which nothing can happen any more, or without end, is a failure', async () => {
  await expect(inVirtualTime(() => new Promise(() => {}))).rejects.toThrow(
    'nothing is left to happen',
  )
  const endless = async (): Promise<void> => {
    for (;;) await pause(1_000)
  }
  await expect(inVirtualTime(endless, 60_000)).rejects.toThrow('no end after 60000 ms')
})

test('afterwards the process has its own time', async () => {
  const own = { setTimeout, setInterval, clearTimeout, clearInterval }
  const [now, random] = [Date.now, Math.random]
  await inVirtualTime(() => pause(1))
  expect({ setTimeout, setInterval, clearTimeout, clearInterval }).toEqual(own)
  expect([Date.now, Math.random]).toEqual([now, random])
  expect(performance.now).toBe(Object.getPrototypeOf(performance).now)
})
