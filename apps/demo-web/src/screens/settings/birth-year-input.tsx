import type { Profile, ProfileChange } from '@selene/client-sdk'
import { useToday } from '../../calendar/today.ts'
import { useText } from '../../strings/language.tsx'
import { useDraft } from '../../ui/draft.ts'
import { Field } from '../../ui/field.tsx'

interface BirthYearInputProps {
  readonly value: Profile['birthYear']
  change(change: ProfileChange): void
}

const earliest = 1900

/** Her year of birth, or nothing: what it is for stands beside it. */
export function BirthYearInput({ value, change }: BirthYearInputProps) {
  const { settings } = useText()
  const latest = Number(useToday().slice(0, 4))

  function read(typed: string): number | undefined {
    const year = /^\d{4}$/.test(typed.trim()) ? Number(typed) : undefined
    return year !== undefined && year >= earliest && year <= latest ? year : undefined
  }

  const draft = useDraft({
    stored: value === undefined ? '' : String(value),
    save(typed) {
      const year = read(typed)
      if (year !== undefined || typed.trim() === '') change({ birthYear: year ?? null })
    },
  })
  const isWrong = draft.settled && draft.text.trim() !== '' && read(draft.text) === undefined
  return (
    <Field
      label={settings.birthYear}
      hint={settings.birthYearHint}
      fault={isWrong ? settings.birthYearFault(String(earliest), String(latest)) : undefined}
      inputMode="numeric"
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
