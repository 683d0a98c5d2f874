/** Cycles so long that a period was likely not logged: a question to her, and a reason not to count them. */
import { addDays } from '../civil-date.ts'
import { likelyMissed } from '../predict/forecast.ts'
import type { Insight } from './insight.ts'
import { wholeCycle, type CountedCycle, type Review } from './review.ts'

/** Asks about each such cycle that ended within the six months. */
export const possibleMissedLogs = ({
  history,
  missed,
  from,
}: Review): Insight<'possible-missed-log'>[] =>
  history.flatMap((cycle): Insight<'possible-missed-log'>[] => {
    const probability = missed.get(cycle.start) ?? 0
    if (cycle.length === undefined || cycle.notCounted || probability <= likelyMissed) return []
    const to = addDays(cycle.start, cycle.length - 1)
    if (to < from) return []
    return [
      {
        kind: 'possible-missed-log',
        reason: 'unlikely-length',
        period: { from: cycle.start, to },
        severity: 'notice',
        notify: false,
        evidence: { ...wholeCycle(cycle as CountedCycle), probability },
      },
    ]
  })
