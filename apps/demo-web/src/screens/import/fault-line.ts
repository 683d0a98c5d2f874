/** Why something of a file is left out, in her language: its code says what, its place where. Pure. */
import { fields, type FieldName } from '@selene/client-sdk/calendar'
import type { FaultReason, ImportFault } from '@selene/client-sdk/interchange'
import type { Wording } from '../../calendar/wording.ts'
import { numberText } from '../../units/number-text.ts'
import { fieldName } from './field-name.ts'

function valueText(field: FieldName, { text, locale }: Wording): string {
  const { fault } = text.importing
  const { kind, ...limits } = fields[field]
  const name = fieldName(field, text)
  if (kind === 'decimal' && 'min' in limits)
    return fault.number(name, numberText(limits.min, locale), numberText(limits.max, locale))
  return fault.value(name)
}

function reasonText(reason: FaultReason, wording: Wording): string {
  const { text } = wording
  const { fault, faults } = text.importing
  if (reason.code === 'impossible-value') return valueText(reason.field, wording)
  if (reason.code === 'repeated-column') {
    const { column } = reason
    return fault.column(column === 'date' ? fault.dateColumn : fieldName(column, text))
  }
  if (reason.code === 'period-length') return fault.period(reason.most)
  if (reason.code === 'too-many-days') return fault.days(reason.most)
  if (reason.code === 'not-listed') return fault.notListed(reason.count)
  return faults[reason.code]
}

/** One line for something that is left out; a table has lines, a list has entries. */
export function faultLine(fault: ImportFault, wording: Wording): string {
  const { line, index, list } = fault
  const { place } = wording.text.importing
  const said = reasonText(fault, wording)
  if (line !== undefined) return place.line(line, said)
  if (index === undefined) return list ? place.list(list, said) : said
  return list ? place.entryOf(list, index + 1, said) : place.entry(index + 1, said)
}
