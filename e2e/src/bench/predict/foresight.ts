/** Forecasts beside what came true: the last length of each list, or every cycle of a chart in turn. */
import {
  addDays,
  civilDate,
  daysBetween,
  predict,
  type CivilDate,
  type Cycle,
} from '@selene/client-sdk/calendar'
import { meanOf, type Outcome } from '../score.ts'
import type { ChartedCycle } from './length-file.ts'
import type { Rival } from './rivals.ts'

/** So many cycles come before the first that is foreseen. */
const fewest = 3

/** Foresees the last length of each list from those before it. */
export const foreseeLast = (rival: Rival, people: readonly (readonly number[])[]): Outcome[] =>
  people.map((lengths) => ({ ...rival.foresee(lengths.slice(0, -1)), actual: lengths.at(-1)! }))

/** Foresees each length that has three and more before it. */
export const foreseeAll = (rival: Rival, people: readonly (readonly ChartedCycle[])[]): Outcome[] =>
  people.flatMap((cycles) => {
    const lengths = cycles.map(({ length }) => length)
    return lengths
      .slice(fewest)
      .map((actual, i) => ({ ...rival.foresee(lengths.slice(0, fewest + i)), actual }))
  })

/** Says the day of ovulation of a cycle, from 1, by the cycles before it. */
export interface OvulationRival {
  readonly name: string
  readonly foresee: (before: readonly ChartedCycle[]) => number
}

const lengthsOf = (cycles: readonly ChartedCycle[]) => cycles.map(({ length }) => length)

export const ovulationRivals: readonly OvulationRival[] = [
  { name: 'ours', foresee: ourOvulation },
  { name: 'day 14', foresee: () => 14 },
  { name: 'mean − 14', foresee: (before) => meanOf(lengthsOf(before)) - 14 },
]

/** Our estimate at the start of a cycle, by the ovulations seen before. */
function ourOvulation(before: readonly ChartedCycle[]): number {
  let start = civilDate('2000-01-01')!
  const ovulations: { cycleStart: CivilDate; date: CivilDate }[] = []
  const cycles: Cycle[] = before.map(({ length, ovulationDay }) => {
    const cycle = { start, length, bleedingDays: 5 }
    if (ovulationDay !== undefined)
      ovulations.push({ cycleStart: start, date: addDays(start, ovulationDay - 1) })
    start = addDays(start, length)
    return cycle
  })
  const forecast = predict({
    cycles: [...cycles, { start, bleedingDays: 5 }],
    today: start,
    ovulations,
    cyclesAhead: 1,
  })
  const date = forecast.kind === 'forecast' ? forecast.next.ovulation : undefined
  if (!date) throw new Error('a cycle that begins today has no ovulation ahead')
  return daysBetween(start, date) + 1
}

/** Foresees each day of ovulation that is known and has three and more cycles before it. */
export const foreseeOvulations = (
  rival: OvulationRival,
  people: readonly (readonly ChartedCycle[])[],
): Outcome[] =>
  people.flatMap((cycles) =>
    cycles.flatMap(({ ovulationDay }, i) =>
      ovulationDay === undefined || i < fewest
        ? []
        : [{ guess: rival.foresee(cycles.slice(0, i)), actual: ovulationDay }],
    ),
  )
