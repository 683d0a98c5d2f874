/**
 * Symptoms that come more often in one phase of the cycle. A pattern is said only if
 *
 * - the symptom came in that phase in at least three cycles, at half again its share elsewhere or more;
 * - chance would do as much with p ≤ 0.01 after Bonferroni's correction: p of the exact test of
 *   `shift-test.ts`, times the number of symptoms and phases looked at;
 * - this holds both for all days and for logged days alone. One who logs only while she bleeds has
 *   her symptoms in her period if all days are asked, and one who logs only when something hurts has
 *   them elsewhere if logged days are asked; neither is a pattern.
 *
 * The level is strict since she may look every day, and each look is another chance to be wrong.
 */
import type { SeenOvulation, Insight, PatternEffect } from './insight.ts'
import { cycleDays, type CycleDays } from './cycle-days.ts'
import { cyclePhases, type CyclePhase } from './phase.ts'
import type { Review } from './review.ts'
import { chanceOfHits, type ShiftCycle } from './shift-test.ts'
import type { Symptom } from './symptom.ts'
import { observedOvulations, periodOf, phaseCounts, type PhaseCount } from './symptom-phases.ts'

const fewestCycles = 3
const smallestRatio = 1.5
const level = 0.01
/** From this ratio on it is far more often; from this share of all its days on it is mostly there. */
const farRatio = 3
const mostlyShare = 0.75

/** Finds symptoms that gather in a phase, the surest first. */
export function symptomPatterns(
  review: Review,
  ovulations: readonly SeenOvulation[],
): Insight<'symptom-pattern'>[] {
  const all = cycleDays(review, ovulations)
  const { cycles, symptoms } = all
  // How many cycles a symptom came in does not depend on when in them: leaving out the rare is fair.
  const frequent = [...symptoms].filter(
    ([key]) => cycles.filter(({ marks }) => marks.has(key)).length >= fewestCycles,
  )
  const looks = frequent.length * cyclePhases.length
  return frequent
    .flatMap(([key, symptom]) => {
      const counts = phaseCounts(all, key)
      return counts.flatMap((count) => {
        const found = patternOf({ cycles, key, symptom, counts, count, looks })
        return found ? [{ key, found }] : []
      })
    })
    .toSorted((a, b) => a.found.evidence.p - b.found.evidence.p || (a.key < b.key ? -1 : 1))
    .map(({ found }) => found)
}

interface Look {
  readonly cycles: readonly CycleDays[]
  readonly key: string
  readonly symptom: Symptom
  readonly counts: readonly PhaseCount[]
  readonly count: PhaseCount
  readonly looks: number
}

function patternOf(look: Look): Insight<'symptom-pattern'> | undefined {
  const { cycles, symptom, counts, count, looks } = look
  const others = counts.filter((one) => one !== count)
  const outside = {
    days: others.reduce((sum, { days }) => sum + days, 0),
    logged: others.reduce((sum, { logged }) => sum + logged, 0),
  }
  const ratio = outside.days === 0 ? undefined : count.share / (outside.days / outside.logged)
  if (count.cycles < fewestCycles || (ratio ?? Infinity) < smallestRatio) return undefined
  const p = chance(look)
  const corrected = Math.min(1, p * looks)
  if (corrected > level) return undefined
  return {
    kind: 'symptom-pattern',
    reason: 'more-in-phase',
    period: periodOf(cycles)!,
    severity: 'info',
    notify: false,
    evidence: {
      symptom,
      phase: count.phase,
      effect: effectOf(count.days / (count.days + outside.days), ratio),
      inside: { days: count.days, logged: count.logged },
      outside,
      ...(ratio !== undefined && { ratio }),
      cycles: count.cycles,
      ofCycles: cycles.length,
      observedOvulations: observedOvulations(cycles),
      p,
      corrected,
    },
  }
}

function effectOf(share: number, ratio = Number.POSITIVE_INFINITY): PatternEffect {
  if (share >= mostlyShare) return 'mostly'
  return ratio >= farRatio ? 'far-more-often' : 'more-often'
}

/** The larger of two chances: among all days of the cycles, and among the logged ones. */
function chance({ cycles, key, count: { phase } }: Look): number {
  const marked = cycles.filter(({ marks }) => marks.has(key))
  return Math.max(
    ...[allDays, loggedDays].map((layout) =>
      chanceOfHits(marked.map((cycle) => layout(cycle, { key, phase }))),
    ),
  )
}

interface Where {
  readonly key: string
  readonly phase: CyclePhase
}

const allDays = ({ phases, marks }: CycleDays, { key, phase }: Where): ShiftCycle => ({
  inside: phases.map((one) => one === phase),
  marks: marks.get(key) ?? [],
})

function loggedDays({ phases, marks, logged }: CycleDays, { key, phase }: Where): ShiftCycle {
  const marked = new Set(marks.get(key))
  const kept = logged.flatMap((isLogged, day) => (isLogged ? [day] : []))
  return {
    inside: kept.map((day) => phases[day] === phase),
    marks: kept.flatMap((day, i) => (marked.has(day) ? [i] : [])),
  }
}
