/** The quality of mucus (t, Ø, f, S, S+ as 0 to 4) as it follows from how it feels and looks. Pure. */
import type { DayChange } from '@selene/client-sdk/calendar'

const ofFeeling = [0, 1, 2, 4]
const ofTexture = [0, 3, 4]

/** The better of the two; none unless both are known. */
export function mucusQuality(day: DayChange): number | null {
  const feeling = ofFeeling[day['mucus.feeling'] ?? -1]
  const texture = ofTexture[day['mucus.texture'] ?? -1]
  return feeling === undefined || texture === undefined ? null : Math.max(feeling, texture)
}
