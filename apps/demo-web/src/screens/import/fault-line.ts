/**
 * Why something of a file is left out, in her language. The SDK names the field first and then what it
 * needs; the field's own table says the same again, so that only its name is read. Pure.
 */
import { fields, isFieldName, type FieldName } from '@selene/client-sdk/calendar'
import type { ImportFault } from '@selene/client-sdk/calendar'
import type { Wording } from '../../calendar/wording.ts'
import { numberText } from '../../units/number-text.ts'
import { fieldName } from './field-name.ts'

const dates = /^(?:date|days|cycles|[a-z_ ]+): (?:a date|there is no such date|a period_start_date)/
const quotes = /^a quotation mark/
const width = /^the row has another number of cells/
const encoding = /^some bytes of the file/

function fieldOf(reason: string): FieldName | undefined {
  return reason.split(': ').find((part) => isFieldName(part))
}

function fieldFault(field: FieldName, { text, locale }: Wording): string {
  const { faults } = text.importing
  const { kind, ...limits } = fields[field]
  const name = fieldName(field, text)
  if (kind === 'decimal' && 'min' in limits)
    return faults.number(name, numberText(limits.min, locale), numberText(limits.max, locale))
  return faults.value(name)
}

function reasonText(reason: string, wording: Wording): string {
  const { faults } = wording.text.importing
  const field = fieldOf(reason)
  if (field) return fieldFault(field, wording)
  if (dates.test(reason)) return faults.date
  if (quotes.test(reason)) return faults.quotes
  if (width.test(reason)) return faults.width
  return encoding.test(reason) ? faults.encoding : faults.other
}

/** One line for something that is left out; a table has lines, a list has entries. */
export function faultLine({ line, index, reason }: ImportFault, wording: Wording): string {
  const { place } = wording.text.importing
  const said = reasonText(reason, wording)
  if (line !== undefined) return place.line(line, said)
  return index === undefined ? said : place.entry(index + 1, said)
}
