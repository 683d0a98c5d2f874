/** Simulated people and the lengths they log, the same for a seed on every machine. */
import type { Prng } from '../../core/prng.ts'

/** How a group of people is. */
export interface People {
  readonly name: string
  /** Her typical length, days: mean and deviation. */
  readonly typical: { readonly mean: number; readonly deviation: number }
  /** Median of her spread, days, and the deviation of its logarithm. */
  readonly spread: { readonly median: number; readonly logDeviation: number }
  /** Whether starts go unlogged, each with a probability of hers from Beta(2, 20), up to two in a row. */
  readonly skips: boolean
  /** How far her typical length wanders from cycle to cycle, in parts of her spread. */
  readonly drift: number
  /** By what her spread grows from cycle to cycle. */
  readonly widening: number
}

const ordinary = {
  typical: { mean: 29.3, deviation: 2.8 },
  spread: { median: 2, logDeviation: 0.5 },
  skips: false,
  drift: 0,
  widening: 1,
} as const

/** The group of the bars: people who now and then do not log a period. */
export const forgetful: People = { ...ordinary, name: 'forgetful', skips: true }

/** Groups that are no like that: what suits one must not harm the others. */
export const others: readonly People[] = [
  { ...ordinary, name: 'careful' },
  { ...ordinary, name: 'regular', spread: { median: 1, logDeviation: 0.3 } },
  { ...ordinary, name: 'drifting', drift: 0.25 },
  // Here rules err as they are known to on charts of 159 women: constant 28 by 2.8 days, means by 2.1.
  {
    ...ordinary,
    name: 'charting',
    typical: { mean: 28.9, deviation: 1.85 },
    spread: { median: 1.75, logDeviation: 0.4 },
    drift: 0.27,
  },
  { ...ordinary, name: 'widening', widening: 1.12 },
]

const shortest = 15
const mostSkipped = 2

/** `count` lengths of one person, days: her typical length within 21 to 45 and her spread times t₅. */
export function logLengths(prng: Prng, people: People, count: number): number[] {
  const { mean, deviation } = people.typical
  let typical = Math.min(45, Math.max(21, mean + deviation * normal(prng)))
  let spread = people.spread.median * Math.exp(people.spread.logDeviation * normal(prng))
  const skipping = people.skips ? beta(prng, 2, 20) : 0
  const cycle = (): number => {
    typical += people.drift * spread * normal(prng)
    return Math.max(shortest, Math.round(typical + spread * student5(prng)))
  }
  return Array.from({ length: count }, () => {
    let length = cycle()
    for (let skipped = 0; skipped < mostSkipped && prng.chance(skipping); skipped++)
      length += cycle()
    spread *= people.widening
    return length
  })
}

/** Standard normal (Box and Muller). */
const normal = (prng: Prng): number =>
  Math.sqrt(-2 * Math.log(1 - prng.next())) * Math.cos(2 * Math.PI * prng.next())

/** Student's t with 5 degrees of freedom. */
function student5(prng: Prng): number {
  const numerator = normal(prng)
  let squares = 0
  for (let i = 0; i < 5; i++) squares += normal(prng) ** 2
  return numerator / Math.sqrt(squares / 5)
}

/** Beta of whole numbers, as a part of two sums of exponentials. */
function beta(prng: Prng, a: number, b: number): number {
  const gamma = (shape: number): number =>
    Array.from({ length: shape }, () => -Math.log(1 - prng.next())).reduce((x, y) => x + y, 0)
  const first = gamma(a)
  return first / (first + gamma(b))
}
