/** What is believed about lengths before any is known, as data. */

export interface LengthPriors {
  /** Typical length, days: a normal distribution. */
  readonly typical: { readonly mean: number; readonly deviation: number }
  /** Spread of her lengths, days: log-normal, by its median and the deviation of its logarithm. */
  readonly spread: { readonly median: number; readonly logDeviation: number }
  /** Share of starts that she does not log, and how likely each is; the weights are in proportion. */
  readonly missing: readonly { readonly share: number; readonly weight: number }[]
  /** So many of the latest lengths count in full, older ones as this part of a length. */
  readonly memory: { readonly recent: number; readonly olderWeight: number }
}

const shares = [0.002, 0.01, 0.03, 0.06, 0.1, 0.16, 0.25]

/** A beta distribution on the shares, each of which stands for half the way to its neighbours. */
function betaWeights(missed: number, logged: number): number[] {
  const last = shares.length - 1
  const weights = shares.map((share, i) => {
    const [before, after] = [Math.max(0, i - 1), Math.min(last, i + 1)]
    const width = (shares[after]! - shares[before]!) / (after - before)
    return share ** (missed - 1) * (1 - share) ** (logged - 1) * width
  })
  const sum = weights.reduce((a, b) => a + b, 0)
  return weights.map((weight) => weight / sum)
}

const weighShares = (weights: readonly number[]): LengthPriors['missing'] =>
  shares.map((share, i) => ({ share, weight: weights[i]! }))

/** The model that ours is measured against: all lengths weigh the same, and 3 % of starts go unlogged. */
export const referencePriors: LengthPriors = {
  typical: { mean: 29.3, deviation: 2.8 },
  spread: { median: 2, logDeviation: 0.5 },
  missing: weighShares(betaWeights(1, 30)),
  memory: { recent: 12, olderWeight: 1 },
}

/** Seven people in ten log nearly every start. */
const carefulShare = 0.7
const careful = [0.5, 0.5]

/**
 * Of a person of whom nothing else is known. Typical length: Bull et al. 2019, 612,613 cycles. Spread:
 * 1.8 days is a standard deviation of 2.3, with which the range of eight cycles exceeds seven days as
 * often as Fehring et al. 2006 saw it. People who log nearly every start and people who miss one in
 * eleven are told apart, which neither a careful nor a forgetful prior does. Lengths drift, so the last
 * six weigh most, for which the mean of six is known to be best among means; forgetting more gains
 * nothing that can be measured.
 */
export const populationPriors: LengthPriors = {
  typical: { mean: 29.3, deviation: 2.8 },
  spread: { median: 1.8, logDeviation: 0.5 },
  missing: weighShares(
    betaWeights(2, 20).map(
      (weight, i) => carefulShare * (careful[i] ?? 0) + (1 - carefulShare) * weight,
    ),
  ),
  memory: { recent: 6, olderWeight: 0.7 },
}
