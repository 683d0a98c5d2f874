/** Times in which no period and no fertility is forecast. */
import { addDays, compare, type CivilDate } from '../civil-date.ts'
import type { Cycle } from '../cycle.ts'
import { covers, interruptsCycles, overlaps, type Episode, type EpisodeKind } from '../episode.ts'

/** Of several episodes at a time, which one is told. */
const order: readonly EpisodeKind[] = ['pregnancy', 'breastfeeding', 'hormonal-contraception']

/** The episode that keeps today from being forecast, if any. */
export const pausing = (episodes: readonly Episode[], today: CivilDate): Episode | undefined =>
  episodes
    .filter((episode) => interruptsCycles(episode) && covers(episode, today))
    .toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || compare(a.from, b.from))[0]

/** Whether an episode that is over, or its end, lies between a start and today: the start leads to no other. */
export const isInterrupted = (
  episodes: readonly Episode[],
  start: CivilDate,
  today: CivilDate,
): boolean =>
  episodes.some((episode) => interruptsCycles(episode) && overlaps(episode, start, today))

/** Days from the last start to birth by Naegele's rule. */
const gestationDays = 280

/**
 * Estimated day of birth: 280 days after the last start that is not after the beginning of the
 * pregnancy. Absent without such a start, and when it would lie before the pregnancy was known of.
 */
export function dueDate({ from }: Episode, cycles: readonly Cycle[]): CivilDate | undefined {
  const last = cycles
    .map(({ start }) => start)
    .filter((start) => start <= from)
    .toSorted(compare)
    .at(-1)
  const due = last && addDays(last, gestationDays)
  return due && from < due ? due : undefined
}
