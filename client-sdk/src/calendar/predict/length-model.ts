/**
 * How long a cycle will be, from the lengths before it: a probability for each length, and for each
 * logged length the probability that a start was missed in it.
 */
import { addMasses, lengthCount, massesOf, missCount, typicalLengths } from './grid.ts'
import { add, medianOf, normalise, type Masses } from './masses.ts'
import { weighGrid, type LengthMasses, type Posterior, type ShareWeights } from './posterior.ts'
import type { LengthPriors } from './priors.ts'

/** One of the people she may be: of one typical length, to the day. */
export interface Rhythm {
  /** Probability that she is this one and has that length, by how many starts are missed in it. */
  readonly byMisses: readonly Masses[]
  /** Share of starts that this one does not log. */
  readonly missing: number
}

export interface LengthForecast {
  /** Probability of each length from one logged start to the next, from 0 to 159 days; the sum is 1. */
  readonly lengths: Masses
  /** The same, apart by typical length and by misses; all together sum to 1. */
  readonly rhythms: readonly Rhythm[]
  /** Median length of a cycle in which no start is missed, days with their fraction. */
  readonly typical: number
  /** For each length given, the probability that at least one start in it was not logged. */
  readonly missed: readonly number[]
}

/** So many of the latest lengths are used. */
const windowLength = 12

/** The longest length of the grid stands for all beyond it. */
const clampLength = (length: number): number => Math.min(length, lengthCount - 1)

/** What weighs less than this shows in no probability. */
const negligible = 1e-10

/** Forecasts the next length from those before it, days, the oldest first; the last twelve are used. */
export function forecastLength(lengths: readonly number[], priors: LengthPriors): LengthForecast {
  const used = lengths.slice(-windowLength).map(clampLength)
  const massesByLength = new Map([...new Set(used)].map((length) => [length, massesOf(length)]))
  const masses = used.map((length) => massesByLength.get(length)!)
  const posterior = weighGrid(masses, priors)
  const rhythms = rhythmsOf(posterior)
  const byMisses = Array.from({ length: missCount }, (_, misses) =>
    add(rhythms.map((rhythm) => rhythm.byMisses[misses]!)),
  )
  const older = lengths.slice(0, lengths.length - used.length).map(clampLength)
  return {
    lengths: normalise(add(byMisses)),
    rhythms,
    typical: medianOf(normalise(byMisses[0]!)),
    missed: [
      ...older.map((length) => missedInOlder(byMisses, length)),
      ...masses.map((ofLength) => missedInUsed(posterior, ofLength)),
    ],
  }
}

/** Gathers the grid into one rhythm for each whole day of typical length. */
function rhythmsOf({ cells, shares }: Posterior): Rhythm[] {
  const shortest = typicalLengths[0]!
  const gathered = Array.from({ length: typicalLengths.at(-1)! - shortest + 1 }, () => ({
    byMisses: Array.from({ length: missCount }, () => new Float64Array(lengthCount)),
    weight: 0,
    missing: 0,
  }))
  const weights = sumOver(shares, () => 1)
  const missing = sumOver(shares, ({ share }) => share)
  const byMisses = Array.from({ length: missCount }, (_, count) =>
    sumOver(shares, ({ misses }) => misses[count]!),
  )
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i]!
    const rhythm = gathered[Math.round(typicalLengths[cell % typicalLengths.length]! - shortest)]!
    rhythm.weight += weights[i]!
    rhythm.missing += missing[i]!
    for (let misses = 0; misses < missCount; misses++) {
      const weight = byMisses[misses]![i]!
      if (weight > negligible) addMasses(rhythm.byMisses[misses]!, { cell, misses }, weight)
    }
  }
  return gathered
    .filter(({ byMisses: [none] }) => none!.some((mass) => mass > 0))
    .map(({ byMisses, weight, missing }) => ({
      byMisses: byMisses.map((values) => ({ first: 0, values })),
      missing: missing / weight,
    }))
}

/** For each cell, the sum over the shares of its weight times a factor of the share. */
function sumOver(
  shares: readonly ShareWeights[],
  factorOf: (share: ShareWeights) => number,
): Float64Array {
  const sums = new Float64Array(shares[0]?.weights.length ?? 0)
  for (const share of shares) {
    const factor = factorOf(share)
    for (let i = 0; i < sums.length; i++) sums[i]! += share.weights[i]! * factor
  }
  return sums
}

/** A length that did not weigh the grid: Bayes' rule with what is forecast. */
function missedInOlder(byMisses: readonly Masses[], length: number): number {
  const [none, ...some] = byMisses.map(({ values }) => values[length]!)
  const missed = some.reduce((a, b) => a + b, 0)
  return missed / (none! + missed)
}

/**
 * A length that weighed the grid already, and so is not counted again:
 * Σ p(θ) · Σ_{s≥1} w_s f_s(d | θ) / Σ_s w_s f_s(d | θ) over the cells and shares θ.
 */
function missedInUsed({ cells, shares }: Posterior, [none, one, two]: LengthMasses): number {
  let missed = 0
  for (const { misses, weights } of shares) {
    const [w0, w1, w2] = misses
    for (let i = 0; i < cells.length; i++) {
      const cell = cells[i]!
      const some = w1! * one![cell]! + w2! * two![cell]!
      missed += (weights[i]! * some) / (w0! * none![cell]! + some)
    }
  }
  return missed
}
