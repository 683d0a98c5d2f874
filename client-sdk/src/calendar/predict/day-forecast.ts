/** What each day will be like: bleeding and fertility, from the starts of her body and what surrounds them. */
import { fertileDaysBefore } from '../fertility/fertile-days.ts'
import { ovulationBefore, type LutealPhase } from './luteal-phase.ts'
import { add, type Masses } from './masses.ts'

export interface Surroundings {
  /** Starts to come, as days after the start of the running cycle, in order. */
  readonly starts: readonly Masses[]
  readonly luteal: LutealPhase
  /** Day of an ovulation that was seen in the running cycle. */
  readonly ovulation?: number | undefined
  /** Probability of bleeding on each day of a period. */
  readonly bleeding: readonly number[]
  /** Days from the start of the running cycle to the last one with bleeding, both counted. */
  readonly bled: number
}

export interface DayChances {
  readonly bleeding: number
  readonly fertile: number
}

/** Chances of `count` days, of which the first is `first` days after the start of the running cycle. */
export function chancesOf(
  surroundings: Surroundings,
  { first, count }: { readonly first: number; readonly count: number },
): DayChances[] {
  const starts = add(surroundings.starts)
  const ovulations = add(ovulationsOf(surroundings))
  const { bleeding } = surroundings
  return Array.from({ length: count }, (_, i) => {
    const day = first + i
    let bleeds = goesOn(surroundings, first, day)
    for (let k = 0; k < bleeding.length; k++) bleeds += at(starts, day - k) * bleeding[k]!
    let fertile = 0
    for (let k = 0; k <= fertileDaysBefore; k++) fertile += at(ovulations, day + k)
    return { bleeding: Math.min(1, bleeds), fertile: Math.min(1, fertile) }
  })
}

const at = ({ first, values }: Masses, day: number): number => values[day - first] ?? 0

function ovulationsOf({ starts, luteal, ovulation }: Surroundings): Masses[] {
  const [running, ...others] = starts.map((start) => ovulationBefore(start, luteal))
  if (ovulation === undefined) return [running!, ...others]
  return [{ first: ovulation, values: Float64Array.of(1) }, ...others]
}

/** Whether the period with which the running cycle began goes on: until a day without bleeding is over. */
function goesOn({ bleeding, bled }: Surroundings, today: number, day: number): number {
  if (day < bled) return 1
  const reached = bleeding[bled - 1] ?? 0
  return today <= bled && reached > 0 ? (bleeding[day] ?? 0) / reached : 0
}
