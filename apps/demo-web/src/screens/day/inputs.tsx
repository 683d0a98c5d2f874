/** Inputs of a day's fields, each tied to its field by name. */
import {
  checkDayChange,
  faultOf,
  fields,
  type DayChange,
  type FieldName,
} from '@selene/client-sdk/calendar'
import type { ChoiceField, FlagField, TextField } from '../../strings/keys.ts'
import { useText } from '../../strings/language.tsx'
import { ChoiceChips, FlagChips } from '../../ui/chips.tsx'
import { useDraft } from '../../ui/draft.ts'
import { Field, Odd } from '../../ui/field.tsx'
import { useDayEdit } from './day-edit.tsx'
import { mucusQuality } from './mucus-quality.ts'

/** A change of one field. */
export const one = (field: FieldName, value: unknown): DayChange => ({ [field]: value })
const notLogged = -1

interface ChoiceInputProps {
  readonly field: ChoiceField
  /** Word for no answer; "not logged" unless given. */
  readonly none?: string
  readonly hideLegend?: boolean
  readonly marks?: readonly string[]
}

export function ChoiceInput({ field, none, hideLegend = false, marks }: ChoiceInputProps) {
  const { choices, day } = useText()
  const { values, change } = useDayEdit()
  const { label, options } = choices[field]
  const all = options.map((label, i) => {
    const mark = marks?.[i]
    return { value: fields[field].min + i, label, ...(mark !== undefined && { mark }) }
  })
  return (
    <ChoiceChips
      legend={label}
      hideLegend={hideLegend}
      options={[{ value: notLogged, label: none ?? day.notLogged }, ...all]}
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
  /** The flag that says "none of these": set beside another one it is odd. */
  readonly none?: FlagField
}

export function FlagsInput({ legend, names, hideLegend = false, none }: FlagsInputProps) {
  const { flags, day } = useText()
  const { values, change } = useDayEdit()
  const logged = Object.fromEntries(names.map((name) => [name, values[name] ?? null]))
  const isOdd = none !== undefined && checkDayChange(logged).odd.length > 0
  return (
    <div className="input-group">
      <FlagChips
        legend={legend}
        hideLegend={hideLegend}
        options={names.map((value) => ({ value, label: flags[value] }))}
        isOn={(name) => values[name] === true}
        set={(name, on) => change(one(name, on ? true : null))}
      />
      <Odd>{isOdd ? day.contradiction(flags[none]) : undefined}</Odd>
    </div>
  )
}

export function TimeInput() {
  const { day, app } = useText()
  const { values, change } = useDayEdit()
  const time = values['temperature.time']
  return (
    <div className="row row-end">
      <Field
        label={day.time}
        type="time"
        className="input-short"
        value={time ?? ''}
        onChange={(event) => change({ 'temperature.time': event.target.value || null })}
      />
      {time !== undefined && (
        <button
          type="button"
          className="button"
          aria-label={day.clearTime}
          onClick={() => change({ 'temperature.time': null })}
        >
          {app.clear}
        </button>
      )}
    </div>
  )
}

export function TextInput({ field }: { field: TextField }) {
  const { texts, day } = useText()
  const { values, change } = useDayEdit()
  const { maxLength } = fields[field]
  const fits = (text: string): boolean => text === '' || faultOf(field, text) === undefined
  const draft = useDraft({
    stored: values[field] ?? '',
    save(text) {
      if (fits(text)) change(one(field, text === '' ? null : text))
    },
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
