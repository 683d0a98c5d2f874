/** Values as people and spreadsheets write them into cells. */
import { fields, type FieldName } from '../field.ts'
import { measuredTemperature, measuredWeight, type Measure } from './measure.ts'
import { kilogramsOfPounds } from './unit.ts'

const yes = new Set(['true', 'yes', 'y', 'x', '1', '✓', '✔'])
const no = new Set(['false', 'no', 'n', '0'])
const units: Readonly<Record<string, ValueUnit>> = {
  c: '°C',
  f: '°F',
  kg: 'kg',
  lb: 'lb',
  lbs: 'lb',
}
const quantity = /^([+-]?\d+(?:[.,]\d+)?)\s*(?:°?\s*([cf])|(kg|lbs?)|h|hours?)?$/i
const clock = /^(\d{1,2})[:.](\d{2})(?::\d{2})?\s*(?:([ap])\.?m\.?)?$/i

export type ValueUnit = '°C' | '°F' | 'kg' | 'lb'

/** A number with the unit that stands behind it, if any; `undefined` for other text. */
export function readQuantity(text: string): { number: number; unit?: ValueUnit } | undefined {
  const [, digits, degree = '', mass = ''] = quantity.exec(text.trim()) ?? []
  if (digits === undefined) return undefined
  const unit = units[(degree || mass).toLowerCase()]
  return { number: Number(digits.replace(',', '.')), ...(unit && { unit }) }
}

/** `true` or `false` by the usual words for yes and no; `undefined` for other text. */
export function readFlag(text: string): boolean | undefined {
  const word = text.trim().toLowerCase()
  return yes.has(word) ? true : no.has(word) ? false : undefined
}

/** A time of day as `HH:MM`, from 24 hours or with a.m. and p.m.; `undefined` for other text. */
export function readClock(text: string): string | undefined {
  const [, hour, minute, half] = clock.exec(text.trim()) ?? []
  if (hour === undefined || minute === undefined) return undefined
  const isHalf = half !== undefined
  if (isHalf && (Number(hour) < 1 || Number(hour) > 12)) return undefined
  const hours = isHalf ? (Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : Number(hour)
  return hours < 24 && Number(minute) < 60
    ? `${String(hours).padStart(2, '0')}:${minute}`
    : undefined
}

function readMeasure(field: FieldName, text: string, unit: ValueUnit | undefined): Measure {
  const read = readQuantity(text)
  if (!read) return {}
  const { number } = read
  const said = read.unit ?? unit
  if (field === 'temperature.value')
    return measuredTemperature({
      celsius: said === '°C' ? number : undefined,
      fahrenheit: said === '°F' ? number : undefined,
      unnamed: number,
    })
  if (field !== 'weight.value') return { values: { [field]: number } }
  if (said === 'lb') return { values: { [field]: kilogramsOfPounds(number) } }
  return said === 'kg' ? { values: { [field]: number } } : measuredWeight(number)
}

/** What a cell that is not blank says of a field; nothing (`{}`) when it cannot be read. */
export function readValue(field: FieldName, cell: string, unit?: ValueUnit): Measure {
  const { kind } = fields[field]
  if (kind === 'integer' || kind === 'decimal') return readMeasure(field, cell, unit)
  const value = kind === 'flag' ? readFlag(cell) : kind === 'time' ? readClock(cell) : cell
  return value === undefined ? {} : { values: { [field]: value } }
}
