/** When the period that was not logged began. The strength of that day is optional: it may be forgotten. */
import { addDays, isCivilDate, type CivilDate, type Cycle } from '@selene/client-sdk/calendar'
import { useState } from 'react'
import { lastDayOf } from '../../calendar/cycle-of.ts'
import { fullDayText, useWording } from '../../calendar/wording.ts'
import { ChoiceChips } from '../../ui/chips.tsx'
import { EntryForm } from '../../ui/entry-form.tsx'
import { Field } from '../../ui/field.tsx'
import type { Fault } from '../../worker/fault.ts'

const unknownStrength: number = -1

interface MissedLogFormProps {
  readonly cycle: Cycle
  readonly today: CivilDate
  readonly busy: boolean
  readonly fault: Fault | undefined
  log(date: CivilDate, strength: number | undefined): void
  cancel(): void
}

export function MissedLogForm({ cycle, today, busy, fault, log, cancel }: MissedLogFormProps) {
  const wording = useWording()
  const { forecast, choices } = wording.text
  const [date, setDate] = useState('')
  const [strength, setStrength] = useState(unknownStrength)
  const [tried, setTried] = useState(false)
  const [from, to] = [addDays(cycle.start, 1), lastDayOf(cycle, today)]
  const isGood = isCivilDate(date) && from <= date && date <= to
  // Spotting begins no cycle.
  const strengths = choices['bleeding.value'].options
    .map((label, value) => ({ value, label }))
    .slice(1)

  function submit(): boolean {
    setTried(true)
    if (isGood) log(date, strength === unknownStrength ? undefined : strength)
    return isGood
  }

  return (
    <EntryForm busy={busy} fault={fault} save={submit} cancel={cancel}>
      <Field
        label={forecast.askDate}
        type="date"
        min={from}
        max={to}
        fault={
          tried && !isGood
            ? forecast.askDateFault(fullDayText(from, wording), fullDayText(to, wording))
            : undefined
        }
        value={date}
        onChange={(event) => setDate(event.target.value)}
      />
      <ChoiceChips<number>
        legend={forecast.askStrength}
        options={[{ value: unknownStrength, label: forecast.askUnknown }, ...strengths]}
        value={strength}
        choose={setStrength}
      />
    </EntryForm>
  )
}
