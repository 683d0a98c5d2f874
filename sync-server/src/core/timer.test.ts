import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { systemTimer } from './timer.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('S67 work comes round until it is cancelled', async () => {
  let rounds = 0
  const cancel = systemTimer.every(100, async () => void (rounds += 1))
  await vi.advanceTimersByTimeAsync(350)
  expect(rounds).toBe(3)
  cancel()
  await vi.advanceTimersByTimeAsync(350)
  expect(rounds).toBe(3)
})

test('it does not start again while it still runs', async () => {
  const held: (() => void)[] = []
  const cancel = systemTimer.every(100, () => new Promise((resolve) => held.push(resolve)))
  await vi.advanceTimersByTimeAsync(350)
  expect(held).toHaveLength(1)
  held[0]!()
  await vi.advanceTimersByTimeAsync(100)
  expect(held).toHaveLength(2)
  cancel()
})
