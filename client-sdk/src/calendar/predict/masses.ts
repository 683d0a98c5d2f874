/**
 * Probabilities of whole days, and what is done with them. Days are counted from the start of the running cycle,
 * which is day 0. Nothing is changed in place.
 */

/** `values[i]` is the probability of day `first + i`. */
export interface Masses {
  readonly first: number
  readonly values: Float64Array
}

/** Sum of all probabilities. */
export function totalOf({ values }: Masses): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return sum
}

/** Each probability times a factor. */
export function scale({ first, values }: Masses, factor: number): Masses {
  const scaled = new Float64Array(values.length)
  for (let i = 0; i < values.length; i++) scaled[i] = values[i]! * factor
  return { first, values: scaled }
}

/** In proportion, with the sum 1. */
export const normalise = (masses: Masses): Masses => scale(masses, 1 / totalOf(masses))

/** Later by `days`. */
export const shift = ({ first, values }: Masses, days: number): Masses => ({
  first: first + days,
  values,
})

/** Only days before `day`. */
export const before = ({ first, values }: Masses, day: number): Masses => ({
  first,
  values: values.subarray(0, Math.max(0, day - first)),
})

/** Only `day` and what comes after it. */
export const from = ({ first, values }: Masses, day: number): Masses => ({
  first: Math.max(first, day),
  values: values.subarray(Math.max(0, day - first)),
})

/** Without the outer days that hold, on each side, less than a share of the sum. */
export function trim({ first, values }: Masses, share: number): Masses {
  const most = totalOf({ first, values }) * share
  let start = 0
  for (let sum = values[0] ?? 0; sum < most && start < values.length; sum += values[start]!) start++
  let end = values.length
  for (let sum = values[end - 1] ?? 0; sum < most && end > start; sum += values[end - 1]!) end--
  return { first: first + start, values: values.subarray(start, end) }
}

/** Distribution of the sum of two independent numbers of days. */
export function convolve(a: Masses, b: Masses): Masses {
  const values = new Float64Array(Math.max(0, a.values.length + b.values.length - 1))
  for (let i = 0; i < a.values.length; i++) {
    const weight = a.values[i]!
    for (let k = 0; k < b.values.length; k++) values[i + k]! += weight * b.values[k]!
  }
  return { first: a.first + b.first, values }
}

/** Sum of several, day by day. */
export function add(all: readonly Masses[]): Masses {
  const some = all.filter(({ values }) => values.length > 0)
  if (some.length === 0) return { first: 0, values: new Float64Array() }
  const first = Math.min(...some.map((masses) => masses.first))
  const end = Math.max(...some.map((masses) => masses.first + masses.values.length))
  const values = new Float64Array(end - first)
  for (const masses of some)
    for (let i = 0; i < masses.values.length; i++)
      values[masses.first - first + i]! += masses.values[i]!
  return { first, values }
}

/** First day by which the probability so far is at least `probability`; of masses with the sum 1. */
export function quantile({ first, values }: Masses, probability: number): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) {
    sum += values[i]!
    // Sums of rounded numbers may fall short by as little as this.
    if (sum >= probability - 1e-12) return first + i
  }
  return first + values.length - 1
}

/** The median as a number, as if each day's probability were spread over it; of masses with the sum 1. */
export function medianOf(masses: Masses): number {
  const day = quantile(masses, 0.5)
  const until = totalOf(before(masses, day))
  return day - 0.5 + (0.5 - until) / masses.values[day - masses.first]!
}

/** Mean day; of masses with the sum 1. */
export function meanOf({ first, values }: Masses): number {
  let mean = first
  for (let i = 0; i < values.length; i++) mean += i * values[i]!
  return mean
}
