import { expect, test } from 'vitest'
import { foreseeAll, foreseeLast, foreseeOvulations } from './foresight.ts'

const sum = {
  name: 'sum',
  foresee: (lengths: readonly number[]) => ({ guess: lengths.reduce((a, b) => a + b, 0) }),
}
const cycles = (...lengths: number[]) =>
  lengths.map((length) => ({ length, ovulationDay: length - 14 }))

test('the last is foreseen from those before it', () => {
  expect(foreseeLast(sum, [[1, 2, 4]])).toEqual([{ guess: 3, actual: 4 }])
})

test('each with three before it is foreseen, and from those alone', () => {
  expect(foreseeAll(sum, [cycles(20, 21, 22), cycles(20, 21, 22, 23, 24)])).toEqual([
    { guess: 63, actual: 23 },
    { guess: 86, actual: 24 },
  ])
})

test('a day of ovulation that is not known is not foreseen', () => {
  const count = { name: 'count', foresee: (before: readonly unknown[]) => before.length }
  const chart = cycles(28, 28, 28, 29, 30).map((cycle, i) =>
    i === 3 ? { ...cycle, ovulationDay: undefined } : cycle,
  )
  expect(foreseeOvulations(count, [chart])).toEqual([{ guess: 4, actual: 16 }])
})
