/** How a forecast shows on a calendar: marks that are graded, and none where it knows too little. Pure. */
import {
  addDays,
  type CivilDate,
  type Forecast,
  type StartForecast,
} from '@selene/client-sdk/calendar'

/** How likely something is on a day: possible, likely, very likely. */
export type Grade = 1 | 2 | 3

/** What is expected of a day; absent where nothing can be said. */
export interface ExpectedDay {
  readonly bleeding?: Grade
  readonly fertile?: Grade
}

/**
 * Probabilities from which a day gets its grade. The lowest lies above the share of all days that have
 * bleeding, about one in six: where dates have spread out, every day is as likely, and none is marked.
 */
const bounds: readonly (readonly [number, Grade])[] = [
  [0.7, 3],
  [0.45, 2],
  [0.25, 1],
]

const gradeOf = (probability: number): Grade | undefined =>
  bounds.find(([least]) => probability >= least)?.[1]

/**
 * Marks by day, from today on. Fertile days only if she wants to see them; none of either once a period
 * was likely not logged, for then the dates would move on with every day.
 */
export function forecastMarks(
  forecast: Forecast | undefined,
  showsFertility: boolean,
): ReadonlyMap<CivilDate, ExpectedDay> {
  if (forecast?.kind !== 'forecast' || forecast.overdue.asks) return new Map()
  return new Map(
    forecast.days.flatMap(({ date, bleeding, fertile }) => {
      const ofBleeding = gradeOf(bleeding)
      const ofFertility = showsFertility ? gradeOf(fertile) : undefined
      if (!ofBleeding && !ofFertility) return []
      const day: ExpectedDay = {
        ...(ofBleeding && { bleeding: ofBleeding }),
        ...(ofFertility && { fertile: ofFertility }),
      }
      return [[date, day]]
    }),
  )
}

/** The day with the highest probability; of several the one nearest to the middle. */
export function likeliestDay({ from, probabilities, p50 }: StartForecast): CivilDate {
  const most = Math.max(...probabilities)
  const days = probabilities.flatMap((one, i) => (one === most ? [addDays(from, i)] : []))
  return days.findLast((day) => day <= p50) ?? days[0] ?? p50
}
