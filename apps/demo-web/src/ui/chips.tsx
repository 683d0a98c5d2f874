/** Answers as chips: native radios and checkboxes underneath, a tick beside the colour on top. */
import { useId } from 'react'
import { Icon } from './icon.tsx'

interface ChoiceChipsProps<T extends string | number> {
  readonly legend: string
  readonly hideLegend?: boolean
  readonly options: readonly { readonly value: T; readonly label: string; readonly mark?: string }[]
  readonly value: T
  choose(value: T): void
}

export function ChoiceChips<T extends string | number>(props: ChoiceChipsProps<T>) {
  const { legend, hideLegend = false, options, value, choose } = props
  const name = useId()
  return (
    <fieldset className="chips">
      <legend className={hideLegend ? 'unseen' : undefined}>{legend}</legend>
      {options.map((option) => (
        <label key={option.value} className="chip">
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            onChange={() => choose(option.value)}
          />
          <span>
            <Icon name="check" />
            {option.mark !== undefined && (
              <i className={`mark ${option.mark}`} aria-hidden="true" />
            )}
            {option.label}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

interface FlagChipsProps<T extends string> {
  readonly legend: string
  readonly hideLegend?: boolean
  readonly options: readonly { readonly value: T; readonly label: string }[]
  isOn(value: T): boolean
  set(value: T, on: boolean): void
}

export function FlagChips<T extends string>(props: FlagChipsProps<T>) {
  const { legend, hideLegend = false, options, isOn, set } = props
  return (
    <fieldset className="chips">
      <legend className={hideLegend ? 'unseen' : undefined}>{legend}</legend>
      {options.map(({ value, label }) => (
        <label key={value} className="chip">
          <input
            type="checkbox"
            checked={isOn(value)}
            onChange={(event) => set(value, event.target.checked)}
          />
          <span>
            <Icon name="check" />
            {label}
          </span>
        </label>
      ))}
    </fieldset>
  )
}
