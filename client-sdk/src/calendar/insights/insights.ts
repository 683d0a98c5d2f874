/**
 * Everything that the diary shows by itself, worked out where it lies. Classes are those of FIGO 2018,
 * which always stand; a message of its own (`notify`) is kept for the rarer limits over six months that
 * Apple publishes for its cycle deviations. Cycles in which a period was likely not logged, that she
 * marked, or that lie in a time without cycles do not count. None of it is a diagnosis.
 */
import { duration, heaviness, intermenstrual } from './bleeding.ts'
import { frequency } from './frequency.ts'
import type { Insight, InsightInput } from './insight.ts'
import { logging } from './logging.ts'
import { possibleMissedLogs } from './missed-log.ts'
import { regularity } from './regularity.ts'
import { reviewOf } from './review.ts'
import { symptomPatterns } from './symptom-pattern.ts'
import { temperatureShift } from './temperature-shift.ts'
import { trends } from './trend.ts'

/** Sees what there is to see, in the order of `insightKinds`. */
export function insights(input: InsightInput): Insight[] {
  const { age, ovulations = [] } = input
  const review = reviewOf(input)
  return [
    frequency(review),
    duration(review),
    regularity(review, age),
    heaviness(review),
    intermenstrual(review),
    ...possibleMissedLogs(review),
    ...symptomPatterns(review, ovulations),
    ...temperatureShift(review, ovulations),
    ...trends(review),
    ...logging(review),
  ]
}
