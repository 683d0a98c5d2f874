/**
 * The grid over which a length is thought about: a typical length μ, a spread σ, and how many starts in
 * a row were not logged. Holds the one table of the model, made when it is first needed and then never
 * changed: the probability of a whole day for each σ and number of misses, by the distance from the
 * middle in quarter days. That is exact, for lengths and μ are multiples of a quarter.
 */
import { t5Below } from './student.ts'

/** Lengths go from 0 to one day less than this; longer ones are taken for the longest. */
export const lengthCount = 160
/** None, one or two starts in a row may go unlogged. */
export const missCount = 3

/** Typical lengths μ, days: 21 to 45 in steps of a quarter. */
export const typicalLengths: readonly number[] = Array.from({ length: 97 }, (_, i) => 21 + i / 4)

/** Spreads σ, days: 25 values from 0.7 to 8, evenly apart in their logarithm. */
export const spreads: readonly number[] = Array.from(
  { length: 25 },
  (_, i) => 0.7 * (8 / 0.7) ** (i / 24),
)

/** Pairs of σ and μ; a cell is the index of one, with σ outermost. */
export const cellCount = typicalLengths.length * spreads.length

const quarters = 4
/** The greatest distance is that of the longest length from the shortest typical one. */
const distanceCount = quarters * (lengthCount - 1 - typicalLengths[0]!) + 1
const entryCount = spreads.length * missCount * distanceCount
let table: Float64Array | undefined

/** Bytes of the table, once it is made. */
export const predictionTableBytes = entryCount * Float64Array.BYTES_PER_ELEMENT

/** The one made before, or made now. */
const masses = (): Float64Array => (table ??= makeTable())

function makeTable(): Float64Array {
  const entries = new Float64Array(entryCount)
  const below = new Float64Array(distanceCount + quarters)
  for (let row = 0; row < spreads.length * missCount; row++) {
    const scale = spreads[Math.floor(row / missCount)]! * Math.sqrt((row % missCount) + 1)
    for (let i = 0; i < below.length; i++) below[i] = t5Below((i / quarters - 0.5) / scale)
    for (let i = 0; i < distanceCount; i++)
      entries[row * distanceCount + i] = below[i + quarters]! - below[i]!
  }
  return entries
}

const rowStart = (cell: number, misses: number): number =>
  (Math.floor(cell / typicalLengths.length) * missCount + misses) * distanceCount

/** Where a cell expects the length when `misses` starts went unlogged, quarter days. */
const middleOf = (cell: number, misses: number): number =>
  (misses + 1) * quarters * typicalLengths[cell % typicalLengths.length]!

/** A cell, and how many starts in a row went unlogged. */
export interface Case {
  readonly cell: number
  readonly misses: number
}

/**
 * Adds to `sums`, one for each length, `weight` times its probability in a case: Student's t about
 * (misses + 1) μ with scale σ √(misses + 1), over the whole day.
 */
export function addMasses(sums: Float64Array, { cell, misses }: Case, weight: number): void {
  const entries = masses()
  const start = rowStart(cell, misses)
  const middle = middleOf(cell, misses)
  for (let length = 0; length < sums.length; length++)
    sums[length]! += weight * entries[start + Math.abs(quarters * length - middle)]!
}

/** Probability of one length in each cell, for each number of misses. */
export const massesOf = (length: number): Float64Array[] =>
  Array.from({ length: missCount }, (_, misses) => massesFor(length, misses))

function massesFor(length: number, misses: number): Float64Array {
  const entries = masses()
  const found = new Float64Array(cellCount)
  for (let cell = 0; cell < cellCount; cell += typicalLengths.length) {
    const start = rowStart(cell, misses)
    for (let i = 0; i < typicalLengths.length; i++) {
      const distance = quarters * Math.abs(length - (misses + 1) * typicalLengths[i]!)
      found[cell + i] = entries[start + distance]!
    }
  }
  return found
}
