import { expect, test } from 'vitest'
import { createLoopWatch, isFurther, type Heard } from './shape-loop.ts'

const refetch: Heard = { refetch: true, from: '5_0', to: '-1', live: false, tookMs: 30 }
const idle: Heard = { refetch: false, from: '5_0', to: '5_0', live: true, tookMs: 30 }
const held: Heard = { ...idle, tookMs: 1000 }
const moved: Heard = { ...idle, to: '6_0' }

/** Takes in the same answer, so often and so far apart; the number of the one that is too much. */
function refusedAt(
  heard: Heard,
  times: number,
  everyMs: number,
  watch = createLoopWatch(),
): number {
  for (let n = 1; n <= times; n++) if (watch.isLoop(heard, n * everyMs)) return n
  return 0
}

test.each([
  ['a shape that ends every second', refetch, 1000, 4],
  ['a shape that ends every 19 seconds', refetch, 19_000, 4],
  ['a shape that ends every 20 seconds', refetch, 20_000, 0],
  ['a long poll that is not held', idle, 1, 21],
  ['a long poll that is held for less than a second', { ...idle, tookMs: 999 }, 999, 21],
  ['a long poll that is held', held, 1000, 0],
  ['an answer that goes back', { ...idle, live: false, to: '4_0' }, 10, 21],
  ['the same page without end', { ...idle, live: false }, 100, 21],
  ['news without end', moved, 1, 0],
  ['a new connection every four seconds', { ...idle, live: false }, 4000, 0],
  ['an answer without a place', { ...idle, to: null }, 10, 21],
] as const)('C35 %s', (_, heard, everyMs, refused) => {
  expect(refusedAt(heard, 200, everyMs)).toBe(refused)
})

test('C35 news in between make up for what brought nothing', () => {
  const watch = createLoopWatch()
  for (let n = 0; n < 100; n++)
    expect(watch.isLoop(n % 20 === 19 ? moved : idle, n * 10)).toBe(false)
})

test('C35 after it was noticed counting begins anew', () => {
  const watch = createLoopWatch()
  expect(refusedAt(refetch, 4, 1, watch)).toBe(4)
  expect(refusedAt(refetch, 4, 1, watch)).toBe(4)
})

test('C35 a clock that is set back hides no circle and makes none', () => {
  const watch = createLoopWatch()
  expect(watch.isLoop(refetch, 1_000_000)).toBe(false)
  for (let n = 0; n < 3; n++) expect(watch.isLoop(refetch, n)).toBe(false)
  expect(watch.isLoop(refetch, 3)).toBe(true)
})

test.each([
  ['6_0', '5_9', true],
  ['5_10', '5_9', true],
  ['5_inf', '5_9', true],
  ['5_9', '5_inf', false],
  ['5_9', '5_9', false],
  ['5_8', '5_9', false],
  ['9007199254740993_0', '9007199254740992_0', true],
  ['0_0', '-1', true],
  ['-1', '-1', false],
  ['x', 'y', true],
])('%s is further than %s: %j', (to, from, expected) => {
  expect(isFurther(to, from)).toBe(expected)
})
