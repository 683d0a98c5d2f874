/** What the chart of cycle lengths is drawn from, and what of it is sound enough to draw. */
import type { CivilDate } from '../calendar/civil-date.ts'

export interface PastCycle {
  readonly start: CivilDate
  /** Days. */
  readonly length: number
  readonly isCounted: boolean
}

/** What is expected of the running cycle. */
export interface NextLength {
  /** First day of the running cycle. */
  readonly start: CivilDate
  /** Probabilities of lengths in days, which add up to at most 1. */
  readonly likelihood: readonly { readonly length: number; readonly probability: number }[]
  /** Days by which the cycle is over with a probability of .1, .5 and .9. */
  readonly p10: number
  readonly p50: number
  readonly p90: number
}

export interface CycleLengthData {
  /** Complete cycles, oldest first. */
  readonly cycles: readonly PastCycle[]
  readonly next?: NextLength
  /** A range to draw for comparison, days: the frequency that FIGO 2018 calls normal unless given; `null` for none. */
  readonly usual?: readonly [number, number] | null
}

/** Days from period to period that are neither frequent nor infrequent (FIGO 2018, Munro et al.). */
export const figoFrequency = [24, 38] as const

/** Less likely lengths are neither drawn nor listed. */
const leastProbability = 0.005

const isLength = (value: number): boolean => Number.isFinite(value) && value >= 1

/** The cycles that have a length. */
export const soundCycles = (cycles: readonly PastCycle[]): PastCycle[] =>
  cycles.filter(({ length }) => isLength(length))

/** The likely lengths, in order; `undefined` when nothing can be said. */
export function soundNext(next: NextLength | undefined): NextLength | undefined {
  if (!next || ![next.p10, next.p50, next.p90].every(isLength)) return undefined
  const likelihood = next.likelihood
    .filter(
      ({ length, probability }) =>
        isLength(length) && probability >= leastProbability && probability <= 1,
    )
    .toSorted((a, b) => a.length - b.length)
  return likelihood.length === 0 ? undefined : { ...next, likelihood }
}
