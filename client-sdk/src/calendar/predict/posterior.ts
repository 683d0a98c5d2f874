/**
 * What her lengths say about the grid: a weight for each cell, which is a spread and a typical length,
 * and each share of unlogged starts. Sound from no length at all.
 */
import { cellCount, missCount, spreads, typicalLengths } from './grid.ts'
import type { LengthPriors } from './priors.ts'

export interface Posterior {
  /** The cells that matter. */
  readonly cells: Int32Array
  readonly shares: readonly ShareWeights[]
}

/** What there is to one share of unlogged starts. */
export interface ShareWeights {
  readonly share: number
  /** Probability of none, one and two misses in a row. */
  readonly misses: readonly number[]
  /** Probability of this share together with each of the cells that matter; those of all shares sum to 1. */
  readonly weights: Float64Array
}

/** Probability of one length in each cell of the grid, for none, one and two misses. */
export type LengthMasses = readonly Float64Array[]

/**
 * A cell is left out when the most that it can weigh is this part of the most that another can. Even
 * where misses make all of them a million times lighter than that, what is left out shows in no digit.
 */
const negligible = 1e-16

/** Weighs the grid by lengths, the oldest first, no more than twelve of them. */
export function weighGrid(lengths: readonly LengthMasses[], priors: LengthPriors): Posterior {
  const prior = cellPrior(priors)
  const most = multiplied(prior.slice(), { lengths, priors, multiply: multiplyByMost })
  const cells = heaviest(most)
  const shares = priors.missing.map(({ share, weight }) => {
    const misses = missesOf(share)
    const weights = new Float64Array(cells.length)
    for (let i = 0; i < cells.length; i++) weights[i] = weight * prior[cells[i]!]!
    multiplied(weights, {
      lengths,
      priors,
      multiply: (product, masses) => multiplyBy(product, masses, { cells, misses }),
    })
    return { share, misses, weights }
  })
  return { cells, shares: normalised(shares) }
}

/** The cells that are not negligible beside the heaviest. */
function heaviest(most: Float64Array): Int32Array {
  let least = 0
  for (let cell = 0; cell < most.length; cell++) least = Math.max(least, most[cell]! * negligible)
  const cells = new Int32Array(most.length)
  let count = 0
  for (let cell = 0; cell < most.length; cell++) if (most[cell]! >= least) cells[count++] = cell
  return cells.subarray(0, count)
}

interface Product {
  readonly lengths: readonly LengthMasses[]
  readonly priors: LengthPriors
  readonly multiply: (product: Float64Array, masses: LengthMasses) => void
}

/** A product over lengths, of which the older ones count as a power; it is made in place of `prior`. */
function multiplied(prior: Float64Array, { lengths, priors, multiply }: Product): Float64Array {
  const { recent, olderWeight } = priors.memory
  const firstRecent = Math.max(0, lengths.length - recent)
  if (firstRecent > 0) {
    const older = new Float64Array(prior.length).fill(1)
    for (const masses of lengths.slice(0, firstRecent)) multiply(older, masses)
    for (let i = 0; i < prior.length; i++) prior[i]! *= older[i]! ** olderWeight
  }
  for (const masses of lengths.slice(firstRecent)) multiply(prior, masses)
  return prior
}

/** The most that a length can weigh in each cell, whatever the share of misses. */
function multiplyByMost(product: Float64Array, [none, one, two]: LengthMasses): void {
  for (let i = 0; i < product.length; i++) product[i]! *= Math.max(none![i]!, one![i]!, two![i]!)
}

/** A probability is at least 1e-13, so the product of twelve of them is far from the least number. */
function multiplyBy(
  product: Float64Array,
  [none, one, two]: LengthMasses,
  {
    cells,
    misses: [w0, w1, w2],
  }: { readonly cells: Int32Array; readonly misses: readonly number[] },
): void {
  for (let i = 0; i < product.length; i++) {
    const cell = cells[i]!
    product[i]! *= w0! * none![cell]! + w1! * one![cell]! + w2! * two![cell]!
  }
}

/** Probability of 0, 1 and 2 misses in a row, each `share` times as likely as the one before. */
function missesOf(share: number): number[] {
  const powers = Array.from({ length: missCount }, (_, count) => share ** count)
  const sum = powers.reduce((a, b) => a + b, 0)
  return powers.map((power) => power / sum)
}

const bell = (deviations: number): number => Math.exp(-0.5 * deviations ** 2)

function cellPrior({ typical, spread }: LengthPriors): Float64Array {
  const ofSpread = spreads.map((at) => bell(Math.log(at / spread.median) / spread.logDeviation))
  const ofTypical = typicalLengths.map((at) => bell((at - typical.mean) / typical.deviation))
  const prior = new Float64Array(cellCount)
  let cell = 0
  for (const a of ofSpread) for (const b of ofTypical) prior[cell++] = a * b
  return prior
}

function normalised(shares: readonly ShareWeights[]): readonly ShareWeights[] {
  let sum = 0
  for (const { weights } of shares) for (let i = 0; i < weights.length; i++) sum += weights[i]!
  for (const { weights } of shares) for (let i = 0; i < weights.length; i++) weights[i]! /= sum
  return shares
}
