/** What says the next length from those before it: our model, and what other calendars do. */
import {
  forecastLength,
  priorsFor,
  referencePriors,
  type LengthPriors,
} from '@selene/client-sdk/calendar'
import { meanOf, quantileDay, type Outcome } from '../score.ts'

export interface Rival {
  readonly name: string
  readonly foresee: (lengths: readonly number[]) => Omit<Outcome, 'actual'>
}

/** Our model with some priors: its guess is the median. */
const model = (name: string, priors: LengthPriors): Rival => ({
  name,
  foresee(lengths) {
    const probabilities = forecastLength(lengths, priors).lengths.values
    return { guess: quantileDay(probabilities, 0.5), probabilities }
  },
})

const rule = (name: string, guess: (lengths: readonly number[]) => number): Rival => ({
  name,
  foresee: (lengths) => ({ guess: guess(lengths) }),
})

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2
}

export const ours = model('ours', priorsFor({}, { perimenopause: false }))
export const widened = model('ours, perimenopause', priorsFor({}, { perimenopause: true }))

/**
 * The reference model with the very distributions that made the forgetful people: Beta(2, 20) instead of
 * Beta(1, 30) for the share of starts that they do not log. No forecast of theirs can be better.
 */
export const knowing = model('knows how they were made', {
  ...referencePriors,
  missing: referencePriors.missing.map(({ share, weight }) => ({
    share,
    weight: (weight * share) / (1 - share) ** 10,
  })),
})

export const reference = model('reference model', referencePriors)
export const meanOfAll = rule('mean of all', meanOf)
export const medianOfAll = rule('median of all', medianOf)

/** All of them, ours first. */
export const rivals: readonly Rival[] = [
  ours,
  reference,
  rule('constant 28', () => 28),
  meanOfAll,
  rule('mean of 5', (lengths) => meanOf(lengths.slice(-5))),
  rule('mean of 6', (lengths) => meanOf(lengths.slice(-6))),
  medianOfAll,
]
