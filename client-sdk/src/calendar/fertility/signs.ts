/**
 * The signs of fertility, read off the days of a cycle. What was excluded is left out here, so that all
 * rules treat it as not logged.
 */
import { compare, type CivilDate } from '../civil-date.ts'
import type { DayValues } from '../field.ts'
import type { LoggedDay } from '../logged-day.ts'
import { createCycleDay } from './cycle-day.ts'
import type { Observation, Reading } from './reason.ts'
import { toHundredths, toNearestTwentieth } from './temperature.ts'

/** Quality by `mucus.feeling`: dry, nothing, wet, slippery. */
const qualityOfFeeling = [0, 1, 2, 4]
/** Quality by `mucus.texture`: none, creamy, like egg white. */
const qualityOfTexture = [0, 3, 4]

/**
 * Quality of the day's mucus, 0 to 4: the better one of feeling and texture. Days of other programs may
 * have `mucus.value` alone, which is taken as it is.
 */
export function mucusQuality(values: DayValues): number | undefined {
  if (values['mucus.exclude'] === true) return undefined
  const feeling = values['mucus.feeling']
  const texture = values['mucus.texture']
  if (feeling === undefined && texture === undefined) return values['mucus.value']
  return Math.max(qualityOfFeeling[feeling ?? 0] ?? 0, qualityOfTexture[texture ?? 0] ?? 0)
}

/** 0 when the cervix is closed and hard, 1 when it is not; needs both unless one of them decides. */
export function cervixQuality(values: DayValues): number | undefined {
  if (values['cervix.exclude'] === true) return undefined
  const opening = values['cervix.opening']
  const firmness = values['cervix.firmness']
  if ((opening ?? 0) > 0 || (firmness ?? 0) > 0) return 1
  return opening === undefined || firmness === undefined ? undefined : 0
}

function temperatureOf(values: DayValues): number | undefined {
  const celsius = values['temperature.value']
  if (celsius === undefined || values['temperature.exclude'] === true) return undefined
  return toNearestTwentieth(toHundredths(celsius))
}

export interface Signs {
  readonly temperature: readonly Reading[]
  readonly mucus: readonly Observation[]
  readonly cervix: readonly Observation[]
}

/** The signs of the days from `start` to `end`, each in order; days outside are ignored. */
export function signsOf(days: readonly LoggedDay[], start: CivilDate, end: CivilDate): Signs {
  const temperature: Reading[] = []
  const mucus: Observation[] = []
  const cervix: Observation[] = []
  const cycleDayOf = createCycleDay(start)
  for (const { date, values } of days.toSorted((a, b) => compare(a.date, b.date))) {
    if (date < start || date > end) continue
    const hundredths = temperatureOf(values)
    const ofMucus = mucusQuality(values)
    const ofCervix = cervixQuality(values)
    if (hundredths === undefined && ofMucus === undefined && ofCervix === undefined) continue
    const cycleDay = cycleDayOf(date)
    if (hundredths !== undefined) temperature.push({ date, cycleDay, hundredths })
    if (ofMucus !== undefined) mucus.push({ date, cycleDay, quality: ofMucus })
    if (ofCervix !== undefined) cervix.push({ date, cycleDay, quality: ofCervix })
  }
  return { temperature, mucus, cervix }
}
