import { expect, test } from 'vitest'
import { createTurns } from './turns.ts'

const settled = () => new Promise((resolve) => setImmediate(resolve))

test('one key waits for itself only, too many under it are told to come back, and idle keys are forgotten', async () => {
  const turns = createTurns<string>({ running: 1, waiting: 1 })
  const order: string[] = []
  const { promise: held, resolve: release } = Promise.withResolvers<void>()
  const first = turns.run('a', async () => {
    await held
    order.push('first')
  })
  const second = turns.run('a', async () => order.push('second'))
  await expect(turns.run('a', async () => order.push('third'))).rejects.toMatchObject({
    code: 'server/overloaded',
  })
  await turns.run('b', async () => order.push('other'))
  await settled()
  expect([order, turns.keys]).toEqual([['other'], 1])
  release()
  await Promise.all([first, second])
  expect([order, turns.keys]).toEqual([['other', 'first', 'second'], 0])
})

test('work that fails gives its place back', async () => {
  const turns = createTurns<string>({ running: 1, waiting: 0 })
  await expect(turns.run('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await turns.run('a', async () => turns.keys)).toBe(1)
  expect(turns.keys).toBe(0)
})
