import { expect, test } from 'vitest'
import { createRounds } from './rounds.ts'

/** Work whose rounds end when the test says so. */
function manualWork() {
  const open: (() => void)[] = []
  let begun = 0
  const work = () =>
    new Promise<void>((resolve) => {
      begun += 1
      open.push(resolve)
    })
  return { work, begun: () => begun, end: () => open.shift()!() }
}
const settle = () => new Promise<void>((resolve) => setImmediate(resolve))

test('who asks while a round runs gets a whole one after it, shared with others who ask', async () => {
  const { work, begun, end } = manualWork()
  const rounds = createRounds(work)
  const first = rounds.run()
  await settle()
  const [second, third] = [rounds.run(), rounds.run()]
  await settle()
  expect(begun()).toBe(1)
  end()
  await first
  await settle()
  expect(begun()).toBe(2)
  end()
  await Promise.all([second, third])
  void rounds.run()
  await settle()
  expect(begun()).toBe(3)
})

test('closing waits for the round that runs and begins no other', async () => {
  const { work, begun, end } = manualWork()
  const rounds = createRounds(work)
  void rounds.run()
  await settle()
  void rounds.run()
  const closed = rounds.close()
  end()
  await closed
  await rounds.run()
  expect(begun()).toBe(1)
})
