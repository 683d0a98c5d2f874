import { expect, test } from 'vitest'
import { createTurns } from './turns.ts'

test('each begins when all before it have ended, also when they failed', async () => {
  const inTurn = createTurns()
  const log: string[] = []
  const first = Promise.withResolvers<void>()
  const one = inTurn(async () => {
    log.push('one begins')
    await first.promise
    log.push('one ends')
    throw new Error('no')
  })
  const two = inTurn(async () => {
    log.push('two')
    return 2
  })
  await expect.poll(() => log).toEqual(['one begins'])
  first.resolve()
  await expect(one).rejects.toThrow('no')
  expect(await two).toBe(2)
  expect(log).toEqual(['one begins', 'one ends', 'two'])
})

test('the next one begins before whoever asked for the last one goes on to ask for more', async () => {
  const inTurn = createTurns()
  const log: number[] = []
  const say = (n: number) => async () => void log.push(n)
  const chained = inTurn(say(1)).then(() => inTurn(say(3)))
  await inTurn(say(2))
  await chained
  expect(log).toEqual([1, 2, 3])
})
