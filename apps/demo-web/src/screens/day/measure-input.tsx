/** A measured number, typed and shown in the unit of her choice. */
import { checkDayChange, faultOf } from '@selene/client-sdk/calendar'
import { useValue } from '../../backend/use-backend.tsx'
import type { MeasureField } from '../../strings/keys.ts'
import { useLanguage } from '../../strings/language.tsx'
import { useDraft } from '../../ui/draft.ts'
import { Field } from '../../ui/field.tsx'
import { limitsOf, measureOf } from '../../units/measure.ts'
import { numberText, readNumber } from '../../units/number-text.ts'
import { useDayEdit } from './day-edit.tsx'
import { one } from './inputs.tsx'

interface MeasureInputProps {
  readonly field: MeasureField
  readonly hideLabel?: boolean
}

export function MeasureInput({ field, hideLabel = false }: MeasureInputProps) {
  const { text, locale } = useLanguage()
  const { values, change } = useDayEdit()
  const measure = measureOf(field, useValue('profile') ?? {})
  const { label, hint } = text.measures[field]
  const stored = values[field]

  /** The value that a text stands for; `undefined` when it cannot be one. */
  function read(typed: string): number | undefined {
    const shown = readNumber(typed)
    const value = shown === undefined ? undefined : measure.toStored(shown)
    return value === undefined || faultOf(field, value) ? undefined : value
  }

  const draft = useDraft({
    stored: stored === undefined ? '' : numberText(measure.toShown(stored), locale),
    isSame: (typed, shown) =>
      typed.trim() === shown || (shown !== '' && readNumber(typed) === readNumber(shown)),
    save(typed) {
      const value = read(typed)
      if (value !== undefined || typed.trim() === '') change(one(field, value ?? null))
    },
  })
  const isWrong = draft.settled && draft.text.trim() !== '' && read(draft.text) === undefined
  const isOdd = stored !== undefined && checkDayChange(one(field, stored)).odd.length > 0
  const { min, max, usual } = limitsOf(field, measure)
  const [least, most, low, high] = [min, max, ...usual].map((limit) => numberText(limit, locale))
  return (
    <Field
      label={label}
      hideLabel={hideLabel}
      hint={hint(measure.unit)}
      fault={isWrong ? text.day.measureFault(least!, most!) : undefined}
      odd={isOdd ? text.day.measureOdd(low!, high!, measure.unit) : undefined}
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
