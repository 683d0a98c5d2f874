/** What each part of sync has last met of the server. */
import type { Problem } from '@selene/shapes'
import type { Clock } from '../core/clock.ts'
import type { Endings } from './ending.ts'

interface Deps {
  readonly clock: Clock
  readonly endings: Endings
}

/** @param changed Is called after each report. */
export function createReports({ clock, endings }: Deps, changed: () => void) {
  const problems = new Map<string, Problem>()
  let answered = false
  let lastSeenAt: number | undefined
  return {
    report: (source: string) => (problem: Problem | undefined) => {
      if (problem) {
        problems.set(source, problem)
        endings.suspect(problem)
      } else {
        problems.delete(source)
        answered = true
        lastSeenAt = clock.now()
      }
      changed()
    },
    facts: () => ({ problems, answered, lastSeenAt }),
    failed: (source: string, problem: Problem) => void problems.set(source, problem),
    mended: (source: string) => void problems.delete(source),
    clear() {
      problems.clear()
      answered = false
    },
  }
}
