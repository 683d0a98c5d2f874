import { expect, test } from 'vitest'
import { createBatch } from './batch.ts'

function controlled() {
  const loads: {
    keys: readonly string[]
    end: PromiseWithResolvers<ReadonlyMap<string, string>>
  }[] = []
  const ask = createBatch<string>((keys) => {
    const end = Promise.withResolvers<ReadonlyMap<string, string>>()
    loads.push({ keys, end })
    return end.promise
  }, 3)
  const finish = (index: number): void => {
    const { keys, end } = loads[index]!
    end.resolve(new Map(keys.filter((key) => key !== 'none').map((key) => [key, `${key}!`])))
  }
  return { loads, ask, finish }
}

test('who asks while a load runs is answered by the next, all at once, each key asked for once', async () => {
  const { loads, ask, finish } = controlled()
  const first = ask('a')
  const later = [ask('b'), ask('b'), ask('none')]
  expect(loads.map(({ keys }) => keys)).toEqual([['a']])
  finish(0)
  expect(await first).toBe('a!')
  expect(loads[1]!.keys).toEqual(['b', 'none'])
  finish(1)
  expect(await Promise.all(later)).toEqual(['b!', 'b!', undefined])
})

test('a load takes no more callers than it may, and one that fails fails only those', async () => {
  const { loads, ask, finish } = controlled()
  const first = ask('a')
  const second = [1, 2, 3].map((n) => ask(`b${n}`))
  const third = ask('c')
  loads[0]!.end.reject(new RangeError('gone'))
  await expect(first).rejects.toThrow(RangeError)
  finish(1)
  expect(await Promise.all(second)).toEqual(['b1!', 'b2!', 'b3!'])
  finish(2)
  expect(await third).toBe('c!')
})
