/**
 * How steadily she logs, over the latest 90 days or since the first of its kind among them. What a
 * prediction can know depends on it, and no one else will say.
 */
import { addDays, daysBetween } from '../civil-date.ts'
import type { DayValues } from '../field.ts'
import type { Insight, InsightEvidence, InsightReasons } from './insight.ts'
import type { Review } from './review.ts'

const days = 90
/** Shares of days from which it is most of them, or some. */
const mostShare = 0.8
const someShare = 0.4

type What = InsightEvidence['logging']['what']

const isLogged: Readonly<Record<What, (values: DayValues) => boolean>> = {
  anything: () => true,
  temperature: (values) =>
    values['temperature.value'] !== undefined && values['temperature.exclude'] !== true,
  mucus: (values) =>
    values['mucus.exclude'] !== true &&
    (values['mucus.feeling'] ?? values['mucus.texture'] ?? values['mucus.value']) !== undefined,
}

/** Says on how many days what was logged; of temperature and mucus only if it was at all. */
export function logging({ today, logged, values }: Review): Insight<'logging'>[] {
  const first = addDays(today, 1 - days)
  const latest = logged.filter((date) => date >= first)
  return (Object.keys(isLogged) as What[]).flatMap((what): Insight<'logging'>[] => {
    const found = latest.filter((date) => isLogged[what](values.get(date)!))
    if (!found[0]) return []
    const hadBefore = logged.some((date) => date < first && isLogged[what](values.get(date)!))
    const from = hadBefore ? first : found[0]
    const ofDays = daysBetween(from, today) + 1
    return [
      {
        kind: 'logging',
        reason: reasonOf(found.length / ofDays),
        period: { from, to: today },
        severity: 'info',
        notify: false,
        evidence: { what, days: found.length, ofDays },
      },
    ]
  })
}

function reasonOf(share: number): InsightReasons['logging'] {
  if (share >= mostShare) return 'most-days'
  return share >= someShare ? 'some-days' : 'few-days'
}
