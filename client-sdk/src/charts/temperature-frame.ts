/** Where things lie on the temperature curve: columns for days, a scale for temperatures. */
import type { ChartDay } from './temperature-data.ts'

/** Tenths of a degree, as whole numbers: they have no rounding errors. */
export interface Scale {
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

const usualScale: Scale = { low: 362, high: 370 }
const leastTenths = 8
const mostTenths = 20
const pixelsPerTenth = 17

/**
 * The scale for what is evaluated: from a tenth below to a tenth above, at least 0.8 °C, so that a rise
 * looks alike in every cycle, and at most 2 °C around the middle, so that one fever does not flatten it.
 */
export function scaleFor(days: readonly ChartDay[], coverLine: number | undefined): Scale {
  const values = days
    .filter(({ isLeftOut }) => !isLeftOut)
    .flatMap(({ celsius }) => celsius ?? [])
    .concat(coverLine ?? [])
    .toSorted((a, b) => a - b)
  const middle = values[Math.floor(values.length / 2)]
  if (middle === undefined) return usualScale
  const low = Math.floor(values[0]! * 10 + 1e-6) - 1
  const high = Math.ceil(values.at(-1)! * 10 - 1e-6) + 1
  if (high - low > mostTenths) {
    const center = Math.round(middle * 10)
    return { low: center - mostTenths / 2, high: center + mostTenths / 2 }
  }
  const missing = Math.max(0, leastTenths - (high - low))
  return { low: low - Math.floor(missing / 2), high: high + Math.ceil(missing / 2) }
}

/** Height of the plot: a tenth of a degree has the same height in every cycle. */
export const plotHeight = ({ low, high }: Scale): number =>
  Math.max(150, Math.min(260, (high - low) * pixelsPerTenth))

/** Middle of a day's column. */
export const xOf = ({ left, column }: Frame, day: number): number => left + (day - 0.5) * column

/** Right edge of the plot. */
export const rightOf = ({ left, column, days }: Frame): number => left + column * days

/** Height of a temperature in °C; what is off the scale lies on its edge. */
export function yOf({ top, height, scale: { low, high } }: Frame, celsius: number): number {
  const share = (celsius * 10 - low) / (high - low)
  return top + height - Math.min(1, Math.max(0, share)) * height
}

/** Whether a temperature is beyond the scale: -1 below, 1 above, 0 within. */
export function beyond({ scale: { low, high } }: Frame, celsius: number): -1 | 0 | 1 {
  if (celsius * 10 < low - 1e-6) return -1
  return celsius * 10 > high + 1e-6 ? 1 : 0
}
