import { expect, test } from 'vitest'
import { coalesce } from './coalesce.ts'

/** A task that runs until the test lets it end. */
function controlled() {
  const ends: PromiseWithResolvers<number>[] = []
  const run = coalesce(() => {
    const end = Promise.withResolvers<number>()
    ends.push(end)
    return end.promise
  })
  return { run, ends }
}

test('callers during a run share the next one, never the one under way', async () => {
  const { run, ends } = controlled()
  const first = run()
  const second = run()
  const third = run()
  expect(ends).toHaveLength(1)
  ends[0]!.resolve(1)
  expect(await first).toBe(1)
  await Promise.resolve()
  expect(ends).toHaveLength(2)
  ends[1]!.resolve(2)
  expect(await Promise.all([second, third])).toEqual([2, 2])
})

test('a run that fails fails its own callers only', async () => {
  const { run, ends } = controlled()
  const first = run()
  const second = run()
  ends[0]!.reject(new RangeError('first'))
  await expect(first).rejects.toThrow('first')
  ends[1]!.resolve(2)
  expect(await second).toBe(2)
  const third = run()
  ends[2]!.resolve(3)
  expect(await third).toBe(3)
})
