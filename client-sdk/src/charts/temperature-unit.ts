/** Units in which temperatures are shown; data are always in °C. */
import { decimal, fill } from './wording.ts'
import type { ChartWords } from './words.ts'

export type TemperatureUnit = 'celsius' | 'fahrenheit'

/** A temperature given in °C, in degrees of the unit, not rounded. */
const degreesIn = (unit: TemperatureUnit, celsius: number): number =>
  unit === 'celsius' ? celsius : (celsius * 9) / 5 + 32

/** A temperature given in °C, in tenths of a degree of the unit, not rounded. */
export const tenthsIn = (unit: TemperatureUnit, celsius: number): number =>
  unit === 'celsius' ? celsius * 10 : celsius * 18 + 320

/** A temperature given in °C, to hundredths and with its unit. */
export const temperatureText = (
  celsius: number,
  unit: TemperatureUnit,
  words: ChartWords,
): string => fill(words[unit], { n: decimal(degreesIn(unit, celsius), words, 2, 2) })

/** The sign of a unit alone. */
export const unitSign = (unit: TemperatureUnit, words: ChartWords): string =>
  fill(words[unit], { n: '' }).trim()
