/** A labelled choice among many, with hint and fault tied to it; groups of choices are optional. */
import { useId } from 'react'
import { Description } from './field.tsx'

export interface SelectOption {
  readonly value: string
  readonly label: string
}
export interface SelectGroup {
  readonly label: string
  readonly options: readonly SelectOption[]
}

interface SelectFieldProps {
  readonly label: string
  readonly hideLabel?: boolean
  readonly hint?: string | undefined
  readonly fault?: string | undefined
  readonly value: string
  readonly options: readonly (SelectOption | SelectGroup)[]
  choose(value: string): void
}

const Option = ({ value, label }: SelectOption) => <option value={value}>{label}</option>

export function SelectField(props: SelectFieldProps) {
  const { label, hideLabel = false, hint, fault, value, options, choose } = props
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id} className={hideLabel ? 'unseen' : undefined}>
        {label}
      </label>
      <select
        id={id}
        value={value}
        aria-describedby={`${id}-d`}
        aria-invalid={fault !== undefined}
        onChange={(event) => choose(event.target.value)}
      >
        {options.map((one) =>
          'options' in one ? (
            <optgroup key={one.label} label={one.label}>
              {one.options.map((option) => (
                <Option key={option.value} {...option} />
              ))}
            </optgroup>
          ) : (
            <Option key={one.value} {...one} />
          ),
        )}
      </select>
      <Description id={`${id}-d`} hint={hint} fault={fault} />
    </div>
  )
}
