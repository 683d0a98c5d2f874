/** Measures of other programs: a number in a unit that is named, or that has to be told from it. */
import type { DayValues } from '../field.ts'
import type { Gathering, Where } from './gathering.ts'
import type { RemarkCode } from './parsed-diary.ts'
import { celsiusOfFahrenheit, isFahrenheit } from './unit.ts'

export interface Measure {
  /** Absent when there is no number. */
  readonly values?: DayValues
  readonly remark?: RemarkCode
}

/** Adds a measure, and how it was understood. */
export function addMeasure(gathering: Gathering, where: Where, { values, remark }: Measure): void {
  if (!values) return gathering.fault(where.place, { code: 'no-number' })
  if (remark) gathering.remark(remark)
  gathering.add(where, values)
}

/** A temperature: `unnamed` is °F where it can be nothing else, and else °C. */
export function measuredTemperature(degrees: {
  celsius?: number | undefined
  fahrenheit?: number | undefined
  unnamed?: number | undefined
}): Measure {
  const { celsius, unnamed } = degrees
  const isForeign = unnamed !== undefined && isFahrenheit(unnamed)
  const fahrenheit = degrees.fahrenheit ?? (isForeign ? unnamed : undefined)
  if (celsius !== undefined) return { values: { 'temperature.value': celsius } }
  if (fahrenheit !== undefined)
    return {
      values: { 'temperature.value': celsiusOfFahrenheit(fahrenheit) },
      remark: 'celsius-from-fahrenheit',
    }
  return unnamed === undefined ? {} : { values: { 'temperature.value': unnamed } }
}

/** A weight without a unit: kilograms and pounds cannot be told apart by the number. */
export const measuredWeight = (unnamed: number | undefined): Measure =>
  unnamed === undefined ? {} : { values: { 'weight.value': unnamed }, remark: 'kilograms-assumed' }
