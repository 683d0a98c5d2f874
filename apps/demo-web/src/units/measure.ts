/**
 * Measured values in the unit that she reads. The diary keeps °C, kg and hours; what she types in another
 * unit is stored with as few decimals as bring the same number back, hundredths at least. Pure.
 */
import type { Profile } from '@selene/client-sdk'
import { fields } from '@selene/client-sdk/calendar'
import type { MeasureField } from '../strings/keys.ts'
import { shownDecimals } from './number-text.ts'

export interface Measure {
  readonly unit: string
  /** What is stored, in her unit and to hundredths. */
  toShown(stored: number): number
  /** What she typed, as it is stored. */
  toStored(shown: number): number
}

/** Sufficient for hundredths of any unit here: none is smaller than a third of the stored one. */
const mostDecimals = 4

const rounded = (value: number, decimals: number): number => Number(value.toFixed(decimals))

/** A measure whose unit is `factor` to the stored one, from `zero` on. */
function measure(unit: string, factor: number, zero = 0): Measure {
  const toShown = (stored: number): number => rounded(stored * factor + zero, shownDecimals)
  return {
    unit,
    toShown,
    toStored(shown) {
      const exact = (shown - zero) / factor
      let decimals = shownDecimals
      while (decimals < mostDecimals && toShown(rounded(exact, decimals)) !== shown) decimals += 1
      return rounded(exact, decimals)
    },
  }
}

const celsius = measure('°C', 1)
const fahrenheit = measure('°F', 9 / 5, 32)
const kilograms = measure('kg', 1)
/** The international pound of 1959 is 0.45359237 kg. */
const pounds = measure('lb', 1 / 0.453_592_37)
const hours = measure('h', 1)

type Units = Pick<Profile, 'temperatureUnit' | 'weightUnit'>

/** How a field is shown to somebody who has chosen these units. */
export function measureOf(field: MeasureField, units: Units): Measure {
  switch (field) {
    case 'temperature.value':
      return units.temperatureUnit === 'fahrenheit' ? fahrenheit : celsius
    case 'weight.value':
      return units.weightUnit === 'lb' ? pounds : kilograms
    case 'sleep.hours':
      return hours
  }
}

/** The limits of a field in her unit, to tenths: of what can be, rounded inwards, and of what is usual. */
export function limitsOf(
  field: MeasureField,
  { toShown }: Measure,
): { min: number; max: number; usual: readonly [number, number] } {
  const { min, max, usual } = fields[field]
  return {
    min: Math.ceil(toShown(min) * 10) / 10,
    max: Math.floor(toShown(max) * 10) / 10,
    usual: [rounded(toShown(usual[0]), 1), rounded(toShown(usual[1]), 1)],
  }
}
