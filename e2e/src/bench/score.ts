/** How good forecasts of whole days are: single guesses by their errors, distributions as a whole. */

/** A forecast and what came true. */
export interface Outcome {
  /** The day that was named; it may lie between two. */
  readonly guess: number
  /** Probability of each day from 0 on, with the sum 1; absent when only a day was named. */
  readonly probabilities?: ArrayLike<number>
  readonly actual: number
}

export interface Score {
  readonly count: number
  /** Mean absolute error, days. */
  readonly mae: number
  /** Root of the mean squared error, days. */
  readonly rmse: number
  /** Share of guesses, rounded to a day, that are at most two days off. */
  readonly withinTwo: number
  /** Continuous ranked probability score, days: that of a guess is its absolute error. */
  readonly crps: number
  /** Share of outcomes from the 10 % to the 90 % quantile, both counted. */
  readonly coverage: number | undefined
  /** Mean days from the one to the other. */
  readonly width: number | undefined
  /** Mean of −ln of the probability of what came true. */
  readonly logScore: number | undefined
}

/** Scores forecasts; there is at least one, and all or none are distributions. */
export function score(outcomes: readonly Outcome[]): Score {
  const errors = outcomes.map(({ guess, actual }) => Math.abs(guess - actual))
  const forecasts = outcomes.flatMap(({ probabilities, actual }) =>
    probabilities ? [{ probabilities, actual }] : [],
  )
  const over = (values: readonly number[]) => (values.length > 0 ? meanOf(values) : undefined)
  const intervals = forecasts.map(({ probabilities, actual }) => ({
    low: quantileDay(probabilities, 0.1),
    high: quantileDay(probabilities, 0.9),
    actual,
  }))
  return {
    count: outcomes.length,
    mae: meanOf(errors),
    rmse: Math.sqrt(meanOf(errors.map((error) => error ** 2))),
    withinTwo: meanOf(
      outcomes.map(({ guess, actual }) => Number(Math.abs(Math.round(guess) - actual) <= 2)),
    ),
    crps: over(forecasts.map(crps)) ?? meanOf(errors),
    coverage: over(
      intervals.map(({ low, high, actual }) => Number(low <= actual && actual <= high)),
    ),
    width: over(intervals.map(({ low, high }) => high - low)),
    logScore: over(
      forecasts.map(
        ({ probabilities, actual }) =>
          -Math.log(probabilities[Math.min(actual, probabilities.length - 1)]!),
      ),
    ),
  }
}

export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** First day by which the probability so far is at least `probability`. */
export function quantileDay(probabilities: ArrayLike<number>, probability: number): number {
  let sum = 0
  for (let day = 0; day < probabilities.length; day++) {
    sum += probabilities[day]!
    if (sum >= probability - 1e-12) return day
  }
  return probabilities.length - 1
}

/** Standard error of the ratio of two mean absolute errors, of the same outcomes in the same order. */
export function ratioError(outcomes: readonly Outcome[], against: readonly Outcome[]): number {
  const errorOf = ({ guess, actual }: Outcome): number => Math.abs(guess - actual)
  const errors = outcomes.map(errorOf)
  const others = against.map(errorOf)
  const ratio = meanOf(errors) / meanOf(others)
  const residuals = errors.map((error, i) => error - ratio * others[i]!)
  return Math.sqrt(meanOf(residuals.map((rest) => rest ** 2)) / errors.length) / meanOf(others)
}

/** Sum over the days of the squared distance between the distribution function and that of what came true. */
export function crps({
  probabilities,
  actual,
}: {
  readonly probabilities: ArrayLike<number>
  readonly actual: number
}): number {
  let below = 0
  let sum = 0
  for (let day = 0; day < Math.max(probabilities.length, actual); day++) {
    below += probabilities[day] ?? 0
    sum += (below - Number(day >= actual)) ** 2
  }
  return sum
}
