/** Where days and cycles lie to each other. Pure. */
import { addDays, type CivilDate, type Cycle } from '@selene/client-sdk/calendar'

/** The cycle in which a day lies; none before the first. */
export const cycleOn = (cycles: readonly Cycle[], date: CivilDate): Cycle | undefined =>
  cycles.findLast(
    ({ start, length }) => start <= date && (!length || date < addDays(start, length)),
  )

/** The last day of a cycle, and of one that runs the day on which one looks. */
export const lastDayOf = ({ start, length }: Cycle, today: CivilDate): CivilDate =>
  length === undefined ? (today > start ? today : start) : addDays(start, length - 1)

/** The cycles before and after one, as far as there are any. */
export function neighboursOf(
  cycles: readonly Cycle[],
  { start }: Cycle,
): { previous?: Cycle; next?: Cycle } {
  const at = cycles.findIndex((cycle) => cycle.start === start)
  const [previous, next] = [at > 0 ? cycles[at - 1] : undefined, cycles[at + 1]]
  return { ...(previous && { previous }), ...(next && { next }) }
}
