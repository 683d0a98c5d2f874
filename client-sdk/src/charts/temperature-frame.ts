/** Where things lie on the temperature curve: columns for days, a scale for temperatures. */
import type { ChartDay } from './temperature-data.ts'
import { tenthsIn, type TemperatureUnit } from './temperature-unit.ts'

/** Tenths of a degree of the unit, as whole numbers: they have no rounding errors. */
export interface Scale {
  readonly unit: TemperatureUnit
  readonly low: number
  readonly high: number
}

export interface Frame {
  readonly left: number
  readonly column: number
  readonly days: number
  readonly top: number
  readonly height: number
  readonly scale: Scale
}

/** What is about the same in both units: ends of a scale without readings, its least and most, in tenths. */
const measures = {
  celsius: { usual: { low: 362, high: 370 }, least: 8, most: 20, pixelsPerTenth: 17 },
  fahrenheit: { usual: { low: 972, high: 986 }, least: 14, most: 36, pixelsPerTenth: 17 / 1.8 },
} as const

/**
 * The scale for what is evaluated: from a tenth below to a tenth above, at least 0.8 °C or 1.4 °F, so that
 * a rise looks alike in every cycle, and at most 2 °C or 3.6 °F around the middle, so that one fever does
 * not flatten it.
 */
export function scaleFor(
  days: readonly ChartDay[],
  coverLine: number | undefined,
  unit: TemperatureUnit,
): Scale {
  const { usual, least, most } = measures[unit]
  const values = days
    .filter(({ isLeftOut }) => !isLeftOut)
    .flatMap(({ celsius }) => celsius ?? [])
    .concat(coverLine ?? [])
    .map((celsius) => tenthsIn(unit, celsius))
    .toSorted((a, b) => a - b)
  const middle = values[Math.floor(values.length / 2)]
  if (middle === undefined) return { unit, ...usual }
  const low = Math.floor(values[0]! + 1e-6) - 1
  const high = Math.ceil(values.at(-1)! - 1e-6) + 1
  if (high - low > most) {
    const center = Math.round(middle)
    return { unit, low: center - most / 2, high: center + most / 2 }
  }
  const missing = Math.max(0, least - (high - low))
  return { unit, low: low - Math.floor(missing / 2), high: high + Math.ceil(missing / 2) }
}

/** Height of the plot: a tenth of a degree has the same height in every cycle. */
export const plotHeight = ({ unit, low, high }: Scale): number =>
  Math.max(150, Math.min(260, (high - low) * measures[unit].pixelsPerTenth))

/** Middle of a day's column. */
export const xOf = ({ left, column }: Frame, day: number): number => left + (day - 0.5) * column

/** Right edge of the plot. */
export const rightOf = ({ left, column, days }: Frame): number => left + column * days

/** Height of a temperature in °C; what is off the scale lies on its edge. */
export const yOf = (frame: Frame, celsius: number): number =>
  yOfTenths(frame, tenthsIn(frame.scale.unit, celsius))

/** Height of tenths of a degree of the scale. */
export function yOfTenths({ top, height, scale: { low, high } }: Frame, tenths: number): number {
  const share = (tenths - low) / (high - low)
  return top + height - Math.min(1, Math.max(0, share)) * height
}

/** Whether a temperature is beyond the scale: -1 below, 1 above, 0 within. */
export function beyond({ scale: { unit, low, high } }: Frame, celsius: number): -1 | 0 | 1 {
  const tenths = tenthsIn(unit, celsius)
  if (tenths < low - 1e-6) return -1
  return tenths > high + 1e-6 ? 1 : 0
}
