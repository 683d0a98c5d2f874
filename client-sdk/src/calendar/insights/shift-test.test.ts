import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chanceOfHits, type ShiftCycle } from './shift-test.ts'

/** A cycle of `length` days of which the first `width` lie inside. */
const cycle = (length: number, width: number, marks: readonly number[]): ShiftCycle => ({
  inside: Array.from({ length }, (_, i) => i < width),
  marks,
})

/** The same chance by trying every turn of every cycle. */
function byTrying(cycles: readonly ShiftCycle[]): number {
  const hits = ({ inside, marks }: ShiftCycle, turn: number): number =>
    marks.filter((mark) => inside[(mark + turn) % inside.length]).length
  const seen = cycles.reduce((sum, one) => sum + hits(one, 0), 0)
  let totals = [0]
  for (const one of cycles)
    totals = totals.flatMap((sum) => one.inside.map((_, turn) => sum + hits(one, turn)))
  return totals.filter((total) => total >= seen).length / totals.length
}

const someCycle = fc.integer({ min: 2, max: 9 }).chain((length) =>
  fc.record({
    inside: fc.array(fc.boolean(), { minLength: length, maxLength: length }),
    marks: fc.uniqueArray(fc.nat(length - 1), { maxLength: length }),
  }),
)

describe('chance of hits', () => {
  test('known answers', () => {
    expect(chanceOfHits([cycle(28, 5, [2])])).toBeCloseTo(5 / 28, 12)
    expect(chanceOfHits([cycle(28, 5, [2]), cycle(28, 5, [4])])).toBeCloseTo((5 / 28) ** 2, 12)
    expect(chanceOfHits([cycle(28, 5, [0, 1, 2, 3, 4])])).toBeCloseTo(1 / 28, 12)
    expect(chanceOfHits([cycle(28, 5, [0, 1, 2])])).toBeCloseTo(3 / 28, 12)
    expect(chanceOfHits([cycle(28, 5, [20])])).toBeCloseTo(1, 12)
    expect(chanceOfHits([])).toBe(1)
    expect(chanceOfHits([cycle(28, 5, [])])).toBe(1)
  })

  test('is that of trying every turn', () => {
    fc.assert(
      fc.property(fc.array(someCycle, { maxLength: 4 }), (cycles) => {
        expect(chanceOfHits(cycles)).toBeCloseTo(byTrying(cycles), 9)
      }),
    )
  })

  test('one symptom of five days is no more than one of its days', () => {
    const long = chanceOfHits([cycle(28, 10, [3, 4, 5, 6, 7])])
    expect(long).toBeGreaterThan(chanceOfHits([cycle(28, 10, [3, 11]), cycle(28, 10, [5])]) / 2)
    expect(long).toBeCloseTo(6 / 28, 12)
  })
})
