/** What some lengths have in common. */

export interface Statistics {
  readonly count: number
  readonly mean: number
  readonly median: number
  /** Sample standard deviation, with n − 1; absent for a single length. */
  readonly deviation?: number
  readonly shortest: number
  readonly longest: number
}

/** Arithmetic mean; NaN of none. */
export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return (sorted[Math.ceil(middle - 1)]! + sorted[Math.floor(middle)]!) / 2
}

/** Statistics of lengths, days; `undefined` of none. */
export function statistics(lengths: readonly number[]): Statistics | undefined {
  const count = lengths.length
  if (count === 0) return undefined
  const mean = meanOf(lengths)
  const squares = lengths.reduce((sum, length) => sum + (length - mean) ** 2, 0)
  return {
    count,
    mean,
    median: medianOf(lengths),
    ...(count > 1 && { deviation: Math.sqrt(squares / (count - 1)) }),
    shortest: Math.min(...lengths),
    longest: Math.max(...lengths),
  }
}
