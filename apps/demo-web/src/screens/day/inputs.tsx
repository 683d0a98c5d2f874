/** Inputs of a day's fields, each tied to its field by name. */
import { checkDayChange, fields, type DayChange, type FieldName } from '@selene/client-sdk/calendar'
import type { ChoiceField, FlagField, TextField } from '../../strings/keys.ts'
import { useText } from '../../strings/language.tsx'
import { ChoiceChips, FlagChips } from '../../ui/chips.tsx'
import { Field } from '../../ui/field.tsx'
import { useDayEdit } from './day-edit.tsx'
import { useDraft } from './field-draft.ts'
import { mucusQuality } from './mucus-quality.ts'

const one = (field: FieldName, value: unknown): DayChange => ({ [field]: value })
const notLogged = -1

interface ChoiceInputProps {
  readonly field: ChoiceField
  /** Word for no answer. */
  readonly none: string
  readonly hideLegend?: boolean
  readonly marks?: readonly string[]
}

export function ChoiceInput({ field, none, hideLegend = false, marks }: ChoiceInputProps) {
  const { choices } = useText()
  const { values, change } = useDayEdit()
  const { label, options } = choices[field]
  const all = options.map((label, value) => {
    const mark = marks?.[value]
    return { value, label, ...(mark !== undefined && { mark }) }
  })
  return (
    <ChoiceChips
      legend={label}
      hideLegend={hideLegend}
      options={[{ value: notLogged, label: none }, ...all]}
      value={values[field] ?? notLogged}
      choose={(answer) => {
        const value = answer === notLogged ? null : answer
        const changed = one(field, value)
        change(
          field.startsWith('mucus.')
            ? { ...changed, 'mucus.value': mucusQuality({ ...values, [field]: value }) }
            : changed,
        )
      }}
    />
  )
}

interface FlagsInputProps {
  readonly legend: string
  readonly names: readonly FlagField[]
  readonly hideLegend?: boolean
}

export function FlagsInput({ legend, names, hideLegend = false }: FlagsInputProps) {
  const { flags } = useText()
  const { values, change } = useDayEdit()
  return (
    <FlagChips
      legend={legend}
      hideLegend={hideLegend}
      options={names.map((value) => ({ value, label: flags[value] }))}
      isOn={(name) => values[name] === true}
      set={(name, on) => change(one(name, on ? true : null))}
    />
  )
}

/** A number as people write it, with comma or point; `undefined` when it is none. */
function readNumber(text: string): number | undefined {
  const trimmed = text.trim().replace(',', '.')
  return /^\d{1,3}(\.\d{0,3})?$/.test(trimmed) ? Number(trimmed) : undefined
}

/** Whether a text is a temperature that can be. */
function isTemperature(text: string): boolean {
  const value = readNumber(text)
  return value !== undefined && checkDayChange({ 'temperature.value': value }).faults.length === 0
}

export function TemperatureInput() {
  const { day } = useText()
  const { values, change } = useDayEdit()
  const { min, max, usual } = fields['temperature.value']
  const stored = values['temperature.value']
  const draft = useDraft(stored === undefined ? '' : String(stored), (text) => {
    if (text.trim() === '') change({ 'temperature.value': null })
    else if (isTemperature(text)) change({ 'temperature.value': readNumber(text)! })
  })
  const wrong = draft.settled && draft.text.trim() !== '' && !isTemperature(draft.text)
  const odd = stored !== undefined && checkDayChange({ 'temperature.value': stored }).odd.length > 0
  return (
    <Field
      label={day.temperature}
      hideLabel
      hint={day.temperatureHint}
      fault={wrong ? day.temperatureFault(min, max) : undefined}
      odd={odd ? day.temperatureOdd(...usual) : undefined}
      inputMode="decimal"
      autoComplete="off"
      className="input-short"
      value={draft.text}
      onChange={(event) => draft.type(event.target.value)}
      onBlur={draft.leave}
      onKeyDown={(event) => {
        if (event.key === 'Enter') draft.leave()
      }}
    />
  )
}

export function TimeInput() {
  const { day } = useText()
  const { values, change } = useDayEdit()
  return (
    <Field
      label={day.time}
      type="time"
      className="input-short"
      value={values['temperature.time'] ?? ''}
      onChange={(event) => change({ 'temperature.time': event.target.value || null })}
    />
  )
}

export function TextInput({ field }: { field: TextField }) {
  const { texts, day } = useText()
  const { values, change } = useDayEdit()
  const { maxLength } = fields[field]
  const fits = (text: string): boolean =>
    text === '' || checkDayChange(one(field, text)).faults.length === 0
  const draft = useDraft(values[field] ?? '', (text) => {
    if (fits(text)) change(one(field, text === '' ? null : text))
  })
  return (
    <Field
      label={texts[field]}
      fault={fits(draft.text) ? undefined : day.textFault(maxLength)}
      value={draft.text}
      onChange={(event) => draft.type(event.target.value)}
      onBlur={draft.leave}
    />
  )
}
