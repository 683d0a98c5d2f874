/** The forecast as it stands on a day, from what is known of cycles and of her. */
import {
  predict,
  type CivilDate,
  type Episode,
  type Forecast,
  type Person,
} from '../calendar/index.ts'
import type { KnownCycles } from './cycle-data.ts'
import type { Profile } from './profile.ts'

/** Fourteen starts reach over a year. */
const cyclesAhead = 14

/** What she says of herself that a forecast takes into account; age in the year of that day. */
export function personOf({ birthYear, regularity }: Profile, today: CivilDate): Person {
  return {
    ...(birthYear !== undefined && { age: Number(today.slice(0, 4)) - birthYear }),
    ...(regularity && { regularity }),
  }
}

/** The forecast as it stands on a day. */
export const forecastOn = (
  today: CivilDate,
  { history, ovulations }: KnownCycles,
  { profile, episodes }: { profile: Profile; episodes: readonly Episode[] },
): Forecast =>
  predict({
    cycles: history.cycles,
    today,
    episodes,
    ovulations,
    person: personOf(profile, today),
    cyclesAhead,
  })
