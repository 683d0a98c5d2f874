/**
 * Forecasts, each worked out once: they take longer than all else that an edit of a day sets off, and
 * most edits change nothing that they depend on.
 */
import type { CivilDate, Forecast } from '../calendar/index.ts'
import type { KnownCycles } from './cycle-data.ts'
import { forecastOn } from './forecast-on.ts'
import type { ProfileContent } from './profile.ts'

export interface KeptForecasts {
  /** The forecast as it stands on a day; the very one of before while the facts are the same. */
  on(
    date: CivilDate,
    known: KnownCycles,
    about: Pick<ProfileContent, 'profile' | 'episodes'>,
  ): Forecast
}

/** Of today and the start of the running cycle; those of days that have passed are let go. */
const mostKept = 2

export function keepForecasts(): KeptForecasts {
  let facts = ''
  const byDate = new Map<CivilDate, Forecast>()
  return {
    on(date, known, { profile, episodes }) {
      const key = JSON.stringify([known.history.cycles, known.ovulations, profile, episodes])
      if (key !== facts) byDate.clear()
      facts = key
      const forecast = byDate.get(date) ?? forecastOn(date, known, { profile, episodes })
      // Written again, it is the last of the map: the first is the one that was asked for longest ago.
      byDate.delete(date)
      byDate.set(date, forecast)
      if (byDate.size > mostKept) byDate.delete(byDate.keys().next().value!)
      return forecast
    },
  }
}
