import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPageSpace, pageOf, runPages, runsFor } from './page-runs.ts'

test('runs hold 4, 4, 8, 16 … pages', () => {
  expect([0, 1, 2, 3, 4].map(runPages)).toEqual([4, 4, 8, 16, 32])
  expect([0, 1, 4, 5, 8, 9, 16, 17, 131_072].map(runsFor)).toEqual([0, 1, 1, 2, 2, 3, 3, 4, 16])
})

test('every block of a file has a page of its own, in its runs and in order', () => {
  const runs = [100, 200, 304, 512]
  const pages = Array.from({ length: 32 }, (_, block) => pageOf(runs, block))
  const fromTo = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i)
  expect(pages).toEqual(
    [
      [100, 104],
      [200, 204],
      [304, 312],
      [512, 528],
    ].flatMap(([from, to]) => fromTo(from!, to!)),
  )
  expect(pageOf(runs, 32)).toBeUndefined()
})

const orders = fc.integer({ min: 2, max: 10 })
const steps = fc.array(fc.oneof(orders, fc.constant('release' as const)), { maxLength: 200 })

/** Takes and releases runs as told; gives those that are taken in the end. */
function play(space: ReturnType<typeof createPageSpace>, list: readonly (number | 'release')[]) {
  const taken: [number, number][] = []
  for (const step of list) {
    if (step === 'release') {
      const [run] = taken.splice(Math.floor(taken.length / 2), 1)
      if (run) space.release(...run)
    } else taken.push([space.take(2 ** step), 2 ** step])
  }
  return taken
}

function expectApart(taken: readonly (readonly [number, number])[]): void {
  const sorted = taken.toSorted(([a], [b]) => a - b)
  for (const [i, [start, pages]] of sorted.entries()) {
    expect(start % pages).toBe(0)
    const next = sorted[i + 1]
    if (next) expect(start + pages).toBeLessThanOrEqual(next[0])
  }
}

test('runs never overlap, lie at multiples of their length, and are used again', () => {
  fc.assert(
    fc.property(steps, (list) => {
      const space = createPageSpace()
      const taken = play(space, list)
      expectApart(taken)
      const { end } = space
      for (const run of taken) space.release(...run)
      // Everything is free again, in one piece.
      if (end > 0) space.take(2 ** Math.floor(Math.log2(end)))
      expect(space.end).toBe(end)
    }),
  )
})

test('the space that is left is found again from the runs in use', () => {
  fc.assert(
    fc.property(steps, steps, (before, after) => {
      const used = play(createPageSpace(), before)
      expectApart([...used, ...play(createPageSpace(used), after)])
    }),
  )
})
