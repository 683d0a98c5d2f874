/** A day of somebody else in words: what was logged, and what was written. Pure. */
import { type DayValues, type FieldName } from '@selene/client-sdk/calendar'
import type { Wording } from '../../calendar/wording.ts'
import { temperatureText } from '../../calendar/wording.ts'
import { clockText } from '../../strings/moment.ts'
import { measureOf } from '../../units/measure.ts'
import { numberText } from '../../units/number-text.ts'
import { fieldName, groupedFields, valueName } from '../import/field-name.ts'

export interface DayWords {
  readonly logged: readonly string[]
  readonly notes: readonly string[]
}

const isNote = (field: FieldName): boolean => field === 'note.value' || field.endsWith('.note')

/** One value in words; `undefined` where another one says it, or it says that something is not so. */
function wordsOf(field: FieldName, values: DayValues, wording: Wording): string | undefined {
  const { text, locale, units } = wording
  const value = values[field]
  const named = (said: string): string => text.importing.inGroup(fieldName(field, text), said)
  if (value === false || field === 'temperature.time') return undefined
  if (field === 'temperature.value') {
    const time = values['temperature.time']
    const said = temperatureText(value as number, wording)
    return named(time === undefined ? said : `${said} (${clockText(time, locale)})`)
  }
  if (field === 'sleep.hours') {
    const { toShown, unit } = measureOf(field, units)
    return named(`${numberText(toShown(value as number), locale)} ${unit}`)
  }
  if (Array.isArray(value)) return named(value.join(', '))
  if (field === 'mucus.value') return named(numberText(value as number, locale))
  return valueName(field, value, text)
}

export function dayWords(values: DayValues, wording: Wording): DayWords {
  const present = groupedFields((field) => values[field] !== undefined).flatMap(
    ({ fields }) => fields,
  )
  const logged = present
    .filter((field) => !isNote(field))
    .map((field) => wordsOf(field, values, wording))
  return {
    logged: logged.filter((words) => words !== undefined),
    notes: present.filter(isNote).map((field) => String(values[field])),
  }
}
