/** Rivals side by side: each foresees once, and is told as a row of a table. */
import { figure, table, type Figure } from '../report.ts'
import { score, type Outcome, type Score } from '../score.ts'
import { ours, reference, rivals, type Rival } from './rivals.ts'

/** What rivals make of the same cycles. */
export interface Trial {
  readonly outcomesOf: (rival: Rival) => readonly Outcome[]
  readonly scoreOf: (rival: Rival) => Score
}

/** A trial in which a rival foresees when it is first asked for. */
export function createTrial(foresee: (rival: Rival) => readonly Outcome[]): Trial {
  const known = new Map<Rival, readonly Outcome[]>()
  const outcomesOf = (rival: Rival): readonly Outcome[] => {
    const outcomes = known.get(rival) ?? foresee(rival)
    known.set(rival, outcomes)
    return outcomes
  }
  return { outcomesOf, scoreOf: (rival) => score(outcomesOf(rival)) }
}

const headings = ['MAE', 'RMSE', '≤ 2 days', '80 % holds', 'width', 'CRPS', 'log score']

/** A table of scores under a title. */
export function compare(title: string, { scoreOf }: Trial, more: readonly Rival[] = []): string {
  const rows = [...rivals, ...more].map((rival) => {
    const { mae, rmse, withinTwo, coverage, width, crps, logScore } = scoreOf(rival)
    return [rival.name, mae, rmse, withinTwo, coverage, width, crps, logScore]
  })
  return `\n${title}\n${table(['', ...headings], rows)}`
}

/** Whether our distribution as a whole is better than that of the reference model. */
export function againstReference(group: string, { scoreOf }: Trial): Figure[] {
  const [found, other] = [scoreOf(ours), scoreOf(reference)]
  const one = (measure: string, unit: string, value: number, against: number) =>
    figure({ name: `${group}: ${measure} against the reference`, value, unit, against })
  return [
    one('MAE', 'days', found.mae, other.mae),
    one('CRPS', 'days', found.crps, other.crps),
    one('log score', 'nats', found.logScore!, other.logScore!),
  ]
}
